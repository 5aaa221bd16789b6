"""Keeps a form that came in just after the session had ended, sealed, until its sender has signed in again."""

import json
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from savnet.access.models import Person
from savnet.access.sign_in import sessions
from savnet.access.sign_in.models import KeptForm
from savnet.access.sign_in.secrets_at_rest import opened, sealed

PURPOSE = "kept form"
LARGEST = 200_000
"""In bytes. A form of ours is far smaller; files that came with it are not kept."""
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "current", "code", "again_code", "credential"})

Fields = list[tuple[str, str]]


def keep(request: HttpRequest, person_id: UUID, now: datetime) -> UUID | None:
    """Keep what this request sent in; None where it is too much to be a form."""
    fields = [(name, text) for name, texts in request.POST.lists() if name not in NEVER_KEPT for text in texts]
    content = json.dumps({"path": request.get_full_path(), "fields": fields}).encode()
    if len(content) > LARGEST:
        return None
    KeptForm.objects.filter(at__lt=now - sessions.longest()).delete()
    made = KeptForm(person_id=person_id, at=now)
    made.sealed = sealed(PURPOSE, content, str(made.id), str(person_id))
    made.save()
    return made.id


def look(form_id: UUID, person: Person) -> tuple[str, Fields] | None:
    """Where it was sent to and what it held; None unless it is this person's."""
    row = KeptForm.objects.filter(id=form_id, person=person).first()
    if row is None:
        return None
    content = json.loads(opened(PURPOSE, bytes(row.sealed), str(row.id), str(person.pk)))
    return content["path"], [(name, text) for name, text in content["fields"]]


def forget(form_id: UUID, person: Person) -> None:
    KeptForm.objects.filter(id=form_id, person=person).delete()
