"""The whole way on the shared case of 39 exhibits: facts, run, findings, proposals, acts."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fourfold.evidence import pipeline
from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.cases.models import Act, Case
from fourfold.web.exhibits.actions.facts import take_over
from fourfold.web.exhibits.actions.proposals import accept_proposals
from fourfold.web.exhibits.actions.runs import start_run
from fourfold.web.exhibits.engine.case_facts import facts_of
from fourfold.web.exhibits.engine.folder import package_of
from fourfold.web.exhibits.engine.offers import offers_of
from fourfold.web.exhibits.engine.worker import run_worker
from fourfold.web.exhibits.models import EngineRun, Proposal
from fourfold.web.users.models import User
from lib.runs import Put, own_queries
from lib.shared import shared

pytestmark = pytest.mark.reality


@pytest.fixture
def folder() -> Path:
    return shared("case-typical") / "case"


@pytest.fixture
def typical(folder: Path, case: Case, put: Put, investigator: User) -> Case:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        put(f"case/{path.relative_to(folder).as_posix()}", path.read_bytes())
    file = case.exhibits.get(path="case/case.toml")
    keys = [offer.key for offer in offers_of(case, file).offers]
    take_over(actor=investigator, case=case, exhibit=file, chosen=keys)
    return case


def test_facts_taken_over_are_the_facts_of_the_file(typical: Case, folder: Path) -> None:
    stated, kept = pipeline.load_case(folder), facts_of(typical)

    assert kept.people == stated.people
    assert kept.attributions == stated.attributions
    assert kept.places == stated.places
    assert kept.knowledge == stated.knowledge
    by_file = {f"case/{facts.file}": facts for facts in stated.exhibits}
    assert {x.file: (x.ref, x.person, x.device, x.authority) for x in kept.exhibits} == {
        file: (x.ref, x.person, x.device, x.authority) for file, x in by_file.items()
    }


def test_a_run_proposes_acts_that_are_accepted_at_once(
    typical: Case, investigator: User, signed_in: Callable[[User], Client]
) -> None:
    run = start_run(actor=investigator, case=typical)
    run_worker(once=True, stop=threading.Event())
    run.refresh_from_db()
    assert (run.state, run.exhibit_count) == (EngineRun.State.FINISHED, 39)
    assert run.rows_read == run.rows_used + run.rows_merged + run.rows_set_aside
    assert [order.key for order in pipeline.load_case(package_of(run.ref) / "originals").orders]

    proposed = Proposal.objects.filter(case=typical)
    assert 1_700 < proposed.count() < 1_900
    assert not [text for text in proposed.values_list("words", flat=True) if forbidden_words(text)]
    client = signed_in(investigator)
    address = reverse("exhibits:proposals", kwargs={"case_ref": typical.ref})
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(own_queries(asked)) <= 15

    refs = list(proposed.values_list("ref", flat=True))
    accept_proposals(actor=investigator, case=typical, refs=refs)
    assert Act.objects.filter(case=typical).count() == len(refs)
