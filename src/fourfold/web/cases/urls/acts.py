"""Acts, occasions, course of conduct, knowledge: URLs."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
