"""URLs of the app, by topic."""

from django.urls import URLPattern, URLResolver

app_name = "supercomplaints"
urlpatterns: list[URLPattern | URLResolver] = []
