"""The case itself: list, summary, people, crimes, who may see it: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.cases.views import room

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/", room.case_list, name="list"),
    path("cases/<str:case_ref>/", room.case_summary, name="case"),
]
