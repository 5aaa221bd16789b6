"""A message says from the first whether it is of an exercise; like all of it but the way, that never changes."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("delivery", "0004_statuses_that_channels_tell_and_data_beside_letters")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="message",
            name="exercise",
            field=models.BooleanField(default=False),
        ),
    ]
