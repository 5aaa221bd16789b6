"""What was declined stands beside how far each ledger is read. Every case is read once anew."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def read_anew(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """So that what was declined before is known too."""
    apps.get_model("followup", "ReadLedger").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("followup", "0007_how_far_each_ledger_is_read")]

    operations = [
        migrations.AddField(
            model_name="readledger", name="declined", field=models.JSONField(default=list), preserve_default=True
        ),
        migrations.RunPython(read_anew, migrations.RunPython.noop),
    ]
