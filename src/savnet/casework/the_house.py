"""Who stands in the ledger for what no person did: the house itself, which asks when nobody has said anything."""

from savnet.access.models import Person
from savnet.access.rights import Role

USERNAME = "huset"
NAME = "Savnet"


def the_house() -> Person:
    """The house as a person in the ledger. It can't sign in and may do nothing; only the worker acts in its name."""
    house = Person.objects.filter(username=USERNAME).first()
    if house is None:
        facts = {"name": NAME, "title": "", "role": Role.SYSTEM_OPERATOR, "is_active": False, "password": "!"}
        house, _ = Person.objects.get_or_create(username=USERNAME, defaults=facts)
    return house
