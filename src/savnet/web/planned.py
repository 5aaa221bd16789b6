"""What goes to whom, by which way and why, in words, before it goes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from savnet.casework.plan import Planned
from savnet.web.shown import slug
from savnet.web.wording.duties import duty
from savnet.web.wording.duty import Duty
from savnet.web.wording.words import ROUTE


@dataclass(frozen=True, slots=True)
class Going:
    """One notice before it goes."""

    planned: Planned
    words: Duty

    @property
    def slug(self) -> str:
        return slug(self.planned.obligation)

    @property
    def to(self) -> str:
        return self.planned.resolution.name if self.planned.resolution else ""

    @property
    def how(self) -> str:
        """By which way; where mail was agreed with the police, that is said."""
        route = self.planned.route
        if route is None:
            return ""
        agreed = gettext(", slik det er avtalt med politiet") if route.counts_as != route.channel else ""
        return f"{ROUTE[route.channel]}{agreed}"


def going(plan: Iterable[Planned]) -> list[Going]:
    """All that has not been composed yet."""
    return [
        Going(one, duty(one.obligation.id, one.obligation.recipient, one.obligation.copy_of))
        for one in plan
        if one.message is None
    ]
