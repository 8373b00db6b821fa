"""The app in Django's register."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Register the app."""

    name = "fourfold.web.oversight"
    label = "oversight"
