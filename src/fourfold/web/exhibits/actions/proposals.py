"""Accept or decline what the rows of a run propose: one, many, or up to 5,000 at once."""

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fourfold.web.cases.actions.acts import ActFacts, NewAct, SourceFacts, add_acts
from fourfold.web.cases.models import Act, ActSource, Case, Person
from fourfold.web.cases.models.answers import Strength
from fourfold.web.exhibits.models import Proposal
from fourfold.web.exhibits.rules.proposals import precision_of
from fourfold.web.users import access
from fourfold.web.users.models import User

AT_ONCE: Final = 5_000
BATCH: Final = 250
SOURCE_WORDS_MOST: Final = 500
State = Proposal.State


class TooManyError(ValueError):
    """More proposals than can be decided at once."""


def accept_proposals(*, actor: User, case: Case, refs: Collection[str]) -> list[Act]:
    """Record an act for each proposal that is still to be decided; return the acts."""
    _check_number(refs)
    decision = access.require(actor, "act.accept", case)
    with transaction.atomic():
        found = list(_open(case, refs).select_related("run"))
        if not found:
            return []
        people = _People(case)
        acts = add_acts(actor=actor, case=case, many=[_new_act(p, people) for p in found])
        for proposal, act in zip(found, acts, strict=True):
            proposal.act = act
        Proposal.objects.bulk_update(found, ["act"], batch_size=BATCH)
        Proposal.objects.filter(pk__in=[p.pk for p in found]).update(
            state=State.ACCEPTED, decided_by=actor, decided_at=timezone.now()
        )
        detail = {"proposals": len(found), "runs": sorted({p.run.ref for p in found})}
        access.record_act(actor, "act.accept", case, decision=decision, detail=detail)
    return acts


def decline_proposals(*, actor: User, case: Case, refs: Collection[str], reason: str) -> int:
    """Set proposals aside that are still to be decided, with a reason; return how many."""
    _check_number(refs)
    decision = access.require(actor, "act.decline", case)
    if not reason.strip():
        raise ValueError("a reason is needed")
    with transaction.atomic():
        number = _open(case, refs).update(
            state=State.DECLINED,
            decided_by=actor,
            decided_at=timezone.now(),
            decision_reason=reason.strip()[:500],
        )
        if number:
            detail = {"proposals": number}
            access.record_act(actor, "act.decline", case, decision=decision, detail=detail)
    return number


def _check_number(refs: Collection[str]) -> None:
    if len(refs) > AT_ONCE:
        raise TooManyError(f"At most {AT_ONCE:,} at once.")


def _open(case: Case, refs: Collection[str]) -> QuerySet[Proposal]:
    return (
        Proposal.objects.select_for_update(of=("self",))
        .filter(case=case, state=State.OPEN, ref__in=refs)
        .order_by("occurred_from_at", "id")
    )


class _People:
    """The suspect and the victim, where the record has one of each."""

    def __init__(self, case: Case) -> None:
        people = list(Person.objects.filter(case=case))
        self.suspect = _only(p for p in people if p.role == Person.Role.SUSPECT)
        self.victim = _only(p for p in people if p.role == Person.Role.VICTIM)


def _only(people: object) -> Person | None:
    found = list(people)  # type: ignore[call-overload]
    return found[0] if len(found) == 1 else None


def _new_act(proposal: Proposal, people: _People) -> NewAct:
    """Return the act and its source. Who did it is known only by an accepted attribution."""
    is_diary = proposal.question == "diary"
    is_suspect = proposal.strength == Strength.ACCEPTED
    facts = ActFacts(
        victim_words=proposal.quoted_words if is_diary else "",
        occurred_from_at=proposal.occurred_from_at,
        occurred_to_at=proposal.occurred_to_at,
        precision=_precision(proposal),
        when_text=proposal.when_text,
        codes=proposal.codes,
        means=proposal.means,
        actor_kind=Act.ActorKind.SUSPECT if is_suspect else Act.ActorKind.UNKNOWN,
        actor_person=people.suspect if is_suspect else None,
        target_person=people.victim,
        summary=proposal.words,
    )
    source = SourceFacts(
        kind=ActSource.Kind.ENGINE,
        run_ref=proposal.run.ref,
        trace_code=proposal.trace_code,
        row_ids=proposal.row_ids,
        words="" if is_diary else proposal.quoted_words[:SOURCE_WORDS_MOST],
    )
    return facts, source


def _precision(proposal: Proposal) -> str:
    if proposal.question == "diary":
        return precision_of(proposal.occurred_from_at, proposal.occurred_to_at)
    return precision_of(proposal.occurred_from_at, proposal.occurred_from_at)
