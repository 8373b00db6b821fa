"""What the browser's program calls: announce, send parts, finish, give up."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.models import Authority, Exhibit, Upload
from fourfold.web.exhibits.rules import limits
from fourfold.web.users.models import User

from .conftest import sha256

Answer = tuple[int, dict[str, Any]]
JSON = "application/json"
CONTENT = b"abcdefghij"


class Program:
    """Speaks as upload_sending.js does."""

    def __init__(self, client: Client, case: Case) -> None:
        self.client, self.case = client, case

    def start(self, content: bytes = CONTENT, path: str = "a.bin", **facts: Any) -> Answer:
        file = {"path": path, "size_bytes": len(content), "sha256": sha256(content)}
        return self.announce({"file": file, "facts": facts})

    def announce(self, said: object) -> Answer:
        where = reverse("exhibits:upload_start", kwargs={"case_ref": self.case.ref})
        body = said if isinstance(said, bytes) else json.dumps(said)
        return self._read(
            self.client.post(where, body, content_type=JSON, headers={"accept": JSON})
        )

    def part(self, where: dict[str, Any], offset: object, content: bytes) -> Answer:
        url = f"{where['part_url']}?offset={offset}"
        return self._read(self.client.put(url, content, content_type="application/octet-stream"))

    def post(self, url: str) -> Answer:
        return self._read(self.client.post(url, headers={"accept": JSON}))

    @staticmethod
    def _read(response: Any) -> Answer:
        return response.status_code, response.json()


@pytest.fixture
def program(investigator: User, signed_in: Callable[[User], Client], case: Case) -> Program:
    return Program(signed_in(investigator), case)


def test_a_file_is_announced_sent_in_parts_and_finished(program: Program) -> None:
    status, where = program.start()
    assert (status, where["offset"]) == (200, 0)
    assert program.part(where, 0, CONTENT[:4]) == (200, {"offset": 4})
    assert program.part(where, 4, CONTENT[4:]) == (200, {"offset": 10})
    status, said = program.post(where["finish_url"])
    exhibit = Exhibit.objects.get()
    assert (status, said["exhibit"]) == (200, exhibit.ref)
    assert said["exhibit_url"].endswith(f"/exhibits/{exhibit.ref}/")
    assert exhibit.sha256 == sha256(CONTENT)


def test_what_was_said_of_the_files_comes_with_them(program: Program, case: Case) -> None:
    authority = Authority.objects.create(case=case, reference="CD/1", kind="warrant")
    _, where = program.start(b"", folder=["phone"], received_from=["Shop"],
                             authorities=[authority.ref])  # fmt: skip
    program.post(where["finish_url"])
    exhibit = Exhibit.objects.get()
    assert (exhibit.path, exhibit.received_from) == ("phone/a.bin", "Shop")
    assert list(exhibit.authorities.all()) == [authority]


def test_after_a_reload_it_goes_on_where_it_stood(program: Program) -> None:
    _, where = program.start()
    program.part(where, 0, CONTENT[:4])
    assert program.start()[1]["offset"] == 4


@pytest.mark.parametrize("offset", [0, 3, 5, "", "-1", "x", "1e3", "9" * 30, "²"])
def test_a_part_at_the_wrong_place_is_told_the_right_one(program: Program, offset: object) -> None:
    _, where = program.start()
    program.part(where, 0, CONTENT[:4])
    status, said = program.part(where, offset, b"zz")
    assert (status, said["code"], said["wanted"]) == (409, "offset", 4)


def test_a_part_that_is_too_large_is_refused(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PART_BYTES", 4)
    _, where = program.start()
    assert program.part(where, 0, CONTENT)[0] == 413


def test_finishing_too_early_says_where_to_go_on(program: Program) -> None:
    _, where = program.start()
    program.part(where, 0, CONTENT[:4])
    status, said = program.post(where["finish_url"])
    assert (status, said["wanted"]) == (409, 4)


def test_bytes_that_were_damaged_on_the_way_are_refused(program: Program) -> None:
    _, where = program.start()
    program.part(where, 0, CONTENT[::-1])
    status, said = program.post(where["finish_url"])
    assert (status, said["code"]) == (422, "hash-mismatch")
    assert "kept apart" in said["words"]


def test_the_same_file_again_is_said_to_be_here(program: Program) -> None:
    _, where = program.start(b"")
    program.post(where["finish_url"])
    status, said = program.start(b"")
    assert (status, said["code"]) == (422, "already-here")


def test_giving_up_erases_it(program: Program) -> None:
    _, where = program.start()
    program.part(where, 0, CONTENT[:4])
    assert program.post(where["abandon_url"])[0] == 200
    assert program.part(where, 4, CONTENT[4:])[0] == 410
    assert storage.names_incoming() == []


def test_an_upload_in_other_hands_is_busy(program: Program) -> None:
    _, where = program.start()
    with storage.held(where["upload"], is_writing=True):
        assert program.part(where, 0, CONTENT)[1]["code"] == "busy"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff",
        b"[" * 50_000,
        [],
        {},
        {"file": 1, "facts": None},
        {"file": {"path": "a", "size_bytes": -1, "sha256": "0" * 64}},
        {"file": {"path": "a", "size_bytes": 10**30, "sha256": "0" * 64}},
        {"file": {"path": "a", "size_bytes": "x", "sha256": "0" * 64}},
        {"file": {"path": "a", "size_bytes": 1, "sha256": "0" * 64 + "\n"}},
        {"file": {"path": ["a"], "size_bytes": [1], "sha256": {}}},
        {"file": {"path": "a", "size_bytes": 1, "sha256": "0" * 64},
         "facts": {"received_on-day": [1]}},
        {"file": {"path": "a", "size_bytes": 1, "sha256": "0" * 64},
         "facts": {"authorities": ["AU-0000000000"]}},
        {"file": {"path": "a", "size_bytes": 1, "sha256": "0" * 64},
         "facts": {"producer": "a\u0000b", "received_from": "x" * 300}},
    ],
)  # fmt: skip
def test_an_announcement_that_is_wrong_is_explained(program: Program, said: object) -> None:
    status, answer = program.announce(said)
    assert (status, answer["code"]) == (400, "form")
    assert answer["words"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("path", ["../x", "a\\b", "\ud800", "a\u0000b", "x" * 5000, ""])
def test_hostile_paths_are_refused_and_recorded(program: Program, path: str) -> None:
    status, said = program.start(path=path)
    assert status == 422
    assert said["words"]
    assert Upload.objects.get().state == "refused"


def test_a_request_without_its_token_is_refused(
    investigator: User, case: Case, signed_in: Callable[[User], Client]
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(investigator).cookies
    where = reverse("exhibits:upload_start", kwargs={"case_ref": case.ref})
    assert strict.post(where, "{}", content_type=JSON).status_code == 403


@pytest.mark.parametrize("name", ["upload_part", "upload_finish", "upload_abandon"])
def test_uploads_of_other_cases_cannot_be_reached(
    program: Program, make_case: Callable[..., Case], name: str
) -> None:
    other = make_case(operation_name="Op Sedge")
    upload = Upload.objects.create(case=other, name="a", size_bytes=1, started_by=other.opened_by)
    own = {"case_ref": program.case.ref, "upload_ref": upload.ref}
    foreign = {"case_ref": other.ref, "upload_ref": upload.ref}
    send = program.client.put if name == "upload_part" else program.client.post
    assert send(reverse(f"exhibits:{name}", kwargs=own)).status_code == 404
    assert send(reverse(f"exhibits:{name}", kwargs=foreign)).status_code == 403
