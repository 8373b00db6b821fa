"""URLs of the app, by topic."""

from django.urls import URLPattern, URLResolver

app_name = "recommendations"
urlpatterns: list[URLPattern | URLResolver] = []
