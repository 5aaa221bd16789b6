"""Fill in municipalities, police districts and UDI's units, so that a fresh installation can route a notice."""

from functools import partial

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from savnet.register.seeds import seed_municipalities, seed_police_districts, seed_recipients


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the tables as they are at this point in the history."""
    model = partial(apps.get_model, "register")
    seed_municipalities(model("County"), model("Municipality"))
    seed_police_districts(model("PoliceDistrict"), model("MunicipalityPoliceDistrict"))
    seed_recipients(model("Recipient"), model("RecipientChannel"))


class Migration(migrations.Migration):
    dependencies = [("register", "0002_residents_and_recipients")]

    # Going back leaves the rows: operators may have changed them, and the tables go with the migration before.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
