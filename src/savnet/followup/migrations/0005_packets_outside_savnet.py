"""When each centre's packet outside Savnet was made, and what stood in its way."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0004_browsers_and_calendars_of_our_own_people"),
        ("register", "0011_log_of_changes_of_offices_and_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="FallbackPacket",
            fields=[
                (
                    "centre",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="register.centre",
                    ),
                ),
                ("looked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("made_from", models.CharField(max_length=64)),
                ("cases", models.PositiveIntegerField(default=0)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("why_not", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "varslingspakke utenfor Savnet",
                "verbose_name_plural": "varslingspakker utenfor Savnet",
            },
        ),
    ]
