"""Do other records support what a diary says? One finding per entry, whatever the outcome.

Windows are fixed from the words of the entry alone. All records of the people concerned
beside it are shown, also those that do not help, and the chance rate says how often the
same hours of other days would hold such a record too.
"""

from fourfold.evidence.analyses.diary_candidates import (
    contact_candidates,
    coverage,
    least_strength,
    make_contacts,
    ranked,
    supporting_moments,
)
from fourfold.evidence.analyses.diary_entries import Asked, entries_of
from fourfold.evidence.analyses.diary_finding import (
    NAME,
    QUESTION,
    VERSION,
    Chance,
    Checked,
    export_checks,
    finding_of,
)
from fourfold.evidence.analyses.diary_outcome import (
    NOT_TESTED,
    ORDER,
    Judgement,
    judge,
    needed_count,
)
from fourfold.evidence.analyses.diary_positions import (
    DeviceCoverage,
    conflict_with,
    coverage_of_devices,
    positions,
)
from fourfold.evidence.analyses.diary_presence import presence_candidates, supporting_spans
from fourfold.evidence.analyses.diary_windows import (
    count_overlapping,
    count_with,
    local_days,
    twins,
)
from fourfold.evidence.analyses.diary_words import IN_PERSON
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.model.protocols import Tables

__all__ = ["NAME", "QUESTION", "VERSION", "run"]


def run(tables: Tables, case: Case) -> list[Finding]:
    """Check every diary entry; export diary_checks.

    Args:
        tables: with `parties` of the linking station; `coincidences` if it was made before.
        case: people, places, display zone.

    Returns:
        One finding per entry, in the order of the exhibits.
    """
    make_contacts(tables, case)
    asked = [Asked(entry, case) for entry in entries_of(tables, case)]
    devices = coverage_of_devices(tables, case)
    checked = [_check(tables, item, devices) for item in asked]
    export_checks(tables, checked)
    return [finding_of(item) for item in checked]


def _check(tables: Tables, asked: Asked, devices: DeviceCoverage) -> Checked:
    if asked.entry.is_private:
        reason = "a private note: never tested, its words are withheld"
        return Checked(asked, Judgement(NOT_TESTED, reason, ()), [], Chance(0, 0))
    is_presence = IN_PERSON in asked.claim.kinds
    answers = [_check_presence(tables, asked, devices)] if is_presence else []
    if asked.claim.is_contact or not is_presence:
        answers.append(_check_contact(tables, asked))
    best = min(answers, key=lambda answer: ORDER.index(answer.judgement.outcome))
    others = [c for answer in answers if answer is not best for c in answer.candidates]
    return best._replace(candidates=best.candidates + others)


def _check_contact(tables: Tables, asked: Asked) -> Checked:
    window = asked.window
    found = contact_candidates(tables, asked)
    sources = coverage(tables, asked)
    covering = [s for s in sources if s[1] < window.to_us and s[2] >= window.from_us]
    is_whole = any(s[1] <= window.from_us and window.to_us <= s[2] for s in covering)
    covered = f"{'' if is_whole else 'in part '}by {', '.join(s[0] for s in covering)}"
    chance = Chance(0, 0)
    if sources:
        period = min(first for _, first, _ in sources), max(last for _, _, last in sources)
        windows = twins(window, *period, asked.case.display_zone)
        moments = supporting_moments(tables, asked, least_strength(found))
        chance = Chance(count_with(windows, moments, needed_count(asked.claim)), len(windows))
    judgement = judge(asked.claim, found, None, covered if covering else "")
    return Checked(asked, judgement, ranked(found, window, judgement.row_ids), chance)


def _check_presence(tables: Tables, asked: Asked, devices: DeviceCoverage) -> Checked:
    """Look for records that bear on presence in person."""
    window = asked.window
    positioned = positions(tables, window.shown, asked.case)
    found = presence_candidates(tables, asked, positioned)
    conflict = conflict_with(positioned, window, asked.every_place, devices.weakness)
    covering = sorted(local_days(window, asked.case.display_zone) & devices.days)
    covered = f"by records of devices attributed to the suspect on {', '.join(covering)}"
    chance = _presence_chance(tables, asked, devices, least_strength(found))
    judgement = judge(asked.claim, found, conflict, covered if covering else "")
    return Checked(asked, judgement, ranked(found, window, judgement.row_ids), chance)


def _presence_chance(tables: Tables, asked: Asked, devices: DeviceCoverage, least: int) -> Chance:
    """Shift the window over the days for which there are records of the suspect's devices."""
    if not devices.days:
        return Chance(0, 0)
    first, last = tables.rows(
        "select min(e.started_us), max(e.started_us) from events_us as e"
        " where e.kind <> 'statement' and e.local_day in (?, ?)",
        [min(devices.days), max(devices.days)],
    )[0]
    zone = asked.case.display_zone
    windows = [
        w for w in twins(asked.window, first, last, zone) if local_days(w, zone) & devices.days
    ]
    return Chance(count_overlapping(windows, supporting_spans(tables, asked, least)), len(windows))
