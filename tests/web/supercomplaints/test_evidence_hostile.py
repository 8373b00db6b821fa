"""Hostile text in every record of the investigation: pages say it, and never obey it."""

import re

import pytest

from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.users.models import Role
from lib import hostile_world, site_walk
from lib.hostile_world import MARK, SUM

OURS = re.compile(
    r"super-complaints/<str:supercomplaint_ref>/(evidence|progress/|findings|report/)"
)
BROKEN_OUT = re.compile(rf"<{MARK}|\son{MARK}=", re.IGNORECASE)


@pytest.mark.django_db
def test_hostile_text_in_an_investigation_stays_text() -> None:
    world = hostile_world.make()
    state = SuperComplaint.State.CONCLUDED
    SuperComplaint.objects.update(state=state)
    client = site_walk.client_of(world.people[Role.COMPLAINTS_OFFICER])
    opened = 0
    for address in site_walk.addresses():
        if not OURS.match(address.route):
            continue
        answer = client.get(address.path(world))
        assert answer.status_code in (200, 302, 404, 405), address.name
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            body = answer.content.decode()
            assert not BROKEN_OUT.search(body), address.name
            assert SUM not in body, address.name
            opened += 1
    assert opened > 15
