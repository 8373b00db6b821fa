"""The case itself: list, summary, people, crimes, who may see it: URLs."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
