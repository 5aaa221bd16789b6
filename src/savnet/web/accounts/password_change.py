"""A new password in place of the one from before, which must be typed too: a page left open is not enough."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.access.sign_in import guessing, sessions
from savnet.access.sign_in.guessing import TooManyGuesses
from savnet.access.sign_in.models import Way
from savnet.web import fresh
from savnet.web.accounts import owner_told, tries
from savnet.web.accounts.device import origin
from savnet.web.accounts.enrol import NewPasswordForm
from savnet.web.accounts.half_way import begin_session
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.subjects import Nowhere, nowhere


class ChangePasswordForm(NewPasswordForm):
    """Both passwords; only the new one where there is none yet."""

    current = forms.CharField(
        label=_("Passordet du har nå"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Skriv passordet ditt.")},
        widget=forms.PasswordInput(attrs={"class": "ds-input", "autocomplete": "current-password"}),
    )
    field_order = ("current", "password")

    def __init__(self, *args: Any, visit: Visit) -> None:
        super().__init__(*args, person=visit.person)
        self.visit = visit
        if not self.person.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        """The right one; each wrong one is a guess, and is counted as such."""
        typed: str = self.cleaned_data["current"]
        username = self.person.username
        spent = guessing.password(username, origin(self.visit.request, username))
        try:
            guessing.spend(spent, self.visit.now)
        except TooManyGuesses as limit:
            tries.refused(self.visit.request, "slowed_down", username=username)
            raise ValidationError(
                gettext("For mange forsøk. Vent %(minutes)d min.") % {"minutes": limit.minutes}
            ) from limit
        if not self.person.check_password(typed):
            tries.refused(self.visit.request, "password_refused", username=username)
            raise ValidationError(gettext("Det stemmer ikke. Prøv igjen."))
        guessing.refund(spent)
        return typed


@screen(Action.KEEP_OWN_ACCOUNT, "web/accounts/password_new.html", of=nowhere)
def password_new(visit: Visit, place: Nowhere) -> Answer:
    """A new password. Every other session ends, since whoever had the old one may be in one of them."""
    sent = visit.sent and "new" in visit.request.POST
    if sent and not fresh.is_fresh(visit.request, visit.now, within=fresh.FOR_OWN_ACCOUNT):
        return redirect("password-new")  # asked there: passwords are never carried through a question
    if question := asked_again(visit, own_account=True):
        return question
    if visit.sent and not sent:
        return redirect("password-new")
    form = ChangePasswordForm(visit.request.POST if sent else None, visit=visit)
    if not form.is_valid():
        return {"form": form}
    visit.person.set_password(form.cleaned_data["password"])
    visit.person.save(update_fields=["password"])
    owner_told.of_change(visit.person, visit.now)
    begin_session(visit.request, visit.person, _way(visit))
    messages.success(visit.request, gettext("Passordet er byttet. Du er logget ut alle andre steder."))
    return redirect("account")


def _way(visit: Visit) -> Way:
    row = sessions.of_session(visit.request.session)
    return Way(row.way) if row else Way.DEMO
