"""Two more ways to find entries: by force and act, by force and outcome over time.

CREATE INDEX alone: the table is not rebuilt, so the triggers stay.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add what the auditor's pages ask by."""

    dependencies: ClassVar = [("accountability", "0001_ledger")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["force_ref", "act", "seq"], name="ledger_by_force_act"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["force_ref", "outcome", "at"], name="ledger_by_outcome"),
        ),
    ]
