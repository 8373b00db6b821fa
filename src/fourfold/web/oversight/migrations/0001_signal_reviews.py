"""Reviews of signals; the looks at a case as a proxy of the case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0006_acts_kept_apart"),
        ("users", "0002_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseLooks",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("cases.case",),
        ),
        migrations.CreateModel(
            name="SignalReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(editable=False, max_length=16, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "rule",
                    models.CharField(
                        help_text="Name of the rule in oversight/rules.", max_length=40
                    ),
                ),
                (
                    "about_ref",
                    models.CharField(
                        blank=True,
                        help_text="The user; blank where nobody was signed in.",
                        max_length=16,
                    ),
                ),
                (
                    "last_seq",
                    models.BigIntegerField(
                        help_text="The last entry of the ledger that was reviewed."
                    ),
                ),
                (
                    "entries",
                    models.PositiveIntegerField(
                        help_text="How many entries stood behind the signal."
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("explained", "Explained: the work accounts for it"),
                            ("needs_enquiry", "Needs enquiry: not explained yet"),
                            ("referred", "Referred to professional standards"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField()),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signal_reviews",
                        to="users.force",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signal_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-last_seq", "-id"],
                "indexes": [
                    models.Index(
                        fields=["force", "rule", "about_ref", "-last_seq"],
                        name="oversight_s_force_i_bf59a1_idx",
                    )
                ],
            },
        ),
    ]
