"""What the frame of a super-complaint's pages asks for, only where a page calls it."""

from typing import Any

from django.http import HttpRequest

from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.tabs import tabs_of
from fourfold.web.users.access import actor_of


def complaint_tabs(request: HttpRequest) -> dict[str, Any]:
    """Give templates `complaint_tabs(supercomplaint, tab)`."""

    def found(supercomplaint: SuperComplaint, current: str = "") -> list[object]:
        return tabs_of(actor_of(request), supercomplaint, current)

    return {"complaint_tabs": found}
