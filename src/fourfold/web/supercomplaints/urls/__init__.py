"""URLs of the app, by topic."""

from django.urls import URLPattern, URLResolver

from fourfold.web.supercomplaints.urls import complaints, investigation, organisations, procedure

app_name = "supercomplaints"
urlpatterns: list[URLPattern | URLResolver] = [
    *complaints.urlpatterns,
    *procedure.urlpatterns,
    *investigation.urlpatterns,
    *organisations.urlpatterns,
]
