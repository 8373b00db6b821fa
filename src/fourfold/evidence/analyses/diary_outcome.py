"""The outcome of one entry, by rules fixed before any record is looked at."""

from typing import Final, NamedTuple

from fourfold.evidence.analyses.diary_candidates import FULL, NOT, PART, Candidate
from fourfold.evidence.analyses.diary_positions import LEAST_EXCLUDED_SHARE, Conflict
from fourfold.evidence.analyses.diary_words import Claim

SUPPORTED: Final = "supported"
PARTLY: Final = "partly"
NO_DATA: Final = "no_data"
DATA_BUT_NOTHING: Final = "data_but_nothing"
CONTRADICTED: Final = "contradicted"
NOT_TESTED: Final = "not_tested"

# Of two answers, by contact and by presence, the earlier of these is the entry's.
ORDER: Final = (SUPPORTED, PARTLY, CONTRADICTED, DATA_BUT_NOTHING, NO_DATA, NOT_TESTED)
ABOUT_SHARE: Final = 0.75  # "about ten": this share of ten is still about ten
CLASH_LEAST: Final = 10  # from this number on, an exact count can clash grossly
CLASH_FACTOR: Final = 5  # ... when the records hold less than one fifth of it


class Judgement(NamedTuple):
    """An outcome, the reason in words, and the rows behind it."""

    outcome: str
    reason: str
    row_ids: tuple[str, ...]


def judge(
    claim: Claim, candidates: list[Candidate], conflict: Conflict | None, covered: str
) -> Judgement:
    """Return the outcome of an entry.

    Args:
        claim: what the entry says.
        candidates: judged records inside the shown margin.
        conflict: positions that conflict with the place named, if there are any.
        covered: by which sources the window is covered, in words; "" if by none.
    """
    full = [c for c in candidates if c.strength == FULL]
    part = [c for c in candidates if c.strength == PART]
    if claim.denies_answered and (answered := _answered(candidates)):
        reason = (
            f"the entry says that no call was answered; the records show {len(answered)} answered"
        )
        return Judgement(CONTRADICTED, reason, _rows(answered))
    if full:
        return _counted(claim, full)
    if part:
        reason = f"{len(part)} of the records shown help in part: {part[0].why}"
        return Judgement(PARTLY, reason, _rows(part))
    if conflict:
        rows = tuple(dict.fromkeys(p.row_id for p in conflict.positions))
        return Judgement(CONTRADICTED, _conflict_words(conflict), rows)
    return _nothing(claim, covered)


def _nothing(claim: Claim, covered: str) -> Judgement:
    if not claim.kinds:
        reason = "the entry names no means of contact that the keyword table knows"
        return Judgement(NO_DATA, reason, ())
    if not covered:
        return Judgement(NO_DATA, "no source of a kind that could show it covers the window", ())
    reason = f"no record in the data supplied supports it; the window is covered {covered}"
    return Judgement(DATA_BUT_NOTHING, reason, ())


def needed_count(claim: Claim) -> int:
    """Return how many records a window needs to hold as many as the entry says."""
    if claim.count is None:
        return 1
    number, is_about = claim.count
    return max(1, -int(-number * ABOUT_SHARE // 1)) if is_about else number


def _answered(candidates: list[Candidate]) -> list[Candidate]:
    return [c for c in candidates if c.is_answered and c.is_inside]


def _counted(claim: Claim, full: list[Candidate]) -> Judgement:
    """Compare the number of records with the number the entry states."""
    found, rows = len(full), _rows(full)
    if claim.count is None or not claim.is_contact:
        return Judgement(SUPPORTED, f"{found} of the records shown support it", rows)
    stated, is_about = claim.count
    says = f"the entry says {'about ' if is_about else ''}{stated}, the records show {found}"
    if found >= needed_count(claim):
        return Judgement(SUPPORTED, says, rows)
    if not is_about and stated >= CLASH_LEAST and found * CLASH_FACTOR < stated:
        return Judgement(CONTRADICTED, f"{says}: the numbers clash grossly", rows)
    return Judgement(PARTLY, says, rows)


def _conflict_words(conflict: Conflict) -> str:
    weaker = ""
    if conflict.left_out:
        weaker = (
            f"; {conflict.left_out} positions of devices with a weaker attribution do not show"
            " such a distance"
        )
    return (
        "records of the device attributed to the suspect in this window are at supplied positions"
        f" no less than {int(conflict.least_m / 1000)} km from the place named; with the speed"
        f" allowed they exclude {conflict.excluded_share:.0%} of the window (at least"
        f" {LEAST_EXCLUDED_SHARE:.0%} is asked for){weaker}; a device is not a person"
    )


def _rows(candidates: list[Candidate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row for c in candidates for row in c.row_ids))


def helps(candidate: Candidate) -> bool:
    """Tell whether a candidate helps, fully or in part."""
    return candidate.strength > NOT
