"""The app in Django's register."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    """Register the app."""

    name = "fourfold.web.users"
    label = "users"
