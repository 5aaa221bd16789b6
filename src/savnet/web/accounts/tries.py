"""Every try to sign in stands in the log: what happened, from which place, at which account; never what was typed.

Account and place are marks that nobody can turn back without the secret key: the same one has always the same mark.
What is typed as a user name may be a password by mistake, and an address may be somebody's home.
"""

import logging

from django.http import HttpRequest

from savnet.access.models import Person
from savnet.access.sign_in.models import Way
from savnet.access.sign_in.secrets_at_rest import keyed_hash
from savnet.web.accounts.device import place

LENGTH = 16
logger = logging.getLogger(__name__)


def refused(request: HttpRequest, what: str, *, username: str = "") -> None:
    """A try that let nobody in; `what` is what did not fit, or that there were too many."""
    logger.warning("a refused try", extra={"action": f"sign_in_{what}", **_from(request, username)})


def let_in(request: HttpRequest, person: Person, way: Way) -> None:
    """A session begins."""
    told = {"action": f"sign_in_by_{way.value}", "person": str(person.pk), **_from(request, person.username)}
    logger.info("a session begins", extra=told)


def mark(of: str, text: str) -> str:
    """The mark of an account or a place."""
    return keyed_hash(f"log {of}", text)[:LENGTH]


def _from(request: HttpRequest, username: str) -> dict[str, str]:
    where = {"place": mark("place", place(request))}
    return where | ({"account": mark("account", username.lower())} if username else {})
