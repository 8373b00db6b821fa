"""Acts, people and knowledge events of the case that these tests stand on."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from fourfold.web.cases.actions.acts import ActFacts, SourceFacts, add_act
from fourfold.web.cases.actions.knowledge import KnowledgeFacts, add_knowledge
from fourfold.web.cases.models import Act, Case, KnowledgeEvent, Person
from fourfold.web.users.models import User

MakeAct = Callable[..., Act]


def moment(text: str) -> datetime:
    """Return a moment of 2026 in UTC: "05-03 21:10"."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


@pytest.fixture
def make_act(case: Case, investigator: User) -> MakeAct:
    """Make an act of `case`: `make_act("05-03 21:10", means="call", source=...)`."""

    def make(when: str | None = None, *, source: SourceFacts | None = None, **more: object) -> Act:
        facts: dict[str, object] = {"occurred_from_at": moment(when) if when else None}
        return add_act(
            actor=investigator,
            case=case,
            facts=ActFacts(**{**facts, **more}),  # type: ignore[arg-type]
            source=source,
        )

    return make


@pytest.fixture
def suspect(case: Case) -> Person:
    return Person.objects.create(case=case, key="S", role=Person.Role.SUSPECT, name="Rowan Sedge")


@pytest.fixture
def told(case: Case, investigator: User, suspect: Person) -> KnowledgeEvent:
    """The suspect was told to stop on 4 May at 12:00."""
    facts = KnowledgeFacts(
        person=suspect, at=moment("05-04 12:00"), precision="exact", by="the victim", how="by text"
    )
    return add_knowledge(actor=investigator, case=case, facts=facts)


@pytest.fixture
def client(signed_in: Callable[[User], Client], investigator: User) -> Client:
    """A client in which `investigator` is signed in."""
    return signed_in(investigator)
