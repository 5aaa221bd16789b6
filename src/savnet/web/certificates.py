"""The certificates of no office, as of lawyers: proposed by one keeper by address, confirmed by another.

Whoever keeps them sees no child. The centre tells the address, as the readiness of the child says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.proposals import ProposalKind
from savnet.access.rights import Action
from savnet.casework.certificate_keeping import Shown, shown, stop_using
from savnet.casework.contact_certificates import kept
from savnet.casework.two_persons import propose
from savnet.delivery.models import ReceiverCertificate
from savnet.watching.limits import WARN_DAYS
from savnet.web.forms import Sheet, longer, shorter
from savnet.web.recipients import LONGEST_CHAIN, PASTE, STOPPED
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import Nowhere, nowhere

PROPOSED = _("Foreslått. Sertifikatet tas i bruk når en annen har bekreftet det.")


@dataclass(frozen=True, slots=True)
class Lasting:
    """A certificate, how many days it lasts, and how near its end is."""

    certificate: ReceiverCertificate
    days: int
    stage: int | None

    @property
    def over(self) -> bool:
        """Whether it has run out."""
        return self.days < 0

    @property
    def nearly(self) -> bool:
        """Whether the last of the warnings is due."""
        return self.stage == min(WARN_DAYS)


def lasting(certificate: ReceiverCertificate, now: datetime) -> Lasting:
    """How long it lasts: warned of 60, 30, 14 and 7 days before the end, as the doctor does."""
    days = (certificate.ends_at - now).days
    return Lasting(certificate, days, min((one for one in WARN_DAYS if days < one), default=None))


@dataclass(frozen=True, slots=True)
class Kept:
    """One certificate as the subject of a screen; it belongs to no centre."""

    certificate: ReceiverCertificate
    centre_id: UUID | None = None


def certificate_in_use(person: Person, fingerprint: str) -> Kept:
    """By what stands on the certificate itself."""
    found = ReceiverCertificate.objects.filter(sha256=fingerprint, withdrawn_at=None).first()
    if found is None:
        raise Http404("no such certificate in use")
    return Kept(found)


class CertificateSheet(Sheet):
    """Whose it is, the certificate, and where it is from."""

    address = shorter(
        _("E-postadresse"),
        required=_("Skriv e-postadressen slik den står i sertifikatet."),
        inputmode="email",
        autocapitalize="none",
        autocomplete="off",
    )
    certificate = forms.CharField(
        label=_("Sertifikat for kryptert e-post"),
        max_length=LONGEST_CHAIN,
        help_text=PASTE,
        error_messages={"required": _("Lim inn sertifikatet.")},
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )
    why = longer(
        _("Hvor har du sertifikatet fra?"),
        required=_("Skriv hvor du har det fra."),
        hint=_("Ikke skriv noe om barnet."),
        rows=2,
    )


@screen(Action.CHANGE_RECIPIENT, "web/certificates.html", of=nowhere)
def certificates(visit: Visit, place: Nowhere) -> dict[str, Any]:
    """Those of no office, the soonest to end first."""
    return {"place": "recipients", "certificates": [lasting(one, visit.now) for one in kept(visit.now)]}


@screen(Action.CHANGE_RECIPIENT, "web/certificate_new.html", of=nowhere)
def certificate_new(visit: Visit, place: Nowhere) -> Answer:
    """Propose one."""
    form = fill(CertificateSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        content = {"address": given["address"].strip(), "certificate": given["certificate"], "why": given["why"]}
        propose(ProposalKind.CERTIFICATE, content, by=visit.person, now=visit.now)
        return reverse("certificates")

    return send(visit, form, act, said=PROPOSED) or {"form": form}


@screen(Action.CHANGE_RECIPIENT, "web/certificate.html", of=certificate_in_use)
def certificate(visit: Visit, found: Kept, fingerprint: str) -> Answer:
    """One of them, with what to read out; and the end of its use, which one alone decides."""
    form, row = fill(Sheet, visit), found.certificate
    it: Shown = shown(row.certificate)

    def act(_given: Mapping[str, Any]) -> str:
        stop_using([row.address], by=visit.person, now=visit.now)
        return reverse("certificates")

    return send(visit, form, act, said=STOPPED) or {"form": form, "one": lasting(row, visit.now), "shown": it}
