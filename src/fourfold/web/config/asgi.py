"""The server's entry point: static files from memory, everything else by Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.web.config.settings")
django_application = get_asgi_application()

from fourfold.web.config.server_static import in_front_of  # noqa: E402 - Django must be set up

application = in_front_of(django_application)
