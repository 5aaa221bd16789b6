"""Keep with each alarm who owed what it is about, so that it passes on to that office's own people."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("followup", "0001_owners_reviews_duties_and_alarms")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField("alarm", "actor", models.CharField(default="centre", max_length=10)),
    ]
