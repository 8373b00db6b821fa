"""The service navigation: only what the role may open."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase

from fourfold.web.base.jinja import url_if_routed
from fourfold.web.cases.selectors.need_to_know import unread_of
from fourfold.web.users.models import User
from fourfold.web.users.permissions import may

Answer = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Item:
    """One entry: which act opens it, its words, the name of its URL."""

    action: str
    label: str
    url_name: str


ITEMS = (
    Item("case.list", "Cases", "cases:list"),
    Item("report.list", "Reports", "cases:reports"),
    Item("search.case", "Search", "cases:search"),
    Item("expiry.list", "Expiring evidence", "exhibits:expiring"),
    Item("supercomplaint.list", "Super-complaints", "supercomplaints:list"),
    Item("matrix.open", "Matrix", "recommendations:matrices"),
    Item("answer.list", "Answers", "recommendations:answers"),
    Item("plan.open", "Action plan", "recommendations:plans"),
    Item("survey.list", "Surveys", "surveys:list"),
    Item("measure.list", "Measures", "measures:list"),
    Item("practice.list", "Practice bank", "practices:list"),
    Item("service.list", "Support services", "publication:services"),
    Item("notice.list", "Notices", "cases:notices"),
    Item("signal.list", "Signals", "oversight:signals"),
    Item("ledger.read", "Ledger", "oversight:ledger"),
    Item("user.list", "People and roles", "users:list"),
)


class Navigation:
    """Put the entries of the signed-in role on the request, for the layout."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the navigation at hand."""
        request.navigation = lambda: entries(request)  # type: ignore[attr-defined]
        return self.answer(request)


def entries(request: HttpRequest) -> list[dict[str, object]]:
    """Return the entries for the user, the nearest marked as current."""
    user = request.user
    if not user.is_authenticated:
        return []
    found = [
        {"label": _label(item, user), "url": url}
        for item in ITEMS
        if may(user.role, item.action) and (url := url_if_routed(item.url_name))
    ]
    here = max(
        (str(entry["url"]) for entry in found if request.path.startswith(str(entry["url"]))),
        key=len,
        default="",
    )
    return [{**entry, "is_current": entry["url"] == here} for entry in found]


def _label(item: Item, user: User) -> str:
    """Return the words of an entry; notices say how many are not read."""
    unread = unread_of(user) if item.action == "notice.list" else 0
    return f"{item.label} ({unread})" if unread else item.label
