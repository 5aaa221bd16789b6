"""How far each ledger has been read stands apart from the watch, and outlives it. Every case is read once anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0006_every_notice_may_be_declined")]

    operations = [
        migrations.CreateModel(
            name="ReadLedger",
            fields=[
                ("case_id", models.UUIDField(primary_key=True, serialize=False)),
                ("read_to", models.PositiveIntegerField()),
            ],
        ),
        migrations.RemoveField(model_name="watch", name="read_to"),
    ]
