"""Children for people on shift to miss: here still, with somebody appointed for them and two interviews ahead."""

from datetime import date, timedelta

from savnet.register.models import Appointment, Contact, Resident
from soak.house import House

FAMILY = "Vaktsen"


def here_still(house: House, number: int) -> Resident:
    """A child at the house's centre."""
    now = house.clock.now()
    child = Resident.objects.create(
        centre=house.centre, given_name="Selam", family_name=f"{FAMILY} {number}", born=date(now.year - 16, 1, 1)
    )
    for kind in ("representative", "lawyer"):
        Contact.objects.create(resident=child, kind=kind, name="Rita Fiktivsen", phone="+47 00 88 00 10")
    for kind in ("arrival_interview", "asylum_interview"):
        Appointment.objects.create(resident=child, kind=kind, at=now + timedelta(days=20))
    return child
