"""Who oversees the country looks over emergencies, where no leader has, and learns no child's name by it."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from savnet.access.emergencies import BreakGlass
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.register.models import Resident


def test_the_overseer_finds_what_waits_and_can_look_it_over(client: Client, luwam: Resident, olav: Person) -> None:
    now = timezone.now()
    facts = {"person": olav, "resident": luwam, "centre": luwam.centre, "reason": "asked", "why": "Politiet spør."}
    opened = BreakGlass.objects.create(**facts, at=now, until=now + timedelta(hours=1))
    overseer = Person.objects.create_user("nina", name="Nina Land", role=Role.NATIONAL_OVERSEER)
    client.force_login(overseer)
    for address in ("/nodapninger/", f"/nodapninger/{opened.id}/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert str(opened.id) in answer.text or "Politiet spør." in answer.text
        assert luwam.given_name not in answer.text
