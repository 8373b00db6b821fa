"""What every page inside a case asks of the request: its tabs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from fourfold.web.cases.models import Case
from fourfold.web.cases.tabs import tabs_of
from fourfold.web.users.access import actor_of

Tabs = list[tuple[str, str, bool]]


def case_page(request: HttpRequest) -> dict[str, Any]:
    """Give templates `case_tabs(case, tab)`; nothing is asked until a page calls it."""

    def case_tabs(case: Case, current: str = "") -> Tabs:
        return tabs_of(actor_of(request), case, current)

    tabs: Callable[..., Tabs] = case_tabs
    return {"case_tabs": tabs}
