"""An invented centre with one resident."""

from datetime import date

import pytest
from pytest_django import Settings

from savnet.register.models import Centre, Contact, ContactKind, Resident

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_earnest(settings: Settings) -> None:
    """The register as it works outside the demo; the tests of the demo say so themselves."""
    settings.DEMO = False


@pytest.fixture
def centre(db: None) -> Centre:
    return Centre.objects.create(
        name="Granheim mottak", operator="municipal", kind="ordinary", municipality_id="3301", region="ost"
    )


@pytest.fixture
def amina(centre: Centre) -> Resident:
    return Resident.objects.create(
        centre=centre, given_name="Amina", family_name="Oppdiktet", duf_number="202617238201", born=date(2010, 5, 4)
    )


@pytest.fixture
def representative(amina: Resident) -> Contact:
    return Contact.objects.create(
        resident=amina,
        kind=ContactKind.REPRESENTATIVE,
        name="Rita Fiktiv",
        phone="+47 00 00 12 34",
        valid_from=date(2026, 1, 10),
    )
