"""The ledger's table and the triggers that guard it."""

from typing import Any, ClassVar

from django.db import migrations, models

from fourfold.web.accountability import guards


def raise_guards(_apps: Any, schema_editor: Any) -> None:
    """Put the triggers of this database in place."""
    guards.raise_guards(schema_editor.connection)


def lower_guards(_apps: Any, schema_editor: Any) -> None:
    """Remove them."""
    guards.lower_guards(schema_editor.connection)


class Migration(migrations.Migration):
    """Make the table, then guard it."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("act", models.CharField(max_length=64)),
                ("op", models.CharField(max_length=16)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "done"), ("refused", "refused")],
                        default="done",
                        max_length=16,
                    ),
                ),
                ("actor_ref", models.CharField(blank=True, max_length=64)),
                ("actor_role", models.CharField(blank=True, max_length=64)),
                ("force_ref", models.CharField(blank=True, max_length=64)),
                ("subject_kind", models.CharField(blank=True, max_length=64)),
                ("subject_ref", models.CharField(blank=True, max_length=64)),
                ("case_ref", models.CharField(blank=True, max_length=64)),
                ("rule", models.CharField(blank=True, max_length=64)),
                ("purpose", models.CharField(blank=True, max_length=300)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("page", "page"),
                            ("api", "api"),
                            ("command", "command"),
                            ("job", "job"),
                        ],
                        max_length=16,
                    ),
                ),
                ("session_ref", models.CharField(blank=True, max_length=64)),
                ("detail", models.JSONField(blank=True, default=dict)),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["seq"],
                "indexes": [
                    models.Index(fields=["actor_ref", "at"], name="ledger_by_actor"),
                    models.Index(fields=["case_ref", "seq"], name="ledger_by_case"),
                    models.Index(fields=["act", "at"], name="ledger_by_act"),
                    models.Index(fields=["force_ref", "seq"], name="ledger_by_force"),
                    models.Index(fields=["force_ref", "act", "seq"], name="ledger_by_force_act"),
                    models.Index(fields=["force_ref", "outcome", "at"], name="ledger_by_outcome"),
                ],
            },
        ),
        migrations.RunPython(raise_guards, lower_guards),
    ]
