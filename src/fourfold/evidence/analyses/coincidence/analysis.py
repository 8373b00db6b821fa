"""The analysis itself: sightings, pairs, spans, chance, habits, contradictions, findings."""

from typing import Final

from fourfold.evidence.analyses.coincidence import (
    cells,
    chance,
    clocks,
    contradictions,
    encounters,
    findings,
    habits,
    matches,
    output,
)
from fourfold.evidence.analyses.coincidence.answers import Work
from fourfold.evidence.analyses.coincidence.settings import MINUTE_US, Settings
from fourfold.evidence.analyses.coincidence.sightings import CELL, FIX, make_sightings
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.model.protocols import Tables

NAME: Final = "coincidence"
VERSION: Final = "1"
QUESTION: Final = "When do records of two persons' devices agree in time and place?"


def run(tables: Tables, case: Case, settings: Settings | None = None) -> list[Finding]:
    """Find time-and-place coincidences of three classes, and what speaks against them.

    Args:
        tables: events, attributions, the view events_us and the table parties are there.
        case: for the order of persons and the display zone.
        settings: distances in metres, windows in minutes; by default those of settings.py.

    Returns:
        Findings per class and pair of persons, contradictions, and what was not compared.
        Exports `coincidences` and `contradictions`.

    References:
        R v Calland [2017] EWCA Crim 2308; Forensic Science Regulator's Code, FSA-DIG-200.
    """
    settings = settings or Settings()
    compared = make_sightings(tables, case)
    made = matches.find_matches(tables, compared, settings)
    encounters.make_spans(tables, pause_us=settings.pause_min * MINUTE_US)
    encounters.find_members(tables, site_list_limit=settings.site_list_limit)
    shifted = chance.control(tables, settings)
    habits.count_other_days(tables, settings)
    parties = len(compared[FIX].parties)
    made["contradictions"] = contradictions.find_stretches(tables, settings, parties)
    output.export_tables(tables, settings)
    made |= output.count_found(tables)
    with_slack = cells.pairs_with_slack(tables, settings, compared[CELL])
    work = Work(
        NAME,
        VERSION,
        QUESTION,
        settings,
        compared,
        made,
        shifted,
        with_slack,
        clocks.wrong_clocks(tables),
    )
    return findings.write(tables, case, work)
