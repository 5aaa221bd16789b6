"""What channels say of messages they have taken, only ever added; and data that go beside a letter, sealed like it."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

TABLE = "delivery_channelstatus"
OUTCOMES = ["accepted", "taken", "refused", "refused_for_now", "not_reached", "unknown"]
MEANINGS = ["on_its_way", "delivered", "opened", "failed", "expired", "other"]


def refusal(what: str, each: str) -> migrations.RunSQL:
    """A trigger that refuses `what` (such as DELETE) on the table."""
    name = f"{TABLE}_refuses_{what.lower()}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {what} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION delivery_refuse()",
        f"DROP TRIGGER {name} ON {TABLE}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("delivery", "0003_messages_can_be_withdrawn")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="attempt", name="attempt_ends_with_its_outcome"),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=Q(outcome__isnull=True, ended_at__isnull=True)
                | Q(outcome__isnull=False, outcome__in=OUTCOMES, ended_at__isnull=False),
                name="attempt_ends_with_its_outcome",
            ),
        ),
        migrations.AddField(model_name="message", name="data_sha256", field=models.CharField(max_length=64, null=True)),
        migrations.AddField(model_name="message", name="sealed_data", field=models.BinaryField(null=True)),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=Q(data_sha256__isnull=True, sealed_data__isnull=True)
                | Q(data_sha256__isnull=False, sealed_data__isnull=False),
                name="data_kept_with_their_hash",
            ),
        ),
        migrations.CreateModel(
            name="ChannelStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=60)),
                ("meaning", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField()),
                ("description", models.CharField(blank=True, max_length=400)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statuses", to="delivery.message"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "verbose_name_plural": "channel statuses",
                "constraints": [
                    models.UniqueConstraint(fields=("message", "channel", "name", "at"), name="status_recorded_once"),
                    models.CheckConstraint(condition=Q(meaning__in=MEANINGS), name="status_has_a_known_meaning"),
                ],
            },
        ),
        refusal("DELETE", "ROW"),
        refusal("UPDATE", "ROW"),
        refusal("TRUNCATE", "STATEMENT"),
    ]
