"""Hostile text in every field: no page fails, none lets it out, no table begins a formula."""

import csv
import io

import pytest

from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.surveys.models import Question, Survey, SurveyReply
from fourfold.web.users.models import Role
from lib import hostile_world, site_walk
from lib.hostile_world import HOSTILE, MARK

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NOT_PAGES = {"surveys:section_step", "surveys:question_step", "surveys:ask_no_more",
             "surveys:file_off", "surveys:file"}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind",
    [
        "table",
        pytest.param("long", marks=pytest.mark.slow),
        pytest.param("many", marks=pytest.mark.slow),
    ],
)
def test_no_page_of_surveys_lets_hostile_text_out(kind: str) -> None:
    world = hostile_world.make()
    SuperComplaint.objects.update(state="under_investigation")
    Question.objects.update(
        kind=kind, options=[HOSTILE, "x"], rows=[HOSTILE], columns=[HOSTILE], show_if=None
    )
    value = {"long": HOSTILE, "many": [HOSTILE], "table": [[HOSTILE]]}[kind]
    world.one("ReplyAnswer").__class__.objects.update(value=value)
    world.one("Amendment").__class__.objects.update(
        to_state="answered", to_value=value, from_state="answered", from_value=value
    )
    SurveyReply.objects.update(state="signed")
    Survey.objects.update(state="closed")
    seen = 0
    for role in (Role.COMPLAINTS_OFFICER, Role.RESPONDER):
        client = site_walk.client_of(world.people[role])
        for address in site_walk.addresses():
            if not address.name.startswith("surveys:") or address.name in NOT_PAGES:
                continue
            answer = client.get(address.path(world))
            where = f"{address.name} for {role}"
            assert answer.status_code in (200, 302, 403, 404), where
            body = answer.content.decode()
            if "csv" in answer["Content-Type"]:
                rows = csv.reader(io.StringIO(body.removeprefix("\ufeff"), newline=""))
                assert not [c for row in rows for c in row if c.startswith(FORMULA)], where
            elif "html" in answer["Content-Type"]:
                assert f"<{MARK}" not in body, where
                tags = site_walk.Page(body).tags
                assert not [t for t, names in tags if t == MARK or f"on{MARK}" in names], where
            seen += answer.status_code == 200 and MARK in body
    assert seen >= 20
