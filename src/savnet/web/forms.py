"""What all forms share: a token against double sending, and a time field that knows Oslo's clock."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.web.times import OSLO, NoSuchTime, instant
from savnet.web.wording.text import Text

TOO_LONG = _("Teksten er for lang. Skriv kortere, eller del den opp.")


class DayInput(forms.DateInput):
    input_type = "date"


class ClockInput(forms.TimeInput):
    input_type = "time"


class WhenInput(forms.MultiWidget):
    """A date and a clock time side by side, as the device's own pickers, and unseen the exact instant filled in.

    People say minutes, and two things may happen within one. As long as the minute is left as it was filled in, the
    exact instant counts, so that what was done second is known to be second.
    """

    template_name = "web/parts/when.html"
    input_type = "when"

    def __init__(self) -> None:
        day, clock = DayInput(format="%Y-%m-%d"), ClockInput(format="%H:%M")
        super().__init__({"day": day, "clock": clock, "exact": forms.HiddenInput}, attrs={"class": "ds-input"})

    def decompress(self, value: datetime | None) -> list[Any]:
        if value is None:
            return [None, None, None]
        local = value.astimezone(OSLO)
        return [local.date(), local.time().replace(second=0, microsecond=0), value.isoformat()]


class WhenField(forms.MultiValueField):
    """An instant, entered as Oslo date and time. What never was is refused with a question; what lies ahead, too.

    `ahead` lets an instant lie ahead: a summons does.
    """

    widget = WhenInput

    now: datetime  # set by the sheet the field stands on

    def __init__(self, *, ahead: bool = False, **options: Any) -> None:
        self.ahead = ahead
        wrong_day, wrong_clock = _("Skriv datoen slik: 21.11.2026."), _("Skriv klokkeslettet slik: 20:15.")
        day = forms.DateField(error_messages={"invalid": wrong_day, "incomplete": _("Skriv datoen.")})
        clock = forms.TimeField(error_messages={"invalid": wrong_clock, "incomplete": _("Skriv klokkeslettet.")})
        messages = {
            "required": _("Skriv dato og klokkeslett."),
            "incomplete": _("Skriv både dato og klokkeslett."),
        }
        messages |= options.pop("error_messages", {})
        exact = forms.CharField(required=False, max_length=40)
        super().__init__((day, clock, exact), error_messages=messages, require_all_fields=False, **options)

    def compress(self, parts: Sequence[Any]) -> datetime | None:
        if not parts:
            return None
        day, clock, exact = parts
        at = _exactly(exact, self._instant(day, clock))
        if at > self.now and not self.ahead:
            raise ValidationError(gettext("Tidspunktet er ikke kommet ennå. Når skjedde det?"), code="ahead")
        return at

    def _instant(self, day: date, clock: time) -> datetime:
        try:
            return instant(day, clock)
        except NoSuchTime:
            before, after = (f"{(clock.hour + step) % 24:02}.{clock.minute:02}" for step in (-1, 1))
            question = gettext(
                "Klokka var aldri %(clock)s den natten, for den ble stilt fram. Mente du %(before)s eller %(after)s?"
            ) % {"clock": f"{clock:%H.%M}", "before": before, "after": after}
            raise ValidationError(question, code="skipped") from None


class DayField(forms.DateField):
    """A day that has come: today or earlier."""

    widget = DayInput(format="%Y-%m-%d")

    now: datetime  # set by the sheet the field stands on

    def __init__(self, **options: Any) -> None:
        messages = {"invalid": _("Skriv datoen slik: 21.11.2026."), "required": _("Skriv datoen.")}
        super().__init__(error_messages=messages | options.pop("error_messages", {}), **options)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and day > self.now.astimezone(OSLO).date():
            raise ValidationError(gettext("Datoen er ikke kommet ennå."), code="ahead")
        return day


def _exactly(text: str, at: datetime) -> datetime:
    """The exact instant, if it lies in the minute that stands in the fields."""
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        return at
    return exact if exact.tzinfo and exact.replace(second=0, microsecond=0) == at else at


class Sheet(forms.Form):
    """A form that can be sent once, and that shows what was typed when something must be put right."""

    use_required_attribute = False  # the browser's own bubbles are in the browser's language and vanish
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now = now
        self.fields = {**self.more_fields(), **self.fields}
        self.fields["token"].initial = uuid.uuid4
        for field in self.fields.values():
            _dress(field)
            if isinstance(field, WhenField | DayField):
                field.now = now
        if "at" in self.fields:
            self.fields["at"].initial = now

    def more_fields(self) -> dict[str, forms.Field]:
        """Fields that depend on more than the class."""
        return {}


def _dress(field: forms.Field) -> None:
    if not isinstance(field.widget, forms.MultiWidget | forms.HiddenInput):
        field.widget.attrs.setdefault("class", "ds-input")
    field.error_messages["max_length"] = TOO_LONG


class AfterYes(forms.CharField):
    """A field that must be filled in after a «yes», and only then; so nobody says of it that it may stand blank."""


def longer(
    label: Text, *, required: Text = "", hint: Text = "", rows: int = 3, after_yes: bool = False, most: int = 4000
) -> forms.CharField:
    """A field for a few sentences; `required` is what to say when it is left empty."""
    kind = AfterYes if after_yes else forms.CharField
    return kind(
        label=label,
        required=bool(required),
        max_length=most,
        help_text=hint,
        error_messages={"required": required},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def shorter(label: Text, *, required: Text = "", hint: Text = "", **attributes: str) -> forms.CharField:
    """A field for a name, a number or a reference."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=200,
        help_text=hint,
        error_messages={"required": required},
        widget=forms.TextInput(attrs=attributes),
    )


def choice(
    label: Text, words: Sequence[tuple[str, Text]], *, required: Text, hint: Text = "", initial: str | None = None
) -> forms.ChoiceField:
    """A set of radio buttons, one of which must be chosen."""
    return forms.ChoiceField(
        label=label,
        choices=words,
        help_text=hint,
        initial=initial,
        error_messages={"required": required},
        widget=forms.RadioSelect,
    )
