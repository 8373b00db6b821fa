"""Programs hand files in by parts, start runs and read what came of them."""

import hashlib

import pytest
from django.test import Client

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.models import EngineRun
from fourfold.web.users import tokens
from fourfold.web.users.models import User

DIARY = b"date,time,what\n2026-09-01,21:00,He rang me.\n"


@pytest.fixture
def program(investigator: User) -> Client:
    key = tokens.make_api_token(investigator, "test")
    return Client(headers={"Authorization": f"Bearer {key}"})


def begin(program: Client, case: Case) -> str:
    told = {
        "path": "victim/diary.csv",
        "size_bytes": len(DIARY),
        "sha256": hashlib.sha256(DIARY).hexdigest(),
    }
    answer = program.post(f"/api/cases/{case.ref}/uploads", told, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return f"/api/cases/{case.ref}/uploads/{answer.json()['ref']}"


def put(program: Client, path: str, part: bytes) -> tuple[int, dict[str, object]]:
    answer = program.put(path, part, content_type="application/octet-stream")
    return answer.status_code, answer.json()


def test_parts_become_an_exhibit(program: Client, case: Case) -> None:
    path = begin(program, case)
    assert put(program, f"{path}?offset=0", DIARY[:10])[1]["received_bytes"] == 10
    assert put(program, f"{path}?offset=99", b"x") == (
        409,
        {"message": "Go on at byte 10.", "wanted": 10},
    )
    put(program, f"{path}?offset=10", DIARY[10:])
    exhibit = program.post(f"{path}/finish").json()
    assert exhibit["sha256"] == hashlib.sha256(DIARY).hexdigest()
    listed = program.get(f"/api/cases/{case.ref}/exhibits").json()
    assert [each["path"] for each in listed["items"]] == ["victim/diary.csv"]


def test_a_part_too_large_is_refused(program: Client, case: Case) -> None:
    status, _ = put(program, f"{begin(program, case)}?offset=0", DIARY * 2)
    assert status == 413


def test_an_upload_that_lacks_bytes_cannot_be_finished(program: Client, case: Case) -> None:
    assert program.post(f"{begin(program, case)}/finish").status_code == 409


def test_a_run_without_exhibits_says_what_to_do(program: Client, case: Case) -> None:
    answer = program.post(f"/api/cases/{case.ref}/runs")
    assert (answer.status_code, "Upload one first" in answer.json()["message"]) == (409, True)


def test_a_run_is_queued_and_cancelled(program: Client, case: Case) -> None:
    path = begin(program, case)
    put(program, f"{path}?offset=0", DIARY)
    program.post(f"{path}/finish")
    run = program.post(f"/api/cases/{case.ref}/runs").json()
    assert run["state"] == "queued"
    program.post(f"/api/cases/{case.ref}/runs/{run['ref']}/cancel")
    assert EngineRun.objects.get(ref=run["ref"]).state == EngineRun.State.CANCELLED
    assert program.get(f"/api/cases/{case.ref}/runs/{run['ref']}/findings").status_code == 404
