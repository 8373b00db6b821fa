"""Bring the offences up to date from the reference file."""

from typing import Any

from django.core.management.base import BaseCommand

from fourfold.web.cases.models import Offence
from fourfold.web.cases.reference import offences


class Command(BaseCommand):
    """Load cases/reference/offences.toml."""

    help = "Bring the offences up to date from the reference file. Example: manage load_offences"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and say how many."""
        self.stdout.write(f"{offences.load(Offence)} offences are up to date")
