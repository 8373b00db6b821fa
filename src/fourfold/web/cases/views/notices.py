"""The user's own notices."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.cases.actions import notices as actions
from fourfold.web.cases.selectors import need_to_know as selectors
from fourfold.web.users.access import actor_of, needs

PAGE_ROWS = 25


@needs("notice.list")
def notices(request: HttpRequest) -> HttpResponse:
    """List what the user must know, what is new first."""
    actor = actor_of(request)
    page = Paginator(selectors.notices_of(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": selectors.notice_rows(actor, page.object_list),
        "unread": selectors.unread_of(actor),
    }
    return render(request, "cases/room/notices.html", context)


@needs("notice.close")
def close_notices(request: HttpRequest) -> HttpResponse:
    """Mark all notices as read."""
    if request.method == "POST":
        actions.close_notices(actor=actor_of(request))
        messages.success(request, "All notices are marked as read.")
    return redirect("cases:notices")
