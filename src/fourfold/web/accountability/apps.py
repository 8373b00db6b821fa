"""The app in Django's register."""

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    """Register the app."""

    name = "fourfold.web.accountability"
    label = "accountability"
