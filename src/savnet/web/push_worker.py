"""The script that a browser keeps for when we push to it: one fixed sentence, and nothing of any child.

A push of ours has no content, so there is nothing that it could show but what is written here.
"""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override

from savnet.web.screen import open_screen

SCRIPT = """"use strict";
const said = %s;
self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification(said.title, { body: said.body, tag: "savnet", renotify: true }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
"""


@open_screen("a script that says one fixed sentence; the browser fetches it again when nobody is signed in")
def push_worker(request: HttpRequest, language: str) -> HttpResponse:
    """In the language that the browser was set up in: it shows it long after, when no page is open."""
    known = {code for code, _ in settings.LANGUAGES}
    with override(language if language in known else "nb"):
        said = {"title": "Savnet", "body": gettext("Noe venter på deg. Logg inn for å se hva det gjelder.")}
    return HttpResponse(SCRIPT % json.dumps(said), content_type="text/javascript; charset=utf-8")
