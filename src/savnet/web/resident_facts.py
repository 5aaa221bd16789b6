"""The sheet of who a child is and what is registered: filled in for a new resident, and put right later."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.cases.models import Case
from savnet.register.duf import check_duf
from savnet.register.models import AsylumCaseAt, InterpreterNeed, Resident, Sex
from savnet.rules.words import CaseState
from savnet.web.doubts import DoubtfulSheet
from savnet.web.forms import DayField, choice, shorter
from savnet.web.times import OSLO, age_on
from savnet.web.wording.text import Text


def tick(label: Text, *, hint: Text = "", initial: bool = False) -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, required=False, help_text=hint, initial=initial)


class ResidentSheet(DoubtfulSheet):
    """Everything about the child that only the leader changes."""

    given_name = shorter(_("Fornavn"), autocomplete="off")
    family_name = shorter(_("Etternavn"), autocomplete="off")
    original_name = shorter(_("Navn i original skrift"), hint=_("Slik barnet selv skriver det."), dir="auto")
    identity_uncertain = tick(_("Identiteten er usikker"))
    sex = choice(_("Kjønn"), Sex.choices, required=_("Velg kjønn, eller «Ikke registrert»."), initial=Sex.UNKNOWN)
    citizenship = shorter(_("Statsborgerskap"))
    born = DayField(label=_("Fødselsdato"), required=False, help_text=_("Slik den er registrert i DUF."))
    born_uncertain = tick(_("Fødselsdatoen er usikker"))

    languages = shorter(_("Språk"), hint=_("Flere språk skilles med komma."))
    interpreter = choice(
        _("Trenger barnet tolk?"),
        InterpreterNeed.choices,
        required=_("Velg om barnet trenger tolk. «Ikke kjent» er også et svar."),
        initial=InterpreterNeed.UNKNOWN,
    )

    duf_number = shorter(_("DUF-nummer"), hint=_("Tolv sifre."), inputmode="numeric", autocomplete="off")
    registered_in_duf = tick(_("Registrert i DUF"), initial=True)
    unaccompanied = tick(_("Registrert som enslig mindreårig"), initial=True)
    accompanied_by = shorter(_("Følgeperson uten omsorgsansvar"), hint=_("Navnet, og hvem personen er for barnet."))
    permit = tick(_("Har oppholdstillatelse og venter på bosetting"))
    paragraph_8_8a = tick(_("Omfattet av utlendingsforskriften § 8-8 a"))
    asylum_case_at = choice(
        _("Hvor ligger asylsaken?"),
        AsylumCaseAt.choices,
        required=_("Velg hvor asylsaken ligger."),
        initial=AsylumCaseAt.DECISION_UNIT,
    )

    room = shorter(_("Rom"))
    arrived = DayField(label=_("Flyttet inn"), required=False)
    left = DayField(label=_("Flyttet ut"), required=False, help_text=_("Fylles ut når barnet har flyttet, ikke før."))

    def __init__(self, *args: Any, centre_id: UUID, resident: Resident | None = None, **options: Any) -> None:
        known = {name: getattr(resident, name) for name in FACTS} if resident else None
        super().__init__(*args, initial=known, **options)
        self.centre_id, self.resident = centre_id, resident
        if resident is None:
            del self.fields["left"]

    def clean_duf_number(self) -> str:
        """The digits alone. What stands registered already is not judged anew."""
        written: str = self.cleaned_data["duf_number"]
        if not written or "duf_number" not in self.changed_data:
            return written
        check = check_duf(written, self.now.astimezone(OSLO).year)
        if check.errors:
            raise ValidationError(check.errors[0], code="duf")
        return check.digits

    def clean(self) -> dict[str, Any]:
        """Some name, and not out before in."""
        given = super().clean() or {}
        if not any(given.get(name) for name in ("given_name", "family_name", "original_name")):
            self.add_error("given_name", gettext("Skriv minst ett navn, i latinsk eller original skrift."))
        if given.get("left") and given.get("arrived") and given["left"] < given["arrived"]:
            self.add_error("left", gettext("Datoen er før barnet flyttet inn."))
        return given

    def doubts(self, given: Mapping[str, Any]) -> Iterator[str]:
        changed = set(self.changed_data)
        if "duf_number" in changed and given["duf_number"]:
            yield from check_duf(given["duf_number"], self.now.astimezone(OSLO).year).warnings
        if "born" in changed and given["born"]:
            yield from self._age(given)
        if not given["unaccompanied"] and not given["accompanied_by"] and changed & {"unaccompanied", "accompanied_by"}:
            yield (
                gettext(
                    "Er barnet verken registrert som enslig mindreårig eller har følgeperson, gjelder ikke RS 2015-009 "
                    "hvis det blir borte."
                )
            )
        if given.get("left") and "left" in changed and self._is_away():
            yield (
                gettext(
                    "Barnet er ikke kommet til rette. Saken blir stående og må følges opp av mottaket, selv om "
                    "barnet er ført som flyttet ut."
                )
            )
        if self.resident is None and self._lives_here(given):
            yield gettext("En beboer med samme navn og fødselsdato er registrert her fra før.")

    def _age(self, given: Mapping[str, Any]) -> Iterator[str]:
        age = age_on(given["born"], self.now.astimezone(OSLO).date())
        if not 15 <= age < 18:
            yield gettext("Registrert alder er %(age)s år. Rundskrivet gjelder fra 15 til 18 år.") % {"age": age}

    def _is_away(self) -> bool:
        away = [CaseState.ABSENT, CaseState.MISSING]
        return Case.objects.filter(resident=self.resident, state__in=away).exists()

    def _lives_here(self, given: Mapping[str, Any]) -> bool:
        same = {f"{name}__iexact": given[name] for name in ("given_name", "family_name", "original_name")}
        return Resident.objects.filter(centre_id=self.centre_id, born=given["born"], **same).exists()


FACTS = tuple(name for name in ResidentSheet.base_fields if name != "token")
