"""What is open in a case, what an office has been sent and what it owes, is found without reading everyone else's."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("cases", "0002_ledger_is_append_only"),
        ("register", "0011_log_of_changes_of_offices_and_places"),
    ]
    operations: ClassVar[list[Operation]] = [
        migrations.AddIndex(
            model_name="obligationrow",
            index=models.Index(
                fields=["case", "obligation"],
                name="open_by_case",
                condition=models.Q(("state", "open")),
            ),
        ),
        migrations.AddIndex(
            model_name="obligationrow",
            index=models.Index(
                fields=["actor", "arisen_at"],
                name="open_by_actor",
                condition=models.Q(("state", "open")),
            ),
        ),
        migrations.AddIndex(
            model_name="obligationrow",
            index=models.Index(
                fields=["recipient", "-sent_at"],
                name="sent_by_kind",
                condition=models.Q(("sent_at__isnull", False)),
            ),
        ),
        migrations.AddIndex(
            model_name="obligationrow",
            index=models.Index(
                fields=["recipient"],
                name="unconfirmed_by_kind",
                condition=models.Q(("received_at__isnull", True), ("sent_at__isnull", False)),
            ),
        ),
    ]
