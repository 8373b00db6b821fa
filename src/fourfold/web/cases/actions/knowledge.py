"""Record and change what the suspect had been told."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from fourfold.web.cases.errors import OtherCaseError
from fourfold.web.cases.models import Case, KnowledgeEvent, Person
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class KnowledgeFacts:
    """Who was told, when, by whom, how, in which words, and what shows it."""

    person: Person
    at: datetime
    precision: str
    by: str = ""
    how: str = ""
    words: str = ""
    proof: str = ""


def add_knowledge(*, actor: User, case: Case, facts: KnowledgeFacts) -> KnowledgeEvent:
    """Record a moment at which the suspect was told."""
    decision = access.require(actor, "knowledge.add", case)
    _check(case, facts)
    with transaction.atomic():
        event = KnowledgeEvent(case=case, **_values(facts))
        _keep(event, actor)
        access.record_act(actor, "knowledge.add", event, decision=decision)
    return event


def change_knowledge(
    *, actor: User, event: KnowledgeEvent, facts: KnowledgeFacts
) -> KnowledgeEvent:
    """Write a new version of a knowledge event."""
    decision = access.require(actor, "knowledge.change", event)
    _check(event.case, facts)
    with transaction.atomic():
        values = _values(facts)
        changed = sorted(name for name, value in values.items() if getattr(event, name) != value)
        for name, value in values.items():
            setattr(event, name, value)
        if changed:
            _keep(event, actor)
            access.record_act(
                actor, "knowledge.change", event, decision=decision, detail={"fields": changed}
            )
    return event


def _check(case: Case, facts: KnowledgeFacts) -> None:
    if facts.person.case_id != case.pk:
        raise OtherCaseError(f"{facts.person} does not belong to {case}")


def _values(facts: KnowledgeFacts) -> dict[str, Any]:
    return {each.name: getattr(facts, each.name) for each in fields(facts)}


def _keep(event: KnowledgeEvent, actor: User) -> None:
    version: Any = event
    version._history_user = actor
    event.save()
