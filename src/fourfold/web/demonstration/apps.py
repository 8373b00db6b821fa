"""The app in Django's register."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Register the app."""

    name = "fourfold.web.demonstration"
    label = "demonstration"
