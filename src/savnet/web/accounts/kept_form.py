"""What was sent in just after the session had ended: shown again, to be sent in once more or let go."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.web.accounts import kept
from savnet.web.database_gone import typed_in
from savnet.web.screen import Answer, Visit, screen


@dataclass(frozen=True, slots=True)
class Kept:
    """A form of the person's own."""

    id: UUID
    path: str
    fields: kept.Fields
    centre_id: None = None


def own(person: Person, form_id: UUID) -> Kept:
    found = kept.look(form_id, person)
    if found is None:
        raise Http404("no such form of this person")
    return Kept(form_id, *found)


@screen(Action.KEEP_OWN_ACCOUNT, "web/accounts/kept_form.html", of=own)
def kept_form(visit: Visit, form: Kept, form_id: UUID) -> Answer:
    """Show it. Sending it in goes to where it was meant for; only letting go comes here."""
    if visit.sent:
        kept.forget(form_id, visit.person)
        return redirect("today")
    return {"path": form.path, "fields": form.fields, "typed": list(_typed(form))}


def _typed(form: Kept) -> Iterator[str]:
    return typed_in(form.fields)
