"""Make the words of search again from the records."""

from typing import Any

from django.core.management.base import BaseCommand

from fourfold.web.cases import search


class Command(BaseCommand):
    """Rebuild what search reads; nothing else changes."""

    help = "Make the words of search again from the records. Example: manage rebuild_search"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rebuild and say how many records can be found."""
        self.stdout.write(f"{search.rebuild()} records can be found")
