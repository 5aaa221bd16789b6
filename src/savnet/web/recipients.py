"""Where notices go: the offices in the register. A change is proposed by one keeper and confirmed by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.proposals import ProposalKind
from savnet.access.rights import Action
from savnet.casework.certificate_keeping import in_use, stop_using
from savnet.casework.recipient_keeping import as_it_is
from savnet.casework.two_persons import propose
from savnet.register.models import Recipient
from savnet.register.models.recipient import LetterLanguage, SendingChannel
from savnet.web.forms import Sheet, longer, shorter
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import Nowhere, nowhere

PROPOSED = _("Foreslått. Endringen gjelder når en annen har bekreftet den.")
STOPPED = _("Sertifikatet brukes ikke mer. Brevene dit går på papir til et nytt er bekreftet.")
WAYS = (1, 2, 3)
LONGEST_CHAIN = 20_000
PASTE = _("Lim inn teksten i filen dere har fått (PEM). Sertifikatene som fører opp til utstederen, kan følge.")


@dataclass(frozen=True, slots=True)
class Office:
    """One office; it belongs to no centre."""

    recipient: Recipient
    centre_id: UUID | None = None


def office(person: Person, recipient_id: UUID) -> Office:
    return Office(get_object_or_404(Recipient, id=recipient_id, invented=settings.DEMO))


class RecipientSheet(Sheet):
    """What is known of the office, and how to reach it, in the order of use."""

    name = shorter(_("Navn"), required=_("Skriv navnet."))
    phone = shorter(_("Telefon"), inputmode="tel")
    out_of_hours_phone = shorter(_("Telefon utenom kontortid"), inputmode="tel")
    address = longer(_("Postadresse"), rows=3)
    language = forms.ChoiceField(label=_("Målform"), choices=LetterLanguage.choices, widget=forms.Select)
    note = shorter(_("Merknad"))
    certificate = forms.CharField(
        label=_("Nytt sertifikat for kryptert e-post"),
        required=False,
        max_length=LONGEST_CHAIN,
        help_text=PASTE,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )
    why = longer(_("Hvor har du endringen fra?"), required=_("Skriv hvor du har endringen fra."), rows=2)

    def __init__(self, *args: Any, before: Mapping[str, Any], **options: Any) -> None:
        ways = {f"{part}_{row}": value for row, way in enumerate(before["ways"], 1) for part, value in _parts(way)}
        super().__init__(*args, initial={**before, **ways}, **options)

    def more_fields(self) -> dict[str, forms.Field]:
        """Room for the ways, the first of them tried first."""
        fields: dict[str, forms.Field] = {}
        for row in WAYS:
            choices = [("", "–"), *SendingChannel.choices]
            label = _("Kanal %(row)s") % {"row": row}
            fields[f"channel_{row}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=forms.Select
            )
            fields[f"address_{row}"] = shorter(_("Adresse %(row)s") % {"row": row}, autocapitalize="none")
        return fields

    def after(self) -> dict[str, Any]:
        """The office as it would be."""
        given = self.cleaned_data
        known = ("name", "phone", "out_of_hours_phone", "address", "language", "note")
        ways = [[given[f"channel_{row}"], given[f"address_{row}"].strip()] for row in WAYS if given[f"channel_{row}"]]
        return {**{field: given[field].replace("\r\n", "\n") for field in known}, "ways": ways}


def _parts(way: list[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("channel", way[0]), ("address", way[1])


@screen(Action.CHANGE_RECIPIENT, "web/recipients.html", of=nowhere)
def recipients(visit: Visit, place: Nowhere) -> dict[str, Any]:
    """Every office that notices can go to, and what it lacks."""
    offices = Recipient.objects.filter(invented=settings.DEMO, valid_to__isnull=True).prefetch_related("channels")
    mail = {address for one in offices for address in _mail(one)}
    certified = {one.address for one in in_use(mail, visit.now)}
    rows = [(one, [address for address in _mail(one) if address.lower() not in certified]) for one in offices]
    return {"recipients": rows, "place": "recipients"}


def _mail(recipient: Recipient) -> list[str]:
    """Its open addresses for encrypted e-mail."""
    ways = recipient.channels.all()
    return [one.address for one in ways if one.channel == SendingChannel.ENCRYPTED_EMAIL and not one.valid_to]


@screen(Action.CHANGE_RECIPIENT, "web/recipient_edit.html", of=office)
def recipient_edit(visit: Visit, found: Office, recipient_id: UUID) -> Answer:
    """Propose a change of one."""
    before = as_it_is(found.recipient, now=visit.now)
    form = fill(RecipientSheet, visit, before=before)
    mail = _mail(found.recipient)
    stop = visit.request.POST.get("do") == "stop"

    def act(given: Mapping[str, Any]) -> str:
        if stop:
            stop_using(mail, by=visit.person, now=visit.now)
            return reverse("recipients")
        content = {"recipient_id": str(recipient_id), "before": before, "after": form.after(), "why": given["why"]}
        if given["certificate"]:
            content["certificate"] = given["certificate"]
        propose(ProposalKind.RECIPIENT, content, by=visit.person, now=visit.now)
        return reverse("recipients")

    return send(visit, form, act, said=STOPPED if stop else PROPOSED) or {
        "form": form,
        "recipient": found.recipient,
        "certificates": in_use(mail, visit.now),
        "uncertified": mail,
    }
