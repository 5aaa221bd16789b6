"""Where the demo takes place: municipalities, a police district and two centres that do not exist.

Numbers above 99 are no county's, so that no real municipality can ever be meant.
"""

from savnet.register.models import Centre, County, Municipality, MunicipalityPoliceDistrict, PoliceDistrict

INVENTED = "Oppdiktet for demoen"
DISTRICT = "fjordkanten"


def furnish() -> tuple[Centre, Centre]:
    """The two centres, with the places around them."""
    county, _ = County.objects.get_or_create(number="99", defaults={"name": "Fjordkanten"})
    district, _ = PoliceDistrict.objects.get_or_create(
        key=DISTRICT, defaults={"name": "Fjordkanten politidistrikt", "source": INVENTED}
    )
    for number, name in (("9901", "Granvik"), ("9902", "Solvær"), ("9903", "Storfjell")):
        place, _ = Municipality.objects.get_or_create(
            number=number, defaults={"name": name, "county": county, "source": INVENTED}
        )
        MunicipalityPoliceDistrict.objects.get_or_create(
            municipality=place, defaults={"district": district, "confirmed": number == "9901", "source": INVENTED}
        )
    return granvik(), solvaer()


def granvik() -> Centre:
    """Municipal; reports to the police across the desk."""
    centre, _ = Centre.objects.get_or_create(
        name="Granvik mottak",
        defaults={
            "number": "D-01",
            "kind": "ordinary",
            "operator": "municipal",
            "operator_name": "Granvik kommune",
            "municipality_id": "9901",
            "address": "Skogkanten 14",
            "postal_code": "0000",
            "postal_place": "Granvik",
            "email": "mottak@granvik.example",
            "capacity": 32,
            "phone": "+47 00 11 00 10",
            "on_call_phone": "+47 00 11 00 11",
            "region": "fjord",
        },
    )
    return centre


def solvaer() -> Centre:
    """Private; has agreed with the police on encrypted e-mail."""
    centre, _ = Centre.objects.get_or_create(
        name="Solvær transittmottak",
        defaults={
            "number": "D-02",
            "kind": "transit",
            "operator": "private",
            "operator_name": "Havgløtt Omsorg AS",
            "municipality_id": "9902",
            "address": "Moloveien 3",
            "postal_code": "0000",
            "postal_place": "Solvær",
            "email": "mottak@solvaer.example",
            "capacity": 48,
            "phone": "+47 00 22 00 20",
            "on_call_phone": "+47 00 22 00 21",
            "agreed_police_district_id": DISTRICT,
            "police_agreement": "Kryptert e-post til operasjonssentralen. Ring samtidig, og be om saksnummer.",
            "region": "fjord",
        },
    )
    return centre
