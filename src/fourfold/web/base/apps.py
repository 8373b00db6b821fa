"""The app in Django's register."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Register the app."""

    name = "fourfold.web.base"
    label = "base"
