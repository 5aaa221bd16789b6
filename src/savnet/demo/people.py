"""Who works in the demo: night staff and leaders of the two centres, and one in every other role."""

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.register.models import Centre


def furnish(granvik: Centre, solvaer: Centre) -> Person:
    """The people; returns the night guard in Granvik, who did what has been done there."""
    night = _person("nattevakt", "Solveig Nattås", "Miljøarbeider, nattevakt", Role.SHIFT_STAFF, granvik)
    _person("leder", "Torbjørn Lederås", "Mottaksleder", Role.CENTRE_LEADER, granvik)
    _person("nattevakt2", "Idunn Havås", "Miljøarbeider, nattevakt", Role.SHIFT_STAFF, solvaer)
    _person("leder2", "Geir Moloås", "Mottaksleder", Role.CENTRE_LEADER, solvaer)
    for username, name, title, role, where in ELSEWHERE:
        _elsewhere(username, name, title, role=role, **where)
    return night


ELSEWHERE: tuple[tuple[str, str, str, Role, dict[str, str]], ...] = (
    ("region", "Ragnhild Fjordås", "Rådgiver, regionkontoret", Role.REGIONAL_OFFICER, {"region": "fjord"}),
    ("kor", "Kjell Avtaleås", "Rådgiver, Koordineringsenheten (KOR)", Role.KOR_OFFICER, {}),
    ("bfe", "Berit Barnås", "Rådgiver, Barnefaglig enhet (BFE)", Role.BFE_OFFICER, {}),
    ("asa", "Asta Vedtaksås", "Rådgiver, Asylavdelingen (ASA)", Role.ASA_OFFICER, {}),
    ("une", "Unni Nemndås", "Rådgiver, Utlendingsnemnda", Role.RECEIVING_OFFICER, {"office": "une"}),
    ("pu", "Per Utlendås", "Politiets utlendingsenhet", Role.RECEIVING_OFFICER, {"office": "pu"}),
    ("nasjonal", "Nina Landås", "Nasjonal oppfølging", Role.NATIONAL_OVERSEER, {}),
    ("tilsyn", "Trygve Tilsynås", "Statsforvalteren", Role.INSPECTOR, {}),
    ("statistikk", "Stein Tallås", "Statistikk", Role.STATISTICIAN, {}),
    ("register", "Reidun Registerås", "Registeransvarlig", Role.REGISTER_KEEPER, {}),
    ("drift", "Dagfinn Driftås", "Systemdrift", Role.SYSTEM_OPERATOR, {}),
)
"""One in each role outside the centres: user name, name, title, role, and the region or office."""


def _elsewhere(username: str, name: str, title: str, *, role: Role, **where: str) -> None:
    if not Person.objects.filter(username=username).exists():
        Person.objects.create_user(username, name=name, title=title, role=role, phone="+47 00 55 00 99", **where)


def _person(username: str, name: str, title: str, role: Role, centre: Centre) -> Person:
    found = Person.objects.filter(username=username).first()
    return found or Person.objects.create_user(
        username, name=name, title=title, role=role, centre=centre, phone=centre.on_call_phone
    )
