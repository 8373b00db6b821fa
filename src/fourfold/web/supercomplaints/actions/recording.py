"""Super-complaints known from public sources: recorded as they were seen, gaps as gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from fourfold.web.supercomplaints.actions.moving import Move, move
from fourfold.web.supercomplaints.errors import SuperComplaintError
from fourfold.web.supercomplaints.models import Organisation, Step, SuperComplaint
from fourfold.web.supercomplaints.models.procedure import Basis
from fourfold.web.supercomplaints.rules import procedure
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class RecordFacts:
    """What public sources say; a date that was not seen stays empty, `made_words` may help."""

    title: str
    body: Organisation
    state: str
    regime: str = "police"
    with_whom: str = ""
    subject: str = ""
    made_on: date | None = None
    made_words: str = ""
    decided_on: date | None = None
    published_on: date | None = None
    responses_due_on: date | None = None
    report_title: str = ""
    lead: Organisation | None = None
    gaps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepFacts:
    """One step as public sources tell it."""

    words: str
    on: date | None = None
    on_words: str = ""
    source: str = ""
    to_state: str = ""
    is_public: bool = True


def record(
    *, actor: User, facts: RecordFacts, steps: Sequence[StepFacts] = (),
    supercomplaint: SuperComplaint | None = None,
) -> SuperComplaint:  # fmt: skip
    """Record a super-complaint from public sources, or change one that was so recorded.

    Raises:
        SuperComplaintError: the one to change was made here.
    """
    if facts.state == SuperComplaint.State.PREPARING:
        raise SuperComplaintError("A draft is not public. Choose the state it is in now.")
    subject = supercomplaint or SuperComplaint(
        body=facts.body, state=facts.state, is_from_public_record=True
    )
    decision = access.require(actor, "supercomplaint.record", subject)
    _must_be_recorded(subject)
    with transaction.atomic():
        for name, value in vars(facts).items():
            setattr(subject, name, list(value) if isinstance(value, tuple) else value)
        subject.is_invented = facts.body.is_invented
        subject.save()
        for each in steps:
            _write(actor, subject, each)
        detail = {"steps": len(steps), "gaps": len(facts.gaps)}
        access.record_act(actor, "supercomplaint.record", subject, decision=decision, detail=detail)
    return subject


def add_step(*, actor: User, supercomplaint: SuperComplaint, facts: StepFacts) -> Step:
    """Add a step to one that was recorded from public sources."""
    decision = access.require(actor, "supercomplaint.record", supercomplaint)
    _must_be_recorded(supercomplaint)
    with transaction.atomic():
        step = _write(actor, supercomplaint, facts)
        access.record_act(actor, "supercomplaint.record", supercomplaint, decision=decision)
    return step


def _must_be_recorded(supercomplaint: SuperComplaint) -> None:
    if not supercomplaint.is_from_public_record:
        raise SuperComplaintError(
            "This super-complaint is carried here: it moves by its procedure, not by recording."
        )


def _write(actor: User, supercomplaint: SuperComplaint, facts: StepFacts) -> Step:
    return Step.objects.create(
        supercomplaint=supercomplaint,
        event=procedure.RECORD,
        basis=Basis.RECORD,
        by=actor,
        **vars(facts),
    )


def move_on(*, actor: User, supercomplaint: SuperComplaint, made: Move) -> Step:
    """Move a super-complaint in its later states: responses, monitoring, closing."""
    if procedure.BY_CODE[made.event].act != "supercomplaint.move_on":
        raise SuperComplaintError("This step has its own page. Go there from the procedure.")
    return move(actor=actor, supercomplaint=supercomplaint, made=made)
