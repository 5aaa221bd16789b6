"""Adding to what one signs in with: another passkey, an authenticator app."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from savnet.access.rights import Action
from savnet.access.sign_in import factors
from savnet.access.sign_in.factors import NotAccepted
from savnet.web.accounts import owner_told
from savnet.web.accounts.enrol import SECRET, FirstCodeForm, in_fours
from savnet.web.accounts.passkeys import answer, name, not_accepted
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.subjects import Nowhere, nowhere


@screen(Action.KEEP_OWN_ACCOUNT, "web/accounts/passkey_new.html", of=nowhere)
def passkey_new(visit: Visit, place: Nowhere) -> Answer:
    """A page with the button; the script carries what the device answers."""
    if question := asked_again(visit, own_account=True):
        return question
    if not visit.sent or "credential" not in visit.request.POST:
        return {} if not visit.sent else redirect("passkey-new")
    try:
        factors.add_passkey(visit.person, name(visit.request), answer(visit.request))
    except NotAccepted:
        return not_accepted(visit.request)
    owner_told.of_change(visit.person, visit.now)
    messages.success(visit.request, _("Passnøkkelen er lagt til."))
    return redirect("account")


@screen(Action.KEEP_OWN_ACCOUNT, "", of=nowhere)
def ask_new_passkey(visit: Visit, place: Nowhere) -> HttpResponse:
    """What to ask the device for; only POST, since it leaves a challenge in the session."""
    if not visit.sent:
        return HttpResponse(status=405, headers={"Allow": "POST"})
    return JsonResponse(factors.ask_for_new_passkey(visit.person))


@screen(Action.KEEP_OWN_ACCOUNT, "web/accounts/codes_new.html", of=nowhere)
def codes_new(visit: Visit, place: Nowhere) -> Answer:
    """An authenticator app, in place of the one from before."""
    if question := asked_again(visit, own_account=True):
        return question
    if visit.sent and "code" not in visit.request.POST:
        return redirect("codes-new")
    secret = visit.request.session.setdefault(SECRET, factors.new_secret())
    form = FirstCodeForm(visit.request.POST if "code" in visit.request.POST else None, secret=secret)
    if form.is_valid() and factors.take_up_codes(visit.person, secret, form.cleaned_data["code"]):
        del visit.request.session[SECRET]
        owner_told.of_change(visit.person, visit.now)
        messages.success(visit.request, _("Koder fra appen er tatt i bruk."))
        return redirect("account")
    return {"code": form, "secret": in_fours(secret)}


@screen(Action.KEEP_OWN_ACCOUNT, "", of=nowhere)
def codes_picture(visit: Visit, place: Nowhere) -> HttpResponse:
    """The new secret as dots for the camera."""
    secret = visit.request.session.get(SECRET)
    if secret is None:
        return HttpResponse(status=404)
    return HttpResponse(factors.picture(visit.person, secret), content_type="image/svg+xml; charset=utf-8")
