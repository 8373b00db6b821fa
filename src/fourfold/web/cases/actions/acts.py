"""Record acts: one, or many at once; change one, withdraw one. Versions are kept of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from fourfold.web.cases import search
from fourfold.web.cases.errors import OtherCaseError
from fourfold.web.cases.models import Act, ActSource, Case, KnowledgeEvent, Person, Report
from fourfold.web.cases.models.answers import Answer, Precision
from fourfold.web.users import access
from fourfold.web.users.models import User

BATCH: Final = 500


@dataclass(frozen=True)
class ActFacts:
    """What is told of an act. All may be left out: nothing blocks saving."""

    victim_words: str = ""
    effect_words: str = ""
    fear_of_violence: str = Answer.NOT_ASKED
    alarm: str = Answer.NOT_ASKED
    distress: str = Answer.NOT_ASKED
    occurred_from_at: datetime | None = None
    occurred_to_at: datetime | None = None
    precision: str = Precision.EXACT
    when_text: str = ""
    codes: Sequence[str] = ()
    means: str = Act.Means.NOT_KNOWN
    place_text: str = ""
    actor_kind: str = Act.ActorKind.SUSPECT
    actor_person: Person | None = None
    proxy_basis: str = ""
    target: str = Act.Target.VICTIM
    target_person: Person | None = None
    known_unwelcome: KnowledgeEvent | None = None
    summary: str = ""


@dataclass(frozen=True)
class SourceFacts:
    """Where an act is known from."""

    kind: str
    report: Report | None = None
    run_ref: str = ""
    trace_code: str = ""
    row_ids: Sequence[str] = ()
    words: str = ""


NewAct = tuple[ActFacts, SourceFacts | None]


def add_act(*, actor: User, case: Case, facts: ActFacts, source: SourceFacts | None = None) -> Act:
    """Record one act and where it is known from."""
    decision = access.require(actor, "act.add", case)
    check_case(case, facts, source)
    with transaction.atomic():
        act = _new_act(actor, case, facts)
        keep(act, by=actor)
        if source is not None:
            new_source(actor, act, source).save()
        access.record_act(actor, "act.add", act, decision=decision)
    return act


def add_acts(*, actor: User, case: Case, many: Iterable[NewAct]) -> list[Act]:
    """Record many acts at once, with one entry in the ledger that holds their count."""
    decision = access.require(actor, "act.add", case)
    told = list(many)
    for facts, source in told:
        check_case(case, facts, source)
    with transaction.atomic():
        acts: list[Act] = bulk_create_with_history(
            [_new_act(actor, case, facts) for facts, _ in told],
            Act,
            batch_size=BATCH,
            default_user=actor,
        )
        ActSource.objects.bulk_create(
            [
                new_source(actor, act, source)
                for act, (_, source) in zip(acts, told, strict=True)
                if source is not None
            ],
            batch_size=BATCH,
        )
        search.keep_acts(acts)
        access.record_act(actor, "act.add", case, decision=decision, detail={"acts": len(acts)})
    return acts


def keep(act: Act, *, by: User, why: str = "") -> None:
    """Save an act as a new version of it, by whom and why."""
    version: Any = act  # what simple_history reads of the instance
    version._history_user = by
    version._change_reason = why[:100] or None
    act.save()
    search.keep_act(act)


def check_case(case: Case, facts: ActFacts, source: SourceFacts | None) -> None:
    """Refuse facts that point into another case."""
    pointed: list[Any] = [facts.actor_person, facts.target_person, facts.known_unwelcome]
    pointed.append(source.report if source else None)
    for record in pointed:
        if record is not None and record.case_id != case.pk:
            raise OtherCaseError(f"{record} does not belong to {case}")


def values_of(facts: ActFacts) -> dict[str, Any]:
    """Return the facts as the fields of the model; without a moment, the precision says so."""
    values = {each.name: getattr(facts, each.name) for each in fields(facts)}
    values["codes"] = sorted(set(facts.codes))
    if facts.occurred_from_at is None:
        values["precision"] = Precision.UNKNOWN
    return values


def _new_act(actor: User, case: Case, facts: ActFacts) -> Act:
    return Act(case=case, added_by=actor, **values_of(facts))


def new_source(actor: User, act: Act, source: SourceFacts) -> ActSource:
    """Return a source of an act, not yet saved."""
    return ActSource(
        act=act,
        kind=source.kind,
        report=source.report,
        run_ref=source.run_ref,
        trace_code=source.trace_code,
        row_ids=list(source.row_ids),
        words=source.words,
        added_by=actor,
    )
