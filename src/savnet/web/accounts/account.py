"""One's own account: where one is signed in, what one signs in with, and ending it all at once."""

from typing import Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from savnet.access.rights import Action
from savnet.access.sign_in import factors, sessions
from savnet.access.sign_in.models import WayBackIn, WhyEnded
from savnet.web.accounts import device, owner_told
from savnet.web.accounts.enrol import show_reserve_codes
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.subjects import Nowhere, nowhere


@screen(Action.KEEP_OWN_ACCOUNT, "web/accounts/account.html", of=nowhere)
def account(visit: Visit, place: Nowhere) -> dict[str, Any]:
    """All of it on one page."""
    row = getattr(visit.request, "savnet_sign_in", None)
    return {
        "place": "account",
        "sessions": sessions.open_sessions(visit.person, visit.now),
        "this": row.id if row else None,
        "factors": factors.listed(visit.person),
        "reserve_left": factors.reserve_codes_left(visit.person),
        "resets": WayBackIn.objects.filter(person=visit.person, used_at__isnull=False).select_related(
            "asked_by", "approved_by"
        )[:3],
    }


@screen(Action.KEEP_OWN_ACCOUNT, "", of=nowhere)
def sign_out_everywhere(visit: Visit, place: Nowhere) -> Answer:
    """End every session but this one; other devices are no longer known either."""
    if not visit.sent:
        return redirect("account")
    if question := asked_again(visit, own_account=True):
        return question
    row = getattr(visit.request, "savnet_sign_in", None)
    ended = sessions.end_all(visit.person, WhyEnded.SIGNED_OUT_EVERYWHERE, visit.now, but=row.id if row else None)
    device.forget_others(visit.request, visit.person)
    messages.success(visit.request, _("Logget ut fra %(ended)d andre steder.") % {"ended": ended})
    return redirect("account")


@screen(Action.KEEP_OWN_ACCOUNT, "", of=nowhere)
def reserve_codes(visit: Visit, place: Nowhere) -> Answer:
    """Ten new ones, shown once; asked for only by who has just said who they are."""
    if not visit.sent:
        return redirect("account")
    if question := asked_again(visit, own_account=True):
        return question
    codes = factors.new_reserve_codes(visit.person)
    owner_told.of_change(visit.person, visit.now)
    return show_reserve_codes(visit.request, visit.person, codes, onward="/konto/")


@screen(Action.KEEP_OWN_ACCOUNT, "", of=nowhere)
def factor_remove(visit: Visit, place: Nowhere, factor_id: int) -> Answer:
    """Take a passkey or the codes away. The last one stays."""
    if not visit.sent:
        return redirect("account")
    if question := asked_again(visit, own_account=True):
        return question
    if factors.remove(visit.person, factor_id):
        owner_told.of_change(visit.person, visit.now)
        messages.success(visit.request, _("Fjernet."))
    else:
        messages.warning(visit.request, _("Det siste du logger inn med, kan ikke fjernes. Legg til noe annet først."))
    return redirect("account")
