"""The case and its key, the ledger's records, and the rows of what is owed."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0002_residents_and_recipients"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField()),
                ("head_sequence", models.PositiveIntegerField(default=0)),
                ("head_hash", models.BinaryField(default=bytes)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("none", "none"),
                            ("absent", "absent"),
                            ("missing", "missing"),
                            ("found", "found"),
                            ("closed", "closed"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("missing_since", models.DateTimeField(null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="register.centre"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="case", to="register.resident"
                    ),
                ),
            ],
            options={
                "verbose_name": "sak",
                "verbose_name_plural": "saker",
            },
        ),
        migrations.CreateModel(
            name="CaseKey",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("wrapping_key", models.CharField(db_index=True, max_length=100)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "verbose_name": "saksnøkkel",
                "verbose_name_plural": "saksnøkler",
            },
        ),
        migrations.CreateModel(
            name="ObligationRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("obligation", models.CharField(max_length=20)),
                (
                    "actor",
                    models.CharField(
                        choices=[("centre", "centre"), ("region", "region"), ("asa", "asa")], max_length=10
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("police_district", "police_district"),
                            ("child_welfare", "child_welfare"),
                            ("representative", "representative"),
                            ("guardian", "guardian"),
                            ("lawyer", "lawyer"),
                            ("ank", "ank"),
                            ("kor", "kor"),
                            ("bfe", "bfe"),
                            ("region", "region"),
                            ("decision_unit", "decision_unit"),
                            ("une", "une"),
                            ("pu", "pu"),
                            ("asa", "asa"),
                            ("sesam", "sesam"),
                            ("duf", "duf"),
                            ("personal_file", "personal_file"),
                        ],
                        max_length=20,
                    ),
                ),
                ("copy_of", models.CharField(blank=True, max_length=20)),
                ("because", models.PositiveIntegerField()),
                (
                    "standard",
                    models.CharField(
                        choices=[
                            ("at_once", "at_once"),
                            ("immediately", "immediately"),
                            ("as_soon_as_possible", "as_soon_as_possible"),
                            ("without_undue_delay", "without_undue_delay"),
                            ("none", "none"),
                        ],
                        max_length=24,
                    ),
                ),
                ("latest", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("discharged", "discharged"),
                            ("superseded", "superseded"),
                            ("withheld", "withheld"),
                        ],
                        max_length=12,
                    ),
                ),
                ("priority", models.CharField(choices=[("normal", "normal"), ("high", "high")], max_length=10)),
                ("arisen_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="obligations", to="cases.case"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.centre"
                    ),
                ),
            ],
            options={
                "verbose_name": "plikt",
                "verbose_name_plural": "plikter",
                "ordering": ["case", "position"],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case", "sequence", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("recorded_at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="cases.case"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "innførsel",
                "verbose_name_plural": "innførsler",
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["centre", "state"], name="case_by_centre_state"),
        ),
        migrations.AddIndex(
            model_name="obligationrow",
            index=models.Index(condition=models.Q(("state", "open")), fields=["latest"], name="open_by_latest"),
        ),
        migrations.AddIndex(
            model_name="obligationrow",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["centre", "actor", "latest"], name="open_by_centre"
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationrow",
            constraint=models.UniqueConstraint(fields=("case", "position"), name="one_obligation_per_position"),
        ),
    ]
