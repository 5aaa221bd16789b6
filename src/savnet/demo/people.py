"""Who works in the demo: night staff and leaders of the two centres."""

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.register.models import Centre


def furnish(granvik: Centre, solvaer: Centre) -> Person:
    """The people; returns the night guard in Granvik, who did what has been done there."""
    night = _person("nattevakt", "Solveig Nattås", "Miljøarbeider, nattevakt", Role.SHIFT_STAFF, granvik)
    _person("leder", "Torbjørn Lederås", "Mottaksleder", Role.CENTRE_LEADER, granvik)
    _person("nattevakt2", "Idunn Havås", "Miljøarbeider, nattevakt", Role.SHIFT_STAFF, solvaer)
    _person("leder2", "Geir Moloås", "Mottaksleder", Role.CENTRE_LEADER, solvaer)
    return night


def _person(username: str, name: str, title: str, role: Role, centre: Centre) -> Person:
    found = Person.objects.filter(username=username).first()
    return found or Person.objects.create_user(
        username, name=name, title=title, role=role, centre=centre, phone=centre.on_call_phone
    )
