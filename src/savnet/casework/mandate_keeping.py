"""Who may look into a centre, or the country: proposed by one, confirmed by another, ended by one at any time."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from savnet.access.check import require
from savnet.access.models import Mandate, Person
from savnet.access.rights import RIGHTS, Action, Relation, Role
from savnet.casework.errors import CaseworkError
from savnet.rules import read_instant

Content = Mapping[str, Any]
"""inspector_id, at_centre_id (empty: the country), legal_basis, valid_until, about (two days or empty), why."""


def by_mandate() -> list[Role]:
    """The roles for which a mandate opens anything."""
    return [role for role, rights in RIGHTS.items() if any(Relation.MANDATE in held for held in rights.values())]


def refuse_wrong(content: Content, *, now: datetime) -> None:
    """Raise CaseworkError where such a mandate can't be."""
    if not content["legal_basis"].strip():
        raise CaseworkError(_("Skriv hjemmelen."), field="legal_basis")
    if read_instant(content["valid_until"]) <= now:
        raise CaseworkError(_("Mandatet må vare til et tidspunkt som ikke er passert."), field="valid_until")
    began, ended = _days(content)
    if began and ended and ended < began:
        raise CaseworkError(_("Tidsrommet må slutte etter at det begynner."), field="about_until")
    if not Person.objects.filter(id=content["inspector_id"], is_active=True, role__in=by_mandate()).exists():
        raise CaseworkError(_("Bare tilsyn og nasjonal oppfølging kan få mandat."), field="inspector")


def grant(content: Content, *, by: Person, now: datetime) -> Mandate:
    """Give it. For `two_persons` alone. Nobody is the second for themselves."""
    if content["inspector_id"] == str(by.pk):
        raise CaseworkError(_("Du kan ikke bekrefte ditt eget mandat. En annen må gjøre det."))
    refuse_wrong(content, now=now)
    began, ended = _days(content)
    return Mandate.objects.create(
        person_id=UUID(content["inspector_id"]),
        centre_id=UUID(content["at_centre_id"]) if content["at_centre_id"] else None,
        legal_basis=content["legal_basis"].strip(),
        valid_from=now,
        valid_until=read_instant(content["valid_until"]),
        about_from=began,
        about_until=ended,
    )


def end(mandate: Mandate, *, by: Person, now: datetime) -> None:
    """Nobody looks any further by it. One is enough: it can be given back by two."""
    require(by, Action.GRANT_MANDATE, None, now=now)
    if mandate.valid_until > now > mandate.valid_from:
        mandate.valid_until = now
        mandate.save(update_fields=["valid_until"])


def _days(content: Content) -> tuple[date | None, date | None]:
    began, ended = content["about"]
    return date.fromisoformat(began) if began else None, date.fromisoformat(ended) if ended else None
