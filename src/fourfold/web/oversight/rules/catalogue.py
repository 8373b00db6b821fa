"""Every rule: its name, what the page calls it, its sentence, and where it asks for review."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from fourfold.web.oversight.rules import browsing, marks
from fourfold.web.oversight.rules import thresholds as limit
from fourfold.web.oversight.rules.lines import Evidence, Occurrence


@dataclass(frozen=True)
class Kind:
    """One rule: what it finds, and how that is said."""

    title: str
    sentence: str
    find: Callable[[Evidence], Iterable[Occurrence]]
    is_grave: bool = False
    is_reviewed_elsewhere: bool = False


KINDS: Final[dict[str, Kind]] = {
    "former_partner": Kind(
        "A former partner was looked up",
        "Somebody who declared a former partner searched for, or tried to open, what they "
        "declared. It counts whether it was refused or found nothing. For a search the ledger "
        "does not say which of the person’s interests it was.",
        marks.former_partner,
        is_grave=True,
    ),
    "declared_interest": Kind(
        "A declared interest was looked up",
        "Somebody searched for, or tried to open, something in their own register of interests. "
        "A former partner has the rule above.",
        marks.declared_interest,
        is_grave=True,
    ),
    "withdrawn_interest": Kind(
        "A case was opened after an interest was withdrawn",
        "Somebody took an entry out of their own register of interests and then opened a case "
        "that holds it.",
        marks.withdrawn_interest,
        is_grave=True,
    ),
    "contact_unassigned": Kind(
        "Contact details opened without assignment",
        "Somebody who is not assigned to the case opened the contact details in it.",
        marks.contact_unassigned,
        is_grave=True,
    ),
    "bulk_browse": Kind(
        "Many cases opened",
        f"More than {limit.HOUR_CASES_MAX} different cases within 60 minutes, or more than "
        f"{limit.DAY_CASES_MAX} within 24 hours, or in one day more than {limit.PEER_TIMES} times "
        f"the median of the other people of the role in the force (and more than "
        f"{limit.PEER_CASES_MIN}). Reports that are in no case count as cases.",
        browsing.bulk_browse,
    ),
    "unworked": Kind(
        "Cases opened without work in them",
        f"More than {limit.UNWORKED_CASES_MAX} different cases in one day to which the person is "
        "not assigned, and in which the person recorded and changed nothing that day.",
        browsing.unworked,
    ),
    "break_glass_unreviewed": Kind(
        "Emergency openings not reviewed",
        "A case was opened by break-glass and nobody has reviewed it yet. It stands until "
        "somebody does.",
        marks.break_glass_unreviewed,
        is_reviewed_elsewhere=True,
    ),
    "break_glass_often": Kind(
        "Emergency openings again and again",
        f"One person opened more than {limit.BREAK_GLASS_MAX} cases by break-glass within "
        f"{limit.BREAK_GLASS_WINDOW.days} days.",
        marks.break_glass_often,
    ),
    "refusals": Kind(
        "Refused again and again",
        f"More than {limit.REFUSALS_MAX} refusals of one person within 60 minutes.",
        marks.refusals,
    ),
    "night_looks": Kind(
        "Looks at night outside the person’s usual hours",
        f"At least {limit.NIGHT_CASES_MIN} different cases opened in one night (22:00 to 06:00 in "
        f"the United Kingdom) by somebody who looked on at most {limit.OTHER_NIGHTS_MAX} other "
        "nights of the window.",
        browsing.night_looks,
    ),
    "exports": Kind(
        "Exports and downloads",
        f"More than {limit.DAY_EXPORTS_MAX} exports or downloads by one person in a day, or a "
        "package downloaded by somebody who is not assigned to its case.",
        marks.exports,
    ),
    "many_searches": Kind(
        "Many searches",
        f"More than {limit.HOUR_SEARCHES_MAX} searches by one person within 60 minutes.",
        browsing.many_searches,
    ),
    "sign_in_failures": Kind(
        "Failed sign-ins in a row",
        f"More than {limit.FAILED_SIGN_INS_MAX} failed sign-ins to this instance within "
        f"{limit.FAILURES_WITHIN.seconds // 60} minutes (nobody knows whose), or more than "
        f"{limit.FAILED_CONFIRMATIONS_MAX} failed confirmations of one person in that time.",
        marks.sign_in_failures,
    ),
}


def all_occurrences(evidence: Evidence) -> Iterator[Occurrence]:
    """Yield what every rule finds."""
    for kind in KINDS.values():
        yield from kind.find(evidence)
