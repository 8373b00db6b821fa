"""Pages of measures: compute, sign and publish as people do; others see what is published."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case, Report
from fourfold.web.measures.models import ComputedFigure
from fourfold.web.publication.models import Current
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users import step_up
from fourfold.web.users.models import Force, Role, User

REPORTS = 20


@pytest.fixture
def organisation(force: Force) -> Organisation:
    return Organisation.objects.create(
        name="Teasel Constabulary", kind="territorial_force", tenant=force, is_invented=True
    )


@pytest.fixture
def reports(force: Force, make_case: Callable[..., Case], supervisor: User) -> list[Report]:
    """Twenty reports of November 2026; in eight of them all four questions were asked."""
    at = make_case().opened_at
    asked = {"fixated": "yes", "obsessive": "no", "unwanted": "yes", "repeated": "not_known"}
    return [
        Report.objects.create(
            force=force, taken_by=supervisor, taken_at=at - timedelta(hours=number),
            **(asked if number < 8 else {}),
        )
        for number in range(REPORTS)
    ]  # fmt: skip


@pytest.fixture
def stepped_up(signed_in: Callable[[User], Client]) -> Callable[[User], Client]:
    """Sign in with a passkey that was used just now."""

    def enter(user: User) -> Client:
        client = signed_in(user)
        session = client.session
        session[step_up.KEY] = int(time.time())
        session.save()
        return client

    return enter


def _compute(client: Client, month: str = "2026-11") -> ComputedFigure:
    answer = client.post("/measures/four-asked/compute/", {"first": month, "last": ""})
    assert answer.status_code == 302, answer.content.decode()
    return ComputedFigure.objects.latest("pk")


@pytest.mark.usefixtures("organisation", "reports")
def test_a_figure_is_computed_signed_and_published(
    make_user: Callable[..., User], other_force: Force, stepped_up: Callable[[User], Client]
) -> None:
    responder = make_user(Role.RESPONDER)
    client = stepped_up(responder)
    figure = _compute(client)
    page = client.get(f"/figures/{figure.ref}/").content.decode()
    assert "40.0% (8 of 20)" in page
    assert client.post(f"/figures/{figure.ref}/publish/", follow=True).status_code == 200
    assert not Current.objects.filter(kind="figure").exists()  # nobody has signed it
    assert client.post(f"/figures/{figure.ref}/sign/", {"post": ""}).status_code == 400
    client.post(f"/figures/{figure.ref}/sign/", {"post": "Head of stalking"})
    client.post(f"/figures/{figure.ref}/publish/")
    told = Current.objects.get(kind="figure").published.content
    assert (told["value"], told["numerator"], told["denominator"]) == (0.4, 8, 20)
    assert (told["signed_by"], told["is_suppressed"]) == ("Head of stalking", False)
    assert "rows" not in told
    assert Current.objects.filter(kind="measure").count() > 20
    officer = make_user(Role.COMPLAINTS_OFFICER, force=other_force, team=None)
    other = stepped_up(officer)
    assert other.get("/measures/four-asked/").status_code == 200
    assert other.get(f"/figures/{figure.ref}/").status_code in (403, 404)
    acts = set(LedgerEntry.objects.filter(subject_ref=figure.ref).values_list("act", flat=True))
    assert {"measure.compute", "figure.open", "figure.sign", "figure.publish"} <= acts


@pytest.mark.usefixtures("organisation")
def test_a_small_number_is_published_as_withheld(
    make_user: Callable[..., User],
    reports: list[Report],
    stepped_up: Callable[[User], Client],
) -> None:
    Report.objects.filter(pk__in=[each.pk for each in reports[3:]]).update(fixated="not_asked")
    client = stepped_up(make_user(Role.RESPONDER))
    figure = _compute(client)
    client.post(f"/figures/{figure.ref}/sign/", {"post": "Head of stalking"})
    assert "will be withheld" in client.get(f"/figures/{figure.ref}/publish/").content.decode()
    client.post(f"/figures/{figure.ref}/publish/")
    told = Current.objects.get(kind="figure").published.content
    assert told["is_suppressed"]
    assert (told["value"], told["numerator"], told["denominator"]) == (None, None, None)
    assert told["value_words"] == "Withheld"


def test_the_list_and_every_definition_open(
    supervisor: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(supervisor)
    page = client.get("/measures/").content.decode()
    assert "Not measurable, because" in page
    for name in ("stalking-as-included", "training-coverage"):
        assert client.get(f"/measures/{name}/").status_code == 200
    assert client.get("/measures/nothing-like-it/").status_code == 404
    assert client.get("/measures/four-asked/?version=99").status_code == 404


def test_a_period_is_refused_with_what_to_do(
    supervisor: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(supervisor)
    for first, last in (("", ""), ("soon", ""), ("2026-13", ""), ("2026-05", "2026-01"),
                        ("2999-01", "")):  # fmt: skip
        answer = client.post("/measures/four-asked/compute/", {"first": first, "last": last})
        assert answer.status_code == 400
    answer = client.post("/measures/training-coverage/compute/", {"first": "2026-01", "last": ""})
    assert "training records" in answer.content.decode()


@pytest.mark.usefixtures("organisation", "reports")
def test_the_page_of_a_measure_asks_few_questions(
    supervisor: User,
    signed_in: Callable[[User], Client],
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    client = signed_in(supervisor)
    _compute(client)
    with django_assert_max_num_queries(15 + 6):  # six of them sign in and record the look
        client.get("/measures/four-asked/")
