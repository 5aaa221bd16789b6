"""Who has looked at what: the leader's list of a week, with the mark that she has gone through it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.looked_at import Span, week_at
from savnet.access.models import LooksReviewed
from savnet.access.refused import searching
from savnet.access.rights import Action
from savnet.policy.house import MANY_REFUSED
from savnet.web.forms import Sheet, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.times import OSLO, instant

A_WEEK = timedelta(days=7)


class ReviewSheet(Sheet):
    """What the leader found."""

    note = longer(_("Merknad"), hint=_("Er det noe du vil spørre noen om, så skriv hva og hvem."))


@screen(Action.REVIEW_LOOKS, "web/looks.html", of=own_centre)
def looks(visit: Visit, at: AtCentre) -> Answer:
    """One week, by default the one before this."""
    monday = _monday(visit)
    form = fill(ReviewSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        LooksReviewed.objects.update_or_create(
            centre_id=at.centre_id,
            week=monday,
            defaults={"by": visit.person, "at": visit.now, "note": given["note"]},
        )
        return reverse("looks")

    return send(visit, form, act, said=_("Uken er gjennomgått.")) or {
        "place": "looks",
        "form": form,
        "centre": at.centre,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - A_WEEK,
        "after": monday + A_WEEK if monday + A_WEEK <= visit.now.astimezone(OSLO).date() else None,
        "week": week_at(at.centre_id, span(monday)),
        "reviewed": LooksReviewed.objects.filter(centre_id=at.centre_id, week=monday).select_related("by").first(),
        "searching": searching(visit.now, centres=[at.centre_id]),
        "many": MANY_REFUSED,
    }


def span(monday: date) -> Span:
    """A week by Oslo's calendar."""
    return instant(monday, time()), instant(monday + A_WEEK, time())


def _monday(visit: Visit) -> date:
    """The Monday of the week that is asked for. Raises Http404 for what is no day, or lies ahead."""
    today = visit.now.astimezone(OSLO).date()
    asked = visit.request.GET.get("uke", "")
    try:
        day = datetime.strptime(asked, "%Y-%m-%d").date() if asked else today - A_WEEK  # noqa: DTZ007 - a day
    except ValueError as wrong:
        raise Http404("no such week") from wrong
    if day > today:
        raise Http404("that week has not come")
    return day - timedelta(days=day.weekday())
