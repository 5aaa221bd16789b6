"""The sheet of the report: the nine questions, and what the concern report must say, with what is known filled in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.casework.facts import ItemAnswer
from savnet.rules.words import CONCERN_ITEM, Answer
from savnet.web.forms import Sheet, WhenField, longer, shorter
from savnet.web.wording.items import BY_ID, DANGERS, ITEMS, SAYS_ITSELF, Item
from savnet.web.wording.words import ANSWER

USUAL = (Answer.YES, Answer.NO, Answer.UNKNOWN)
EXTRA = {"a-10": (Answer.NOT_OBTAINED,)}
ROWS = (1, 2)
"""Room for this many other residents; more go in the text."""
PARTS = ("name", "knows", "with_whom")


@dataclass(frozen=True, slots=True)
class Question:
    """One item as the page lays it out."""

    item: Item
    answer: BoundField
    text: BoundField
    more: tuple[BoundField, ...]


class ReportSheet(Sheet):
    """All that the letters need to be told. What nobody knows is answered «vet ikke»; nothing may stand blank."""

    seen_at = WhenField(label=_("Når ble barnet sist sett?"), required=False)
    seen_place = shorter(_("Hvor?"))
    seen_by = shorter(_("Hvem så barnet?"))
    seen_clothing = shorter(_("Hva hadde barnet på seg?"))
    dangers = forms.MultipleChoiceField(
        label=_("Gjelder noe av dette?"),
        choices=tuple((one, _(one)) for one in DANGERS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    worries = longer(
        _("Hva er dere bekymret for?"),
        required=_("Skriv hva dere er bekymret for når det gjelder dette barnet."),
        hint=SAYS_ITSELF,
        rows=4,
    )
    where_answer = forms.ChoiceField(
        label=_("Vet eller tror dere noe om hvor barnet kan være?"),
        choices=tuple((code.value, ANSWER[code]) for code in USUAL),
        error_messages={"required": _("Svar på om dere vet eller tror noe om hvor barnet kan være.")},
        widget=forms.RadioSelect,
    )
    where_text = longer(_("Hvor barnet kan være"), after_yes=True)
    cities = shorter(_("Byer barnet kan være i"), hint=_("Da kan barnevernet vurdere å varsle barnevernsvakten der."))

    def __init__(self, *args: Any, suggested: Mapping[str, ItemAnswer], **options: Any) -> None:
        super().__init__(*args, initial=_initial(suggested), **options)

    def more_fields(self) -> dict[str, forms.Field]:
        """The nine, and room for other residents."""
        return {**_item_fields(), **_resident_fields()}

    def clean(self) -> dict[str, Any]:
        """A «yes» says what; else nobody could use it."""
        given = super().clean() or {}
        for item in ITEMS:
            said = [given.get(name) for name in (text_name(item), *MORE.get(item.id, ()))]
            if given.get(answer_name(item)) == Answer.YES and not any(said):
                self.add_error(
                    text_name(item),
                    gettext("%(text_label)s: skriv litt om det, eller velg «Vet ikke».")
                    % {"text_label": item.text_label},
                )
        if given.get("where_answer") == Answer.YES and not given.get("where_text"):
            self.add_error("where_text", gettext("Skriv hvor barnet kan være, eller velg «Vet ikke»."))
        if given.get(answer_name(BY_ID["a-7"])) == Answer.YES:
            self._name_residents(given)
        return given

    def _name_residents(self, given: Mapping[str, Any]) -> None:
        """The police get residents by name; what a resident knows must not be lost for want of one."""
        for row in ROWS:
            name, *rest = (given.get(f"resident_{row}_{part}") for part in PARTS)
            if any(rest) and not name:
                self.add_error(
                    f"resident_{row}_name", gettext("Skriv navnet på beboeren. Vet dere det ikke, skriv «ukjent».")
                )

    def questions(self) -> Iterator[Question]:
        """The nine, in the circular's order."""
        for item in ITEMS:
            more = tuple(self[name] for name in MORE.get(item.id, ()))
            yield Question(item, self[answer_name(item)], self[text_name(item)], more)

    def answers(self) -> dict[str, ItemAnswer]:
        """What was answered, as the use case takes it."""
        given = self.cleaned_data
        nine = {item.id: _answer(item, given) for item in ITEMS}
        return {**nine, CONCERN_ITEM: ItemAnswer(Answer.YES, given["worries"].strip(), _whereabouts(given))}


