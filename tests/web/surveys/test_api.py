"""A program of a force reads its surveys and writes answers; nobody else's."""

from collections.abc import Callable

from django.test import Client

from fourfold.web.users.models import User
from web.surveys.conftest import Scene


def test_a_force_reads_and_writes_its_own_reply(
    scene: Scene, signed_in: Callable[[User], Client]
) -> None:
    survey = scene.open()
    ours, theirs = (signed_in(each) for each in scene.responders[:2])
    (listed,) = ours.get("/api/surveys/replies").json()
    path = f"/api/surveys/replies/{listed['ref']}"
    questions = {each["text"]: each for each in ours.get(path).json()}
    answers = [
        {"question": questions["Is there training?"]["ref"], "value": "Yes"},
        {"question": questions["Who has had it?"]["ref"], "value": ["Response"]},
        {"question": questions["How many days?"]["ref"], "state": "not_held"},
        {"question": questions["Offences"]["ref"], "value": [["1", "2"], ["3", ""]]},
    ]
    put = {"content_type": "application/json"}
    saved = ours.put(f"{path}/answers", {"answers": answers}, **put)
    assert saved.json() == {"changed": 4, "asked": 7, "answered": 4, "needed": 0, "problems": 0}
    now = {each["text"]: each for each in ours.get(path).json()}
    assert now["Offences"]["value"] == [["1", "2"], ["3", ""]]
    assert now["How many days?"]["state"] == "not_held"

    wrong = [{"question": answers[0]["question"], "value": "Perhaps"}]
    refused = ours.put(f"{path}/answers", {"answers": wrong}, **put)
    assert (refused.status_code, "offered" in refused.json()["message"]) == (409, True)
    assert theirs.get(path).status_code == 404
    assert theirs.put(f"{path}/answers", {"answers": answers}, **put).status_code == 404
    assert signed_in(scene.officer).get(path).status_code == 403  # a draft is the force's own
    assert scene.reply(survey).state == "started"
