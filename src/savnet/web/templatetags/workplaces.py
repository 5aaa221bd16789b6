"""The ways in the main menu that belong to a role: the office's own page, the leader's, the post room of the demo."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.rights import RIGHTS, Action, Role

register = template.Library()


@dataclass(frozen=True, slots=True)
class Way:
    """One link of the menu. `place` is what a page calls itself when it is the one that is open."""

    name: str
    place: str
    label: Promise
    note: Promise | None = None

    @property
    def href(self) -> str:
        return reverse(self.name)


WAYS: tuple[tuple[Action, Way], ...] = (
    (Action.SEE_ALARMS, Way("alarms", "alarms", _("Varsler"))),
    (Action.SEND, Way("outbox", "outbox", _("Utsending"))),
    (Action.SEE_REGION, Way("region", "office", _("Regionkontoret"))),
    (Action.SEE_OFFICE, Way("office", "office", _("Innboks"))),
    (Action.OVERSEE, Way("overseeing", "overseeing", _("Hele landet"))),
    (Action.SEE_MANDATES, Way("inspecting", "inspecting", _("Tilsyn"))),
    (Action.SEE_OPERATIONS, Way("operations", "operations", _("Drift"))),
    (Action.SEE_STATISTICS, Way("statistics", "statistics", _("Statistikk"))),
    (Action.GRANT_MANDATE, Way("mandates", "mandates", _("Mandater"))),
    (Action.LEAD_CENTRE, Way("leading", "leading", _("Ledelse"))),
    (Action.SEE_PROPOSALS, Way("proposals", "proposals", _("Venter på en til"))),
    (Action.GRANT_ROLE, Way("staff", "staff", _("Ansatte"))),
    (Action.CHANGE_RECIPIENT, Way("recipients", "recipients", _("Mottakere"))),
    (Action.SEE_REGISTER_CHANGES, Way("register-changes", "register-changes", _("Endringer"))),
    (Action.BREAK_THE_GLASS, Way("break-glass", "break-glass", _("Nødåpning"))),
)
ON_FRONT_PAGE = frozenset({"proposals"})
"""What the front page of a centre leads to whenever there is something there; the menu of a phone has little room."""
POST_ROOM = Way("post-room", "post-room", _("Postrom"), _("(demo)"))


@register.simple_tag
def ways_of(person: Person) -> list[Way]:
    """The links for this person's role, beside those of the centre."""
    rights = RIGHTS[Role(person.role)]
    ways = [way for action, way in WAYS if action in rights and not (person.centre_id and way.name in ON_FRONT_PAGE)]
    return [*ways, POST_ROOM] if settings.DEMO and Action.SEE_POST_ROOM in rights else ways


@register.filter
def may_search(person: Person) -> bool:
    """Whether the role sees any names to search among."""
    return Action.SEARCH in RIGHTS[Role(person.role)]
