"""Saying once more who one is, with what one signs in with: password and code, or a passkey alone."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.sign_in import factors, guessing
from savnet.access.sign_in.factors import NotAccepted
from savnet.access.sign_in.guessing import TooManyGuesses
from savnet.web.accounts import tries
from savnet.web.accounts.device import origin
from savnet.web.accounts.passkeys import answer
from savnet.web.oidc import leaving
from savnet.web.oidc.issuers import Issuer, issuer
from savnet.web.screen import Visit

FIELDS = ("csrfmiddlewaretoken", "said_again", "password", "again_code", "credential")
"""What belongs to the question itself and goes no further."""


class SaidAgain(forms.Form):
    """What this person signs in with; in the demo only a button."""

    use_required_attribute = False

    password = forms.CharField(
        label=_("Passord"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Skriv passordet ditt.")},
        widget=forms.PasswordInput(attrs={"class": "ds-input", "autocomplete": "current-password"}),
    )
    again_code = forms.CharField(
        label=_("Kode fra appen"),
        max_length=40,
        error_messages={"required": _("Skriv koden som appen viser.")},
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, visit: Visit) -> None:
        posted = visit.request.POST
        super().__init__(posted if "said_again" in posted else None)
        self.visit = visit
        self.person: Person = visit.person
        self.passkey = not settings.DEMO and factors.has_passkey(self.person)
        self.by_passkey = self.passkey and "credential" in posted
        self._leave_out()

    def _leave_out(self) -> None:
        typed = not settings.DEMO and not self.by_passkey
        if not typed or not self.person.has_usable_password():
            del self.fields["password"]
        if not typed or not factors.has_codes(self.person):
            del self.fields["again_code"]

    @property
    def outside(self) -> Issuer | None:
        """Where the person came from, if not by anything that we could ask for ourselves."""
        return None if self.fields or self.passkey else issuer(self._slug())

    def _slug(self) -> str:
        kept = self.visit.request.session.get(leaving.IN_SESSION)
        return str(kept[0]) if kept else ""

    def clean(self) -> dict[str, Any]:
        """The one who is signed in, and nobody else."""
        found = super().clean() or {}
        if settings.DEMO or self.errors:
            return found
        spent = guessing.code(self.person.username, origin(self.visit.request, self.person.username))
        try:
            guessing.spend(spent, timezone.now())
        except TooManyGuesses as limit:
            tries.refused(self.visit.request, "slowed_down", username=self.person.username)
            self.add_error(None, gettext("For mange forsøk. Vent %(minutes)d min.") % {"minutes": limit.minutes})
            return found
        if self._fits(found):
            guessing.refund(spent)
        else:
            tries.refused(self.visit.request, "said_again_refused", username=self.person.username)
            self.add_error(None, gettext("Det stemmer ikke. Prøv igjen."))
        return found

    def _fits(self, typed: dict[str, Any]) -> bool:
        if self.by_passkey:
            return self._passkey_fits()
        if not self.fields:
            return False  # nothing to say it with here
        return self._password_fits(typed.get("password")) and self._code_fits(typed.get("again_code"))

    def _password_fits(self, password: str | None) -> bool:
        if "password" not in self.fields:
            return True
        found = authenticate(self.visit.request, username=self.person.username, password=password)
        return found is not None and found.pk == self.person.pk

    def _code_fits(self, code: str | None) -> bool:
        return "again_code" not in self.fields or factors.check_code(self.person, code or "") is not None

    def _passkey_fits(self) -> bool:
        try:
            factors.check_passkey(answer(self.visit.request), self.person)
        except NotAccepted:
            return False
        return True
