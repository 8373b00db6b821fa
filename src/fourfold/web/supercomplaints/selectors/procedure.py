"""Where a super-complaint stands: the lines of the procedure, the clocks that run, the steps."""

from dataclasses import dataclass
from datetime import date

from fourfold.web.supercomplaints.models import (
    Document,
    EligibilityView,
    Organisation,
    Step,
    SuperComplaint,
)
from fourfold.web.supercomplaints.rules import clocks, procedure
from fourfold.web.supercomplaints.rules.procedure import Event, Guard, State
from fourfold.web.supercomplaints.selectors.reading import is_party, left_out, quotes_for
from fourfold.web.supercomplaints.selectors.standing import facts_of
from fourfold.web.users import policy
from fourfold.web.users.models import User

PAGES = {  # which page of this program does an event
    "submit": "supercomplaints:submit",
    "acknowledge": "supercomplaints:acknowledge",
    "find_ineligible": "supercomplaints:eligibility",
    "find_eligible": "supercomplaints:eligibility",
    "report_progress": "supercomplaints:progress",
    "conclude": "supercomplaints:report",
    "publish": "supercomplaints:report",
}


@dataclass(frozen=True)
class Next:
    """An event that may follow now, and the guards that do not hold yet."""

    event: Event
    unmet: tuple[Guard, ...]
    page: str


@dataclass(frozen=True)
class Clock:
    """A clock that runs: what is due, by which day, on which basis."""

    words: str
    by_on: date | None
    basis: str
    source: str
    is_past: bool = False


def nexts(actor: User, supercomplaint: SuperComplaint, on: date) -> list[Next]:
    """Return the events that may follow, each with what is not met."""
    facts = facts_of(supercomplaint, actor, on)
    return [
        Next(event, procedure.unmet(event, facts), PAGES.get(event.code, ""))
        for event in procedure.events_from(supercomplaint.state)
    ]


def states(supercomplaint: SuperComplaint) -> list[tuple[State, bool]]:
    """Return every state, and whether it is the one where it stands."""
    return [
        (state, state.code == supercomplaint.state and state.number != "S4")
        for state in procedure.STATES
    ]


def running(supercomplaint: SuperComplaint, today: date) -> list[Clock]:
    """Return the clocks that run."""
    row, found = supercomplaint, []
    if row.state == SuperComplaint.State.RECEIVED:
        found.append(_clock("Acknowledge by the end of", row.acknowledge_by_on, "received", today))
    if row.state == SuperComplaint.State.ACKNOWLEDGED:
        found.append(_clock("Decide on eligibility", None, "acknowledged", today))
    if row.state == SuperComplaint.State.UNDER_INVESTIGATION:
        found.append(_progress(row, today))
    if row.state in (SuperComplaint.State.PUBLISHED, SuperComplaint.State.AWAITING_RESPONSES):
        found.append(
            _clock("Responses expected by", row.responses_due_on, "awaiting_responses", today)
        )
    return found


def _clock(words: str, by_on: date | None, state: str, today: date) -> Clock:
    said = procedure.STATE_BY_CODE[state].limit
    is_past = by_on is not None and today > by_on
    return Clock(words, by_on, said.basis, f"{said.words} {said.source}".strip(), is_past)


def _progress(row: SuperComplaint, today: date) -> Clock:
    last = row.progress_letters.order_by("-on").values_list("on", flat=True).first()
    begun_on = last or row.decided_on
    by_on = clocks.progress_due(begun_on, row.progress_every_days) if begun_on else None
    words = (
        "Next progress report by" if row.progress_every_days
        else "Progress reports: no interval is set"
    )  # fmt: skip
    source = "No interval was seen in regulation 7; this one is the authorities’ choice."
    return Clock(words, by_on, procedure.NOT_SEEN, source, by_on is not None and today > by_on)


def steps_of(actor: User, supercomplaint: SuperComplaint) -> list[Step]:
    """Return the steps that an actor may see, oldest first; those without a day stand last.

    Parties see every step; whoever sees it because its report is published, the public ones.
    """
    found = supercomplaint.steps.select_related("by", "document")
    kept = list(found if is_party(actor, supercomplaint) else found.filter(is_public=True))
    quotes = quotes_for(actor, supercomplaint)
    for each in kept:
        left_out(each, quotes)
    return sorted(kept, key=lambda each: (each.on is None, each.on or date.min, each.pk))


def open_documents(actor: User, steps: list[Step]) -> set[int]:
    """Return the keys of the steps' documents that an actor may open."""
    keys = {step.document_id for step in steps if step.document_id}
    every = Document.objects.filter(pk__in=keys)
    return set(policy.permitted(actor, "document.open", every).values_list("pk", flat=True))


@dataclass(frozen=True)
class Authority:
    """One of the authorities that decide, and its view where it recorded one."""

    code: str
    name: str
    view: EligibilityView | None


def authorities(actor: User, supercomplaint: SuperComplaint) -> list[Authority]:
    """Return the authorities of the regime in order, each with its view."""
    rows = supercomplaint.eligibility_views.select_related("authority", "repeats", "by")
    views = {
        view.authority.authority: view
        for view in policy.permitted(actor, "eligibilityview.list", rows)
    }
    names = dict(Organisation.Authority.choices)
    return [
        Authority(code, views[code].authority.name if code in views else names[code],
                  views.get(code))
        for code in procedure.AUTHORITIES[supercomplaint.regime]
    ]  # fmt: skip
