"""Messages, their attempts, receipts and reroutings, and the receivers' certificates."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("case_id", models.UUIDField(db_index=True)),
                ("obligation", models.CharField(max_length=20)),
                ("recipient", models.CharField(max_length=40)),
                ("municipality", models.CharField(max_length=4, null=True)),
                ("copy_of", models.CharField(max_length=20, null=True)),
                ("because", models.PositiveIntegerField()),
                ("recipient_name", models.CharField(max_length=200)),
                ("address", models.CharField(max_length=400)),
                ("channel", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=200)),
                ("legal_basis", models.JSONField(null=True)),
                ("letter_sha256", models.CharField(max_length=64)),
                ("sealed_letter", models.BinaryField()),
                ("composed_at", models.DateTimeField()),
                ("composed_by", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["composed_at", "id"],
                "indexes": [models.Index(fields=["case_id", "obligation"], name="message_by_obligation")],
            },
        ),
        migrations.CreateModel(
            name="ReceiverCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(db_index=True, max_length=254)),
                ("certificate", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField(db_index=True)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(max_length=200, null=True)),
            ],
            options={
                "ordering": ["address", "-valid_until"],
                "constraints": [models.UniqueConstraint(fields=("address", "sha256"), name="certificate_once")],
            },
        ),
        migrations.CreateModel(
            name="Rerouting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("from_channel", models.CharField(max_length=20)),
                ("to_channel", models.CharField(max_length=20)),
                ("from_address", models.CharField(max_length=400)),
                ("to_address", models.CharField(max_length=400)),
                ("why", models.CharField(max_length=400)),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reroutings", to="delivery.message"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("channel", models.CharField(max_length=20)),
                ("address", models.CharField(max_length=400)),
                ("started_at", models.DateTimeField()),
                ("outcome", models.CharField(max_length=20, null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(max_length=400, null=True)),
                ("recorded_by", models.CharField(max_length=200, null=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="delivery.message"
                    ),
                ),
            ],
            options={
                "ordering": ["message_id", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "number"), name="attempt_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome__isnull", True)),
                        fields=("message",),
                        name="one_attempt_under_way_per_message",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("outcome__isnull", True)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("outcome__in", ["accepted", "refused", "refused_for_now", "not_reached", "unknown"]),
                                ("outcome__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="attempt_ends_with_its_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="attempt_ends_after_its_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(max_length=200)),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
                ("channel", models.CharField(max_length=20)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="delivery.message"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "by_name", "reference", "at"), name="receipt_recorded_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by_name__regex", "\\S")), name="receipt_names_a_person"
                    ),
                ],
            },
        ),
    ]
