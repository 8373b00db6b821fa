"""The offences of the reference file, so that every database has them."""

from typing import Any, ClassVar

from django.db import migrations

from fourfold.web.cases.reference import offences


def load(apps: Any, _schema_editor: Any) -> None:
    """Load them."""
    offences.load(apps.get_model("cases", "Offence"))


class Migration(migrations.Migration):
    """Load reference data."""

    dependencies: ClassVar = [("cases", "0002_search_index")]
    operations: ClassVar = [migrations.RunPython(load, migrations.RunPython.noop)]
