"""The findings that speak against a coincidence: fixes far apart at one time."""

from typing import Any

from fourfold.evidence.analyses.coincidence import words
from fourfold.evidence.analyses.coincidence.answers import Work, finding_of, period_of, row_ids_of
from fourfold.evidence.analyses.coincidence.sightings import FIX
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Tables


def contradiction_findings(tables: Tables, work: Work) -> list[Finding]:
    """One finding per pair of parties whose fixes lie far apart in one window."""
    compared = work.compared[FIX]
    if not compared.is_comparable or work.made["contradictions"] > work.settings.comparison_limit:
        return []
    columns = ("subject_a", "subject_b") if compared.by_device else ("person_a", "person_b")
    found = tables.dicts(
        f"select {columns[0]} as party_a, {columns[1]} as party_b, count(*) as stretches,"
        " cast(sum(fixes) as bigint) as fixes, min(least_distance_m) as least_distance_m,"
        " min(started_at) as first_at, max(ended_at) as last_at,"
        " sum(epoch_us(ended_at) - epoch_us(started_at)) / 3.6e9 as hours"
        f" from contradictions group by {columns[0]}, {columns[1]} order by party_a, party_b"
    )
    return [_contradiction(tables, work, columns, row) for row in found]


def _contradiction(
    tables: Tables, work: Work, columns: tuple[str, str], row: dict[str, Any]
) -> Finding:
    settings, pair = work.settings, (row["party_a"], row["party_b"])
    where = Where("contradictions", [(columns[0], "=", pair[0]), (columns[1], "=", pair[1])])
    devices = [words.device(party, work.compared[FIX].by_device) for party in pair]
    stretches = words.number_of(row["stretches"], "stretch", "stretches")
    return finding_of(
        work,
        kind="contradictions",
        title=f"Fixes far apart at one time: {pair[0]} and {pair[1]}",
        statement=(
            f"{stretches}, {row['hours']:.1f} hours in all, in which fixes of {devices[0]} and of"
            f" {devices[1]} exist within {settings.window_min} min of one another and lie more"
            f" than {settings.apart_m:g} m apart. The records are in conflict with any account"
            " that puts both devices in one place at these times."
        ),
        method=(
            f"Per fix of the first device the least distance to any fix of the second within"
            f" {settings.window_min} min; runs of fixes all above {settings.apart_m:g} m, pauses"
            f" at most {settings.apart_pause_min} min. The longest {settings.stretch_limit} of"
            f" {work.made['stretches_found']} stretches are listed."
        ),
        settings=settings.shown("apart_m", "window_min", "apart_pause_min", "stretch_limit"),
        values=[
            Value("stretches", row["stretches"], "stretches", where),
            Value("fixes_far_apart", row["fixes"], "fixes", where),
            Value("hours", round(row["hours"], 2), "h", where),
            Value("least_distance_m", row["least_distance_m"], "m", where),
        ],
        pair=pair,
        period=period_of(row),
        row_ids=row_ids_of(tables, where),
        where=where,
        caveats=[words.RECORDS_ONLY, "Between two fixes nothing is known."],
        evidence_class="A",
        counts_tried={"comparisons": work.made["contradictions"]},
    )
