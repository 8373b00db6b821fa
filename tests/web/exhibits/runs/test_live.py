"""Progress as it happens: server-sent events until the run ends, and nothing for strangers."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case
from fourfold.web.exhibits.actions.runs import cancel_run, start_run
from fourfold.web.exhibits.engine import outcome
from fourfold.web.exhibits.models import EngineRun, RunProgress
from fourfold.web.exhibits.views import runs as views
from fourfold.web.users.models import Role, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def run(tiny: Case, investigator: User, monkeypatch: pytest.MonkeyPatch) -> EngineRun:
    monkeypatch.setattr(views, "LONGEST_SECONDS", 1)
    return start_run(actor=investigator, case=tiny)


def listen(user: User, run: EngineRun, **headers: str) -> tuple[int, list[dict[str, Any]]]:
    """Open the line as a user and return its status and events."""

    async def conversation() -> tuple[int, list[dict[str, Any]]]:
        client = AsyncClient()
        await client.aforce_login(user, backend=BACKEND)
        address = reverse(
            "exhibits:run_live", kwargs={"case_ref": run.case.ref, "run_ref": run.ref}
        )
        named = {k.replace("_", "-"): v for k, v in headers.items()}
        response = await client.get(address, headers=named)
        if response.status_code != 200:
            return response.status_code, []
        text = b"".join([chunk async for chunk in response]).decode()
        events = [
            {"id": block.split("\n")[0][4:], **json.loads(block.split("data: ")[1])}
            for block in text.split("\n\n")
            if "data: " in block
        ]
        return 200, events

    return async_to_sync(conversation)()


def test_a_page_follows_a_run_to_its_end(run: EngineRun, investigator: User) -> None:
    outcome.note(run, [("start", "attempt 1"), ("take in", "a.csv"), ("analyse", "2 of 7: Who?")])
    cancel_run(actor=investigator, run=run)

    status, events = listen(investigator, run)

    assert status == 200
    analyse = next(e for e in events if e.get("station") == "analyse")
    assert (analyse["done"], analyse["total"], analyse["detail"]) == (2, 7, "2 of 7: Who?")
    assert events[-1] == {"id": events[-1]["id"], "finished": True, "message": "Cancelled."}


def test_a_line_that_broke_goes_on_where_it_was(run: EngineRun, investigator: User) -> None:
    outcome.note(run, [("take in", "a.csv"), ("read", "2 rows")])
    seen = RunProgress.objects.filter(run=run).order_by("-pk")[0].pk
    outcome.note(run, [("read", "3 rows")])

    _, events = listen(investigator, run, last_event_id=str(seen))

    assert [e["station"] for e in events if "station" in e] == ["read"]


def test_a_line_that_stays_open_is_closed_when_the_person_may_no_more(
    run: EngineRun, investigator: User
) -> None:
    async def comments() -> list[bytes]:
        request = type("Request", (), {"user": investigator})()
        found = []
        async for event in views.events(run.pk, request, 0, poll_seconds=0.01):
            found.append(event)
            if len(found) == 6:
                await run.case.assignments.all().adelete()
                break
        return found

    assert b": still here\n\n" in async_to_sync(comments)()
    run.case.assignments.all().delete()
    again = async_to_sync(comments)()
    assert b": still here\n\n" not in again


def test_opening_the_line_is_recorded_once(run: EngineRun, investigator: User) -> None:
    listen(investigator, run)

    assert LedgerEntry.objects.filter(act="run.open", subject_ref=run.ref).count() == 1


def test_a_stranger_hears_nothing(run: EngineRun, make_user: Callable[..., User]) -> None:
    assert listen(make_user(Role.INVESTIGATOR), run)[0] == 403
