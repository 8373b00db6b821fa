"""The investigation: when its records are open, when progress is due, what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fourfold.web.base.words import plural, uk_date
from fourfold.web.supercomplaints.rules.procedure import LAW, NOT_SEEN, PRACTICE, REGULATIONS, Said

OPEN: Final = ("under_investigation", "concluded")
LEAD: Final = Said(
    "One of the authorities leads the work. The law knows no lead: the authorities decide"
    " together.", PRACTICE, "The IOPC led the stalking super-complaint",
)  # fmt: skip
DUTY: Final = Said("The body is told of progress.", LAW, f"{REGULATIONS} reg. 7")
INTERVAL: Final = Said(
    "No interval was seen in regulation 7. How often is chosen here for each super-complaint.",
    NOT_SEEN,
)
SOON_DAYS: Final = 14


@dataclass(frozen=True)
class Due:
    """When the next progress report is due, in words; `days` below zero: so many days late."""

    words: str
    on: date | None = None
    days: int | None = None

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.days is not None and self.days < 0

    @property
    def is_soon(self) -> bool:
        """Whether the day is near."""
        return self.days is not None and 0 <= self.days <= SOON_DAYS


def due(state: str, last_on: date | None, every_days: int | None, today: date) -> Due:
    """Return when the body is told of progress next, counted from the last time it was told."""
    if state != "under_investigation":
        return Due("None is due: the super-complaint is not under investigation.")
    if every_days is None:
        return Due("No interval is chosen, so no day is due. Choose one below.")
    if last_on is None:
        return Due("The day of the decision is not recorded, so no day can be counted.")
    on = last_on + timedelta(days=every_days)
    left = (on - today).days
    if left < 0:
        return Due(f"Overdue by {plural(-left, 'day')}: due on {uk_date(on)}.", on, left)
    if left == 0:
        return Due("Due today.", on, 0)
    return Due(f"Due on {uk_date(on)}, in {plural(left, 'day')}.", on, left)


@dataclass(frozen=True)
class Told:
    """What a progress report is built from. `done` are kinds of evidence with their counts."""

    ref: str
    title: str
    body: str
    contact: str
    lead: str
    since_on: date | None
    until_on: date
    done: tuple[tuple[str, int], ...] = ()
    steps: tuple[tuple[date | None, str], ...] = ()
    next_on: date | None = None


def letter(told: Told) -> str:
    """Return a progress report built from the record: counts and dates, nobody's words."""
    since = f"from {uk_date(told.since_on)} to" if told.since_on else "up to"
    lines = [
        f"To {told.contact}, {told.body}" if told.contact else f"To {told.body}",
        f"Super-complaint {told.ref}: {told.title}",
        f"This is a progress report on the investigation. It covers the time {since}"
        f" {uk_date(told.until_on)}.",
    ]
    if told.lead:
        lines.append(f"{told.lead} leads the work for the authorities.")
    if told.done:
        counted = "\n".join(f"- {words}: {number}" for words, number in told.done)
        lines.append(f"Entered in the evidence log in this time:\n{counted}")
    else:
        lines.append("Nothing was entered in the evidence log in this time.")
    if told.steps:
        moved = "\n".join(f"- {uk_date(on, 'Date not seen')}: {words}" for on, words in told.steps)
        lines.append(f"Steps of the procedure in this time:\n{moved}")
    lines.append(
        f"We expect to write to you again by {uk_date(told.next_on)}."
        if told.next_on
        else "We will write to you again when there is more to report."
    )
    return "\n\n".join(lines)


@dataclass(frozen=True)
class Tied:
    """A finding, the numbers of its features, how many lines of evidence it stands on."""

    number: int
    features: tuple[int, ...]
    evidence: int
    has_reasons: bool


@dataclass(frozen=True)
class Gaps:
    """What the findings still lack: numbers of features, and of findings."""

    features_without_finding: tuple[int, ...]
    without_evidence: tuple[int, ...]
    without_feature: tuple[int, ...]
    without_reasons: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is missing."""
        return not any(vars(self).values())


def gaps(features: Iterable[int], findings: Iterable[Tied]) -> Gaps:
    """Return what the findings still lack."""
    known = tuple(findings)
    spoken = {number for finding in known for number in finding.features}
    return Gaps(
        tuple(number for number in features if number not in spoken),
        tuple(each.number for each in known if not each.evidence),
        tuple(each.number for each in known if not each.features),
        tuple(each.number for each in known if not each.has_reasons),
    )