def answer_name(item: Item) -> str:
    return f"{item.id}_answer"


def text_name(item: Item) -> str:
    return f"{item.id}_text"


MORE = {
    "a-3": ("seen_at", "seen_place", "seen_by", "seen_clothing"),
    "a-7": tuple(f"resident_{row}_{part}" for row in ROWS for part in PARTS),
    "a-9": ("dangers",),
}
"""What belongs to an item beside its text."""


def _item_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for item in ITEMS:
        choices = tuple((code.value, ANSWER[code]) for code in (*USUAL, *EXTRA.get(item.id, ())))
        fields[answer_name(item)] = forms.ChoiceField(
            label=item.question,
            choices=choices,
            help_text=item.hint,
            error_messages={"required": gettext("Ikke besvart: %(question)s") % {"question": item.question}},
            widget=forms.RadioSelect,
        )
        fields[text_name(item)] = longer(item.text_label, rows=2, after_yes=item.id not in MORE)
    return fields


def _resident_fields() -> dict[str, forms.Field]:
    labels = {
        "name": gettext("Navn på beboer"),
        "knows": gettext("Hva beboeren vet"),
        "with_whom": gettext("Hvem barnet kan være sammen med"),
    }
    return {f"resident_{row}_{part}": shorter(f"{label} ({row})") for row in ROWS for part, label in labels.items()}


def _initial(suggested: Mapping[str, ItemAnswer]) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for item in ITEMS:
        known = suggested.get(item.id, ItemAnswer())
        initial[text_name(item)] = known.text
        if known.answer is not Answer.NOT_ASKED:
            initial[answer_name(item)] = known.answer.value
    return initial | _initial_details(suggested)


def _initial_details(suggested: Mapping[str, ItemAnswer]) -> dict[str, Any]:
    seen, residents, concerns, worry = (
        suggested.get(item, ItemAnswer()).details for item in ("a-3", "a-7", "a-9", CONCERN_ITEM)
    )
    initial: dict[str, Any] = {f"seen_{part}": seen.get(part, "") for part in ("place", "by", "clothing")}
    initial["seen_at"] = datetime.fromisoformat(seen["at"]) if seen.get("at") else None
    initial["dangers"] = list(concerns.get("dangers", ()))
    for row, one in enumerate(residents.get("residents", ())[: len(ROWS)], start=1):
        initial |= {f"resident_{row}_{part}": value for part, value in one.items()}
    if said := suggested.get(CONCERN_ITEM, ItemAnswer()).text:
        initial |= {"worries": said, "where_answer": worry.get("where_answer"), "where_text": worry.get("where", "")}
        initial["cities"] = ", ".join(worry.get("cities", ()))
    return initial


def _answer(item: Item, given: Mapping[str, Any]) -> ItemAnswer:
    """Only a «yes» carries words and names: what was typed before somebody changed it to «no» must reach nobody."""
    answer = Answer(given[answer_name(item)])
    if answer is not Answer.YES:
        return ItemAnswer(answer)
    details = DETAILS[item.id](given) if item.id in DETAILS else {}
    return ItemAnswer(answer, given[text_name(item)].strip(), details)


def _seen(given: Mapping[str, Any]) -> dict[str, Any]:
    seen = {part: value for part in ("place", "by", "clothing") if (value := given[f"seen_{part}"].strip())}
    return {**seen, "at": given["seen_at"].isoformat()} if given["seen_at"] else seen


def _residents(given: Mapping[str, Any]) -> dict[str, Any]:
    rows = [{part: given[f"resident_{row}_{part}"].strip() for part in PARTS} for row in ROWS]
    named = [row for row in rows if row["name"]]
    return {"residents": named} if named else {}


def _dangers(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"dangers": given["dangers"]} if given["dangers"] else {}


def _whereabouts(given: Mapping[str, Any]) -> dict[str, Any]:
    """Where the child may be; a place and cities only where somebody knows or believes something."""
    if given["where_answer"] != Answer.YES:
        return {"where_answer": given["where_answer"], "where": ""}
    cities = [city.strip() for city in given["cities"].split(",") if city.strip()]
    where = {"where_answer": given["where_answer"], "where": given["where_text"].strip()}
    return {**where, "cities": cities} if cities else where


DETAILS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "a-3": _seen,
    "a-7": _residents,
    "a-9": _dangers,
}
"""What the letter sets out apart, by item."""
