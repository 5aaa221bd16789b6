"""Register a child who has moved in, and put right what is registered of one."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from savnet.access.rights import Action
from savnet.casework import register_keeping
from savnet.register.models import Resident
from savnet.web.kept import to_resident
from savnet.web.resident_facts import ResidentSheet
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.subjects import resident as find_resident


@screen(Action.KEEP_RESIDENTS, "web/resident_new.html", of=own_centre)
def resident_new(visit: Visit, at: AtCentre) -> Answer:
    """Register a child who has moved in."""
    form = fill(ResidentSheet, visit, centre_id=at.centre_id)

    def act(given: Mapping[str, Any]) -> str:
        return to_resident(register_keeping.register_resident(at.centre, _facts(given)))

    said = gettext("Beboeren er registrert. Legg inn representant, advokat og telefon med en gang.")
    return send(visit, form, act, said=said) or {"form": form, "centre": at.centre, "place": "residents"}


@screen(Action.KEEP_RESIDENTS, "web/resident_edit.html", of=find_resident)
def resident_edit(visit: Visit, resident: Resident) -> Answer:
    """Put right what is registered."""
    form = fill(ResidentSheet, visit, centre_id=resident.centre_id, resident=resident)

    def act(given: Mapping[str, Any]) -> str:
        # Only what was changed on this page: meanwhile somebody else may have changed the rest.
        changed = {name: value for name, value in _facts(given).items() if name in form.changed_data}
        register_keeping.change_resident(resident, changed, by=visit.person, now=visit.now)
        return to_resident(resident)

    return send(visit, form, act, said=gettext("Opplysningene er lagret.")) or {"form": form, "resident": resident}


def _facts(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "token"}
