"""How a super-complaint moves: states, events, guards and limits, each with what it rests on.

super-complaints.md section 4, as data. Every line is tagged: law (read in the text), guidance,
practice (seen in published cases) or not seen (in no source read; nothing is claimed). The page
"Procedure" shows these lines; `actions/moving.py` moves by them and by nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

LAW, GUIDANCE, PRACTICE, NOT_SEEN = "law", "guidance", "practice", "not_seen"
REGULATIONS: Final = "SI 2018/748"
STALKING: Final = "the stalking super-complaint"
REPORT_CONTENTS: Final = ("steps", "conclusions", "action", "recommendations")
AUTHORITIES: Final = {  # who decides jointly, by regime
    "police": ("chief_inspector", "director_general", "college"),
    "service_police": ("chief_inspector", "service_commissioner"),
}


@dataclass(frozen=True)
class Said:
    """A sentence of the procedure: what it rests on, and where it was read."""

    words: str
    basis: str
    source: str = ""


NO_LIMIT: Final = Said("No time limit was seen in the sources.", NOT_SEEN)


@dataclass(frozen=True)
class State:
    """A state: when it is entered, what must be done in it, by when, what comes of it."""

    number: str
    code: str
    name: str
    entered: str
    duty: Said
    limit: Said
    document: str
    is_end: bool = False


@dataclass(frozen=True)
class View:
    """What one authority holds on eligibility."""

    authority: str
    is_form_met: bool
    bar: str
    has_reasons: bool

    @property
    def is_eligible(self) -> bool:
        """Whether this authority holds the complaint eligible (regulation 6)."""
        return self.is_form_met and self.bar == "none"


@dataclass(frozen=True)
class Facts:
    """Everything that the guards ask, gathered by `selectors/standing.py`."""

    regime: str = "police"
    is_designated: bool = False
    actor_authority: str = ""
    views: tuple[View, ...] = ()
    report_contents: frozenset[str] = frozenset()
    is_report_agreed: bool = False
    is_report_published: bool = False


@dataclass(frozen=True)
class Guard:
    """A condition of an event, and what is said where it is not met."""

    code: str
    said: Said
    unmet: str
    holds: Callable[[Facts], bool] = field(repr=False)


@dataclass(frozen=True)
class Event:
    """An event: from which states to which, by which act of the policy, under which guards."""

    code: str
    name: str
    act: str
    from_states: tuple[str, ...]
    to_state: str
    said: Said
    guards: tuple[Guard, ...] = ()
    sets_date: str = ""
    limit: str = ""

    @property
    def is_loop(self) -> bool:
        """Whether it leads back to where it began."""
        return self.from_states == (self.to_state,)


def wanting(facts: Facts) -> tuple[str, ...]:
    """Return the authorities that have not yet recorded a view with reasons."""
    there = {view.authority for view in facts.views if view.has_reasons}
    return tuple(code for code in AUTHORITIES[facts.regime] if code not in there)


def agreed(facts: Facts) -> bool | None:
    """Return what all authorities hold on eligibility; None where they differ or one is missing."""
    own = {v.is_eligible for v in facts.views if v.authority in AUTHORITIES[facts.regime]}
    return own.pop() if not wanting(facts) and len(own) == 1 else None


DESIGNATED: Final = Guard(
    "designated",
    Said("The body is designated on the day of submission.", LAW, "PRA 2002 s. 29A"),
    "The body is not designated on that day, and only a designated body can make a"
    " super-complaint. Look under Designations; a body that is not designated can bring the"
    " matter to one that is.",
    lambda facts: facts.is_designated,
)
CHIEF_INSPECTOR: Final = Guard(
    "chief_inspector",
    Said("The Chief Inspector does it.", LAW, f"{REGULATIONS} regs 5-9"),
    "Only people of the Chief Inspector can do this. Ask them to.",
    lambda facts: facts.actor_authority == "chief_inspector",
)
ALL_RECORDED: Final = Guard(
    "all_recorded",
    Said("All authorities have recorded their view, with reasons.", LAW, f"{REGULATIONS} reg. 6"),
    "Not every authority has recorded its view with reasons yet. They decide together.",
    lambda facts: not wanting(facts),
)
AGREE_INELIGIBLE: Final = Guard(
    "agree_ineligible",
    Said("All hold that it is not eligible.", LAW, f"{REGULATIONS} reg. 6(2)-(4)"),
    "The authorities do not all hold that it is not eligible. They decide together.",
    lambda facts: agreed(facts) is False,
)
AGREE_ELIGIBLE: Final = Guard(
    "agree_eligible",
    Said("All hold that it is eligible.", LAW, f"{REGULATIONS} reg. 6(2)-(4)"),
    "The authorities do not all hold that it is eligible. They decide together.",
    lambda facts: agreed(facts) is True,
)
REPORT_COMPLETE: Final = Guard(
    "report_complete",
    Said(
        "The report has the steps taken, conclusions with reasons, further action proposed, and"
        " recommendations to others.", LAW, f"{REGULATIONS} reg. 8",
    ),
    "The report lacks some of what it must contain: steps taken, conclusions with reasons, further"
    " action, recommendations. Where there is none, say so in that section.",
    lambda facts: set(REPORT_CONTENTS) <= facts.report_contents,
)  # fmt: skip
REPORT_AGREED: Final = Guard(
    "report_agreed",
    Said("The authorities agree the report.", LAW, f"{REGULATIONS} reg. 8 (prepared jointly)"),
    "The authorities have not agreed the report yet. Record that on the page of the report.",
    lambda facts: facts.is_report_agreed,
)

STATES: Final = (
    State(
        "S0", "preparing", "Being prepared", "The body drafts, and may talk with the authorities.",
        Said("Nothing is due. A talk before submission is offered.", GUIDANCE,
             "Guidance under SI 2018/412 reg. 5"),
        Said("None.", GUIDANCE, "Guidance under SI 2018/412 reg. 5"), "Draft",
    ),
    State(
        "S1", "received", "Received", "The complaint reaches the Chief Inspector.",
        Said("Acknowledge it.", LAW, f"{REGULATIONS} reg. 5"),
        Said("Before the end of 5 working days that begin with the day of receipt.", LAW,
             f"{REGULATIONS} regs 2 and 5"), "The complaint",
    ),
    State(
        "S2", "acknowledged", "Acknowledged", "The acknowledgement is sent.",
        Said("The authorities decide together whether it is eligible.", LAW,
             f"{REGULATIONS} reg. 6"), NO_LIMIT, "Acknowledgement",
    ),
    State(
        "S3a", "ineligible", "Not eligible", "Regulation 4 is not fulfilled, or a bar applies.",
        Said("Tell the body in writing, with reasons.", LAW, f"{REGULATIONS} reg. 6(6)"),
        NO_LIMIT, "Decision with reasons", is_end=True,
    ),
    State(
        "S3b", "under_investigation", "Under investigation",
        "The authorities decide that it is eligible.",
        Said("Tell the body in writing that it will be investigated and that it will get progress"
             " reports.", LAW, f"{REGULATIONS} reg. 6(5)"), NO_LIMIT, "Decision letter",
    ),
    State(
        "S4", "under_investigation", "Progress reported",
        "Each progress report; the state stays “under investigation”.",
        Said("Tell the body how the investigation goes on.", LAW, f"{REGULATIONS} reg. 7"),
        Said("No interval was seen. It is set for each super-complaint.", NOT_SEEN),
        "Progress report",
    ),
    State(
        "S5", "concluded", "Investigation concluded", "The authorities end the investigation.",
        Said("Prepare the report.", LAW, f"{REGULATIONS} reg. 8"), NO_LIMIT, "Report",
    ),
    State(
        "S6", "published", "Report published",
        "The Chief Inspector sends the report to the body and publishes it.",
        Said("Form and manner are the Chief Inspector’s to choose. What would be contrary to"
             " national security, or might jeopardise anyone’s safety, may be left out.", LAW,
             f"{REGULATIONS} regs 8-9"), NO_LIMIT, "Published report, annexes, recommendations",
    ),
    State(
        "S7", "awaiting_responses", "Awaiting responses", "Recommendations name addressees.",
        Said("Addressees answer.", PRACTICE, STALKING),
        Said("56 days after publication in the stalking case; not a limit of the law.", PRACTICE,
             STALKING), "Action plans, letters",
    ),
    State(
        "S8", "responses_published", "Responses published",
        "Responses are collected and put online.",
        Said("Publish what was answered.", PRACTICE, STALKING),
        Said("47 days after the due date in the stalking case; not a limit of the law.", PRACTICE,
             STALKING), "Response documents",
    ),
    State(
        "S9", "monitoring", "Progress is monitored", "Addressees act on the recommendations.",
        Said("Addressees report what they did.", PRACTICE, STALKING),
        Said("Dates stand with each recommendation.", PRACTICE, STALKING),
        "Updates, progress report",
    ),
    State(
        "S10", "closed", "Closed", "The authorities close it here.",
        Said("Nothing in law closes a super-complaint: closing is a choice of this program.",
             NOT_SEEN), NO_LIMIT, "None", is_end=True,
    ),
)  # fmt: skip

EVENTS: Final = (
    Event("draft", "Drafting began", "supercomplaint.draft", ("",), "preparing",
          Said("The body prepares a complaint.", GUIDANCE, "Guidance under SI 2018/412 reg. 5")),
    Event("submit", "Submit", "supercomplaint.submit", ("preparing",), "received",
          Said("A designated body makes a super-complaint to the Chief Inspector.", LAW,
               "PRA 2002 s. 29A"), (DESIGNATED,), "made_on"),
    Event("acknowledge", "Acknowledge", "supercomplaint.acknowledge", ("received",),
          "acknowledged", Said("The Chief Inspector acknowledges it.", LAW,
                               f"{REGULATIONS} reg. 5"), (CHIEF_INSPECTOR,),
          limit="acknowledge_by_on"),
    Event("find_ineligible", "Decide: not eligible", "supercomplaint.decide", ("acknowledged",),
          "ineligible", Said("Regulation 4 is not fulfilled, or it merely repeats another.", LAW,
                             f"{REGULATIONS} reg. 6"), (ALL_RECORDED, AGREE_INELIGIBLE),
          "decided_on"),
    Event("find_eligible", "Decide: eligible", "supercomplaint.decide", ("acknowledged",),
          "under_investigation", Said("It is eligible and will be investigated.", LAW,
                                      f"{REGULATIONS} reg. 6"), (ALL_RECORDED, AGREE_ELIGIBLE),
          "decided_on"),
    Event("report_progress", "Report progress", "progressletter.send", ("under_investigation",),
          "under_investigation", Said("The body is told of progress.", LAW,
                                      f"{REGULATIONS} reg. 7")),
    Event("conclude", "Conclude the investigation", "supercomplaint.conclude",
          ("under_investigation",), "concluded", Said("The authorities end the investigation.",
                                                      LAW, f"{REGULATIONS} reg. 8"),
          sets_date="concluded_on"),
    Event("publish", "Publish the report", "investigationreport.publish", ("concluded",),
          "published", Said("The Chief Inspector sends the report to the body and publishes it.",
                            LAW, f"{REGULATIONS} regs 8-9"),
          (REPORT_COMPLETE, REPORT_AGREED, CHIEF_INSPECTOR), "published_on"),
    Event("await_responses", "Await responses", "supercomplaint.move_on", ("published",),
          "awaiting_responses", Said("Addressees of recommendations are asked to answer.",
                                     PRACTICE, STALKING)),
    Event("respond", "Record a response", "supercomplaint.move_on", ("awaiting_responses",),
          "awaiting_responses", Said("An addressee answers a recommendation.", PRACTICE,
                                     STALKING)),
    Event("publish_responses", "Responses are published", "supercomplaint.move_on",
          ("awaiting_responses",), "responses_published",
          Said("Responses are put online.", PRACTICE, STALKING)),
    Event("monitor", "Monitor progress", "supercomplaint.move_on", ("responses_published",),
          "monitoring", Said("Addressees act and report.", PRACTICE, STALKING)),
    Event("report_monitoring", "Record an update", "supercomplaint.move_on", ("monitoring",),
          "monitoring", Said("An update or a collated progress report.", PRACTICE, STALKING)),
    Event("close", "Close", "supercomplaint.move_on",
          ("published", "responses_published", "monitoring"), "closed",
          Said("Nothing in law closes a super-complaint.", NOT_SEEN), sets_date="closed_on"),
)  # fmt: skip
BY_CODE: Final = {event.code: event for event in EVENTS}
STATE_BY_CODE: Final = {state.code: state for state in reversed(STATES)}
RECORD: Final = "record"


def events_from(state: str) -> tuple[Event, ...]:
    """Return the events that may follow in a state."""
    return tuple(event for event in EVENTS if state in event.from_states)


def unmet(event: Event, facts: Facts) -> tuple[Guard, ...]:
    """Return the guards of an event that do not hold."""
    return tuple(guard for guard in event.guards if not guard.holds(facts))
