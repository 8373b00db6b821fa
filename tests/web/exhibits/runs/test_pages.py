"""Pages of runs: what they show, who may see them, how little they ask of the database."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case
from fourfold.web.exhibits.actions.runs import start_run
from fourfold.web.exhibits.models import EngineRun, Exhibit, Proposal
from fourfold.web.users.models import Role, User
from lib.runs import Demo, Put, finished_run, own_queries

SignIn = Callable[[User], Client]
QUERIES_MOST = 15


def of_run(name: str, run: EngineRun, **more: str) -> str:
    return reverse(
        f"exhibits:{name}", kwargs={"case_ref": run.case.ref, "run_ref": run.ref, **more}
    )


def of_case(name: str, case: Case, **more: str) -> str:
    return reverse(f"exhibits:{name}", kwargs={"case_ref": case.ref, **more})


def addresses(run: EngineRun) -> list[str]:
    return [
        of_case("runs", run.case), of_case("proposals", run.case), of_run("run", run),
        of_run("findings", run), of_run("finding", run, code="F2"),
        of_run("trace", run, code="F2.1"),
    ]  # fmt: skip


@pytest.fixture
def client(signed_in: SignIn, investigator: User) -> Client:
    return signed_in(investigator)


def test_every_page_answers_within_fifteen_queries(client: Client, demo_run: EngineRun) -> None:
    for address in addresses(demo_run):
        client.get(address)  # the first request of a session also writes the session
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200, address
        queries = own_queries(asked)
        assert len(queries) <= QUERIES_MOST, (address, queries)


def test_a_run_page_shows_what_became_of_every_row(client: Client, demo_run: EngineRun) -> None:
    page = client.get(of_run("run", demo_run)).content.decode()

    assert f"{demo_run.rows_read:,}" in page
    assert "outside authority" in page


def test_a_figure_leads_to_its_rows(client: Client, demo_run: EngineRun) -> None:
    page = client.get(of_run("trace", demo_run, code="F2.1")).content.decode()

    assert "The first 50 of" in page
    assert "The original has the hash it was sealed with." in page
    look = LedgerEntry.objects.order_by("-seq").first()
    assert look is not None
    assert (look.act, look.subject_ref) == ("finding.trace", demo_run.ref)


@pytest.mark.parametrize("code", ["F999", "F0", "nothing", "..%2F..%2Fx", "O99999", "x" * 300])
def test_a_code_that_leads_nowhere_is_not_found(
    client: Client, demo_run: EngineRun, code: str
) -> None:
    address = of_run("trace", demo_run, code="F1").replace("F1", code)

    assert client.get(address).status_code == 404


def test_an_unfinished_run_has_no_findings(client: Client, tiny: Case, investigator: User) -> None:
    run = start_run(actor=investigator, case=tiny)

    assert client.get(of_run("findings", run)).status_code == 404


def test_another_run_is_labelled_older(
    client: Client, demo: Demo, demo_run: EngineRun, put: Put, investigator: User
) -> None:
    finished_run(demo.package, demo_run.case, put, investigator)

    assert "Older run" in client.get(of_run("run", demo_run)).content.decode()


def test_equal_tables_are_said_to_be_equal(
    client: Client, demo: Demo, demo_run: EngineRun, put: Put, investigator: User
) -> None:
    run = finished_run(demo.package, demo_run.case, put, investigator)

    assert "byte for byte" in client.get(of_run("run", run)).content.decode()


def test_start_by_page(client: Client, tiny: Case) -> None:
    response = client.post(of_case("run_start", tiny))

    run = EngineRun.objects.get(case=tiny)
    assert response.headers["Location"] == of_run("run", run)


def test_a_page_of_a_waiting_run_renews_itself_only_without_scripts(
    client: Client, tiny: Case, investigator: User
) -> None:
    run = start_run(actor=investigator, case=tiny)

    page = client.get(of_run("run", run)).content.decode()

    assert '<noscript><meta http-equiv="refresh"' in page
    assert f'data-live="{of_run("run_live", run)}"' in page


def test_a_finished_run_does_not_renew_itself(client: Client, demo_run: EngineRun) -> None:
    page = client.get(of_run("run", demo_run)).content.decode()

    assert "http-equiv" not in page
    assert "data-live" not in page


def test_another_force_finds_nothing(
    signed_in: SignIn, make_user: Callable[..., User], other_force: object, demo_run: EngineRun
) -> None:
    stranger = signed_in(make_user(Role.INVESTIGATOR, force=other_force, team=None))

    assert {stranger.get(a).status_code for a in addresses(demo_run)} == {404}


def test_who_is_not_assigned_is_refused(
    signed_in: SignIn, make_user: Callable[..., User], demo_run: EngineRun
) -> None:
    colleague = signed_in(make_user(Role.INVESTIGATOR))

    assert {colleague.get(a).status_code for a in addresses(demo_run)} == {403}


def test_generated_words_of_pages_hold_no_forbidden_word(
    client: Client, demo_run: EngineRun
) -> None:
    Proposal.objects.update(quoted_words="", when_text="")
    page = client.get(of_case("proposals", demo_run.case)).content.decode()
    body = page[page.index("<main") : page.index("</main>")]

    assert forbidden_words(body.replace("was with", "")) == []


def test_facts_of_a_case_file_are_offered_and_taken(
    client: Client, demo: Demo, case: Case, put: Put
) -> None:
    put("teasel/exhibits/cd/447700900117_CallData.csv", b"x")
    file = put("teasel/case.toml", (demo.folder / "case.toml").read_bytes())
    address = of_case("facts", case, exhibit_ref=file.ref)
    page = client.get(address).content.decode()
    assert "Subscriber record; number given in interview" in page

    client.post(
        address, {"fact": ["person:S", "person:V", "attribution:0", "exhibit:exhibits/anpr/x"]}
    )

    assert sorted(case.people.values_list("key", "role")) == [("S", "suspect"), ("V", "victim")]
    identifier = case.identifiers.get()
    assert (identifier.kind, identifier.normalised) == ("phone", "+447700900117")
    assert "In the record" in client.get(address).content.decode()


def test_the_page_of_facts_answers_within_fifteen_queries(
    client: Client, demo: Demo, case: Case, put: Put
) -> None:
    file = put("case.toml", (demo.folder / "case.toml").read_bytes())
    address = of_case("facts", case, exhibit_ref=file.ref)
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        client.get(address)

    assert len(own_queries(asked)) <= QUERIES_MOST


def test_what_stands_in_the_record_is_not_overwritten(
    client: Client, demo: Demo, case: Case, put: Put
) -> None:
    case.people.create(key="S", role="suspect", name="As recorded")
    file = put("case.toml", (demo.folder / "case.toml").read_bytes())

    client.post(
        of_case("facts", case, exhibit_ref=file.ref), {"fact": ["person:S", "place:v_home"]}
    )

    assert case.people.get(key="S").name == "As recorded"


def test_a_person_with_another_part_does_not_fit(
    client: Client, demo: Demo, case: Case, put: Put
) -> None:
    case.people.create(key="S", role="victim")
    file = put("case.toml", (demo.folder / "case.toml").read_bytes())

    client.post(of_case("facts", case, exhibit_ref=file.ref), {"fact": ["attribution:0"]})

    assert not case.identifiers.exists()


def test_a_broken_case_file_says_why(client: Client, case: Case, put: Put) -> None:
    file = put("case.toml", b"[case]\n")

    page = client.get(of_case("facts", case, exhibit_ref=file.ref)).content.decode()

    assert "case.toml, line 1: [case] reference: missing" in page


def test_an_exhibit_that_is_no_case_file_offers_no_facts(
    client: Client, case: Case, put: Put
) -> None:
    exhibit: Exhibit = put("exhibits/a.csv", b"x")

    assert client.get(of_case("facts", case, exhibit_ref=exhibit.ref)).status_code == 404
