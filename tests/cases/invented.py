"""What the tests of cases invent: an evening, a centre's facts, a resident's facts, and what may happen."""

from datetime import UTC, date, datetime, timedelta

from savnet.register.models import Centre, Municipality
from savnet.rules.events import AbsenceNoticed, DisappearanceBelieved, Event
from savnet.rules.facts import Centre as CentreFacts
from savnet.rules.facts import Resident as ResidentFacts
from savnet.rules.words import Operator

NOW = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
CENTRE_FACTS = CentreFacts(operator=Operator.MUNICIPAL, municipality="3301", name="Furuly mottak")
RESIDENT_FACTS = ResidentFacts(born=date(2010, 5, 4))


def after(**time: float) -> datetime:
    """So long after the evening on which all these tests begin."""
    return NOW + timedelta(**time)


def disappearance() -> tuple[Event, ...]:
    """Noticed absent at supper, believed to have disappeared two hours later."""
    return AbsenceNoticed(at=after(hours=-2)), DisappearanceBelieved(at=NOW)


def make_centre(name: str) -> Centre:
    """A municipal centre in the one municipality that these tests need."""
    municipality, _ = Municipality.objects.get_or_create(number="3301", defaults={"name": "Drammen"})
    return Centre.objects.create(name=name, operator=Operator.MUNICIPAL.value, municipality=municipality)
