"""URLs of the app."""

from django.urls import URLPattern, URLResolver

app_name = "exhibits"
urlpatterns: list[URLPattern | URLResolver] = []
