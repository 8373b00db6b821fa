"""The app in Django's register."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Register the app (it has no tables)."""

    name = "fourfold.web.config"
    label = "config"
