"""The server's entry point: static files from memory, everything else by Django."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.web.config.settings")
django.setup(set_prefix=False)

from fourfold.web.config.server_handler import Handler  # noqa: E402 - Django must be set up
from fourfold.web.config.server_static import in_front_of  # noqa: E402

django_application = Handler()
application = in_front_of(django_application)
