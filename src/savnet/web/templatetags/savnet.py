"""Filters and tags of the screens: Oslo times, words for codes, and form fields in the design system's markup."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from savnet.delivery.models import Message
from savnet.policy.house import HOUSE_POLICIES
from savnet.policy.ladders_shown import LADDERS_SHOWN
from savnet.rules import INTERPRETATIONS, Interpretation, Obligation
from savnet.web import times
from savnet.web.forms import AfterYes
from savnet.web.wording import words
from savnet.web.wording.duties import duty

register = template.Library()


def _now(context: dict[str, Any]) -> datetime:
    now: datetime = context["now"]
    return now


@register.simple_tag(takes_context=True)
def when(context: dict[str, Any], at: datetime | None) -> SafeString | str:
    """An instant in words, with the exact instant for machines and a full date for those who hover."""
    if at is None:
        return gettext("ukjent tidspunkt")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', at.isoformat(), times.full(at), times.when(at, _now(context))
    )


@register.simple_tag(takes_context=True)
def countdown(context: dict[str, Any], latest: datetime) -> SafeString:
    """The time left, true when the page was made; the script keeps it true afterwards."""
    text = times.remaining(latest, _now(context))
    return format_html('<time class="countdown" datetime="{}" data-until>{}</time>', latest.isoformat(), text)


@register.simple_tag(takes_context=True)
def clock(context: dict[str, Any], latest: datetime) -> SafeString:
    """The time left as it stands alone, in the big clock."""
    text = times.left(latest, _now(context))
    return format_html('<time class="countdown" datetime="{}" data-until="left">{}</time>', latest.isoformat(), text)


@register.simple_tag(takes_context=True)
def lasted(context: dict[str, Any], at: datetime) -> SafeString:
    """How long something has lasted; counts on with the script."""
    text = times.since(at, _now(context))
    return format_html('<time class="lasted" datetime="{}" data-since>{}</time>', at.isoformat(), text)


@register.filter
def oslo(at: datetime) -> str:
    return times.full(at)


@register.filter
def long_date(day: date) -> str:
    return times.long_date(day)


@register.filter
def word(code: str | None, kind: str) -> str:
    """The Norwegian word for a code of the contract: {{ channel|word:"channel" }}."""
    return words.word(kind, code)


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, row: bool = False) -> dict[str, Any]:
    """One form field with label, description and error, whatever its widget; `row` lays choices side by side."""
    optional = not bound.field.required and not isinstance(bound.field, AfterYes)
    return {"field": bound, "hint": bound.help_text, "kind": _kind(bound), "row": row, "optional": optional}


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"  # also several boxes to tick: they are a group, and no box of their own
    kind = getattr(widget, "input_type", "textarea")
    return kind if kind in {"checkbox", "when", "hidden"} else "input"


@register.filter
def dial(number: str) -> str:
    """A telephone number as a telephone wants it: digits, and a plus in front where there is one."""
    return "".join(sign for place, sign in enumerate(number.strip()) if sign.isdigit() or (sign == "+" and place == 0))


@register.filter
def lower_first(text: str) -> str:
    """A title as part of a sentence."""
    return text[:1].lower() + text[1:]


@register.inclusion_tag("web/parts/house.html")
def house(name: str) -> dict[str, Any]:
    """A choice of the house in its own words, marked as such, so that nobody takes it for law."""
    return {"policy": next(one for one in HOUSE_POLICIES if one.name == name)}


@register.inclusion_tag("web/parts/ladders.html")
def ladders() -> dict[str, Any]:
    """When the house tells somebody of what, ladder by ladder."""
    return {"policies": LADDERS_SHOWN}


@register.filter
def readings(owed: Obligation) -> list[Interpretation]:
    """How the unclear sentences that a duty rests on are read; shown as readings, never as the circular's words."""
    return [one for one in INTERPRETATIONS if one.number in owed.interpretations]


@register.filter
def inside(text: str) -> str:
    """A name as it stands inside a sentence."""
    return words.inside(text)


@register.filter
def done_words(obligation: str, letter: Message) -> str:
    """What a letter is, by the obligation it meets."""
    return str(duty(obligation, letter.recipient, letter.copy_of).done)
