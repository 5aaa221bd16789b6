"""What each decision of an office asks for. What is answered is kept as one sentence with the act in the ledger."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from savnet.rules.words import Channel
from savnet.web.forms import Sheet, WhenField, choice, longer, shorter
from savnet.web.wording import words
from savnet.web.wording.text import Text

YES_NO = (("yes", _("Ja")), ("no", _("Nei")))


class Decision(Sheet):
    """When it was decided, and in what words it is kept."""

    at = WhenField(label=_("Når?"))

    def told(self) -> str:
        """What is kept of the answers."""
        given = self.cleaned_data
        return ". ".join(str(part).rstrip(".") for part in self.parts(given) if part)

    def parts(self, given: dict[str, Any]) -> tuple[object, ...]:
        """The answers in the order they are told."""
        return (given.get("note", ""),)

    @property
    def more_information_needed(self) -> bool | None:
        """ASA's answer (4-5); None for every other decision."""
        return None


class PlaceSheet(Decision):
    """Where the child is to live (4-1)."""

    field_order = ("where", "at")
    where = shorter(
        _("Hvor skal barnet bo?"),
        required=_("Skriv hvor barnet skal bo."),
        hint=_("Navnet på mottaket. Bor barnet hos barnevernet, så skriv barnevernstjenesten, ikke stedet."),
    )

    def parts(self, given: dict[str, Any]) -> tuple[object, ...]:
        return (given["where"],)


class AdultPlaceSheet(PlaceSheet):
    """Which reception centre for adults (4-9)."""

    where = shorter(_("Hvilket mottak for voksne?"), required=_("Skriv hvilket mottak det er."))


FIRST: tuple[tuple[str, Text], ...] = (
    ("centre", _("Rett til mottaket")),
    ("pu", _("Først til Politiets utlendingsenhet")),
    ("police", _("Først til det lokale politiet")),
    ("udi", _("Først til UDI")),
)


class AssessmentSheet(Decision):
    """ASA's assessment (4-5): whether the case needs more, and where the child is to be taken first."""

    field_order = ("needed", "first", "note", "at")
    needed = choice(_("Trenger asylsaken flere opplysninger?"), YES_NO, required=_("Svar ja eller nei."))
    first = choice(_("Hvor skal barnet?"), FIRST, required=_("Velg hvor barnet skal."))
    note = longer(_("Begrunnelse"))

    def parts(self, given: dict[str, Any]) -> tuple[object, ...]:
        return (dict(FIRST)[given["first"]], given["note"])

    @property
    def more_information_needed(self) -> bool:
        return bool(self.cleaned_data["needed"] == "yes")


DESTINATIONS: tuple[tuple[str, Text], ...] = (
    ("centre", _("Mottaket")),
    ("pu", _("Politiets utlendingsenhet")),
    ("udi", _("UDI")),
)


class RefundSheet(Decision):
    """Travel that was refunded (4-7): for the child, and for a companion."""

    field_order = ("destination", "companion", "amount", "note", "at")
    destination = choice(_("Hvor gikk reisen?"), DESTINATIONS, required=_("Velg hvor reisen gikk."))
    companion = choice(_("Reiste noen sammen med barnet?"), YES_NO, required=_("Svar ja eller nei."))
    amount = shorter(_("Beløp i kroner"), inputmode="numeric")
    note = longer(_("Merknad"))

    def parts(self, given: dict[str, Any]) -> tuple[object, ...]:
        together = _("Også for den som fulgte barnet") if given["companion"] == "yes" else _("Ingen fulgte barnet")
        amount = f"{given['amount']} kr" if given["amount"] else ""
        return (dict(DESTINATIONS)[given["destination"]], together, amount, given["note"])


TOGETHER: tuple[tuple[str, Text], ...] = (("police", _("Politiet")), ("child_welfare", _("Barnevernstjenesten")))


class CompanionSheet(Decision):
    """Whether the child needs a companion, and with whom that was assessed (4-8)."""

    field_order = ("together", "who", "needed", "note", "at")
    together = choice(_("Hvem vurderte dere det sammen med?"), TOGETHER, required=_("Velg hvem."))
    who = shorter(_("Navn på den dere snakket med"), required=_("Skriv navnet."))
    needed = choice(_("Trenger barnet følge?"), YES_NO, required=_("Svar ja eller nei."))
    note = longer(_("Merknad"))
    channel = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_channel(self) -> str:
        """Settled by talking, whoever with."""
        return Channel.PHONE.value

    def parts(self, given: dict[str, Any]) -> tuple[object, ...]:
        needed = _("Barnet trenger følge") if given["needed"] == "yes" else _("Barnet trenger ikke følge")
        return (needed, dict(TOGETHER)[given["together"]], given["who"], given["note"])


class OtherWaySheet(Sheet):
    """Told in some other way than by a letter of Savnet's. `ways` are those that meet the duty."""

    field_order = ("channel", "at", "reference", "note")
    at = WhenField(label=_("Når?"))
    reference = shorter(_("Referanse"))
    note = longer(_("Merknad"))

    def __init__(self, *args: Any, ways: tuple[Channel, ...], **options: Any) -> None:
        self.ways = ways
        super().__init__(*args, **options)

    def more_fields(self) -> dict[str, forms.Field]:
        if not self.ways:
            return {}
        return {
            "channel": forms.ChoiceField(
                label=_("Hvordan ble det gjort?"),
                choices=[(one.value, words.word("channel", one)) for one in self.ways],
                widget=forms.RadioSelect,
                error_messages={"required": _("Velg hvordan det ble gjort.")},
            )
        }


DECISIONS: dict[str, type[Decision]] = {
    "4-1": PlaceSheet,
    "4-5": AssessmentSheet,
    "4-7": RefundSheet,
    "4-8": CompanionSheet,
    "4-9": AdultPlaceSheet,
}
"""The sheet of each decision."""
