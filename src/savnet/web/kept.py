"""Where one goes on to when something of a child has been kept."""

from django.urls import reverse

from savnet.cases.models import Case
from savnet.register.models import Resident
from savnet.rules.words import CaseState


def to_resident(resident: Resident) -> str:
    return reverse("resident", args=[resident.id])


def to_what_is_owed(resident: Resident) -> str:
    """To the case where the child is missing, since somebody new may now have to be told; else back to the child."""
    case = Case.objects.filter(resident=resident, state=CaseState.MISSING).first()
    return reverse("case", args=[case.id]) if case else to_resident(resident)
