"""The heartbeats of the workers, and the canaries that fly to ourselves."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("channel", models.CharField(max_length=20)),
                ("sent_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=400)),
                ("failure", models.CharField(blank=True, max_length=400)),
                ("arrived_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "prøvemelding",
                "verbose_name_plural": "prøvemeldinger",
                "indexes": [models.Index(fields=["channel", "-sent_at"], name="newest_canary")],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("host", models.CharField(max_length=100)),
                ("process", models.PositiveIntegerField()),
                ("examined", models.PositiveIntegerField()),
                ("overdue", models.PositiveIntegerField()),
                ("ledger_position", models.PositiveBigIntegerField()),
            ],
            options={
                "verbose_name": "livstegn",
                "verbose_name_plural": "livstegn",
                "indexes": [models.Index(fields=["-at"], name="newest_heartbeat")],
            },
        ),
    ]
