"""The demo moves in whole, through the use cases."""

from django.core.management import call_command
import pytest
from savnet.cases.models import Case

@pytest.mark.django_db
def test_cases_in_every_state(settings, tmp_path):
    settings.DEMO = True
    settings.STATE = tmp_path
    settings.KEY_FILE = tmp_path / "keys.json"
    call_command("demo_data")
    print(Case.objects.values_list("state"))
