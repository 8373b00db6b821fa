"""URLs of cases, by topic."""

from django.urls import URLPattern, URLResolver

from fourfold.web.cases.urls import acts, reports, room

app_name = "cases"
urlpatterns: list[URLPattern | URLResolver] = [
    *reports.urlpatterns,
    *room.urlpatterns,
    *acts.urlpatterns,
]
