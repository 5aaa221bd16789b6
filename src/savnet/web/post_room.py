"""The post room of the demo: every e-mail as the servers on its way see it, and as its receiver sees it, opened."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.demo.post_room import CannotOpen, NoSuchMail, mails, open_mail
from savnet.web.screen import Answer, Visit, screen
from savnet.web.subjects import Nowhere


def demo_only(person: Person, **_: object) -> Nowhere:
    """Outside the demo there is no post room, and no key that opens a receiver's mail."""
    if not settings.DEMO:
        raise Http404("not a demo")
    return Nowhere()


@screen(Action.SEE_POST_ROOM, "web/post_room.html", of=demo_only)
def post_room(visit: Visit, room: Nowhere) -> dict[str, Any]:
    """All that has arrived."""
    return {"place": "post-room", "mails": mails()}


@screen(Action.SEE_POST_ROOM, "web/post_room_mail.html", of=demo_only)
def post_room_mail(visit: Visit, room: Nowhere, name: str) -> Answer:
    """One e-mail, outside and inside."""
    try:
        return {"place": "post-room", "opened": open_mail(name), "name": name}
    except NoSuchMail as missing:
        raise Http404 from missing
    except CannotOpen as closed:
        return {"place": "post-room", "closed": str(closed), "name": name}


@screen(Action.SEE_POST_ROOM, "", of=demo_only)
def post_room_file(visit: Visit, room: Nowhere, name: str, number: int) -> HttpResponse:
    """A file inside an e-mail, as the receiver would save it."""
    try:
        attachment = open_mail(name).attachments[number - 1]
    except (NoSuchMail, CannotOpen, IndexError) as missing:
        raise Http404 from missing
    return HttpResponse(attachment.data, content_type=attachment.content_type)
