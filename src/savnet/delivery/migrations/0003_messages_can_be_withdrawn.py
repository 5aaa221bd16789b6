"""Withdrawals: only ever added, one for each message."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

TABLE = "delivery_withdrawal"


def refusal(what: str, each: str) -> migrations.RunSQL:
    """A trigger that refuses `what` (such as DELETE) on the table."""
    name = f"{TABLE}_refuses_{what.lower()}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {what} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION delivery_refuse()",
        f"DROP TRIGGER {name} ON {TABLE}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("delivery", "0002_letters_and_attempts_never_change")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("why", models.CharField(max_length=400)),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="delivery.message",
                    ),
                ),
            ],
        ),
        refusal("DELETE", "ROW"),
        refusal("UPDATE", "ROW"),
        refusal("TRUNCATE", "STATEMENT"),
    ]
