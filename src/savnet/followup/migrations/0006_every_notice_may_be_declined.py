"""Every notice may be declined: no link says any more that its own may not."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("followup", "0005_packets_outside_savnet")]

    operations: ClassVar[list[Operation]] = [migrations.RemoveField("receiptlink", "may_decline")]
