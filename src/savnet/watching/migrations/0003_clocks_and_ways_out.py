"""How far a worker's clock was ahead at its heartbeat, and whether the doors on the ways out answer."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("watching", "0002_which_worker_and_second_reader"),
    ]

    operations = [
        migrations.CreateModel(
            name="WayOut",
            fields=[
                ("channel", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("knocked_at", models.DateTimeField()),
                ("failures", models.PositiveIntegerField(default=0)),
                ("failing_since", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "verbose_name": "vei ut",
                "verbose_name_plural": "veier ut",
            },
        ),
        migrations.AddField(
            model_name="heartbeat",
            name="clock_ahead",
            field=models.DurationField(default=datetime.timedelta(0)),
        ),
    ]
