"""The page of the documentation that shows what may be filled in, made from the forms: `docs/reference/fields.md`."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import django
from django import forms
from django.apps import apps
from django.db import models
from django.utils import translation

OPENING = """# What may be filled in

Made from the forms of the screens and the tables of the register; a test fails where this page and they differ. To
write it anew: `python -m savnet.web.reference > docs/reference/fields.md`.

Nothing is read that stands in no form. Line breaks and spaces at the ends are put in order; a text that is longer than
is said here, a choice that was not offered, a day or an instant that can't be, is refused, and the page says what to
put right. Times are Oslo's. Fields that depend on what is registered, such as the rows of the nine questions, one for
each item, are made as the page is, and bound in the same way. What events and duties take is in [the rules](rules.md),
what lists that are imported take in [the register](../running/register.md).

## The screens
"""
TOGETHER = """
## What must fit together in the register

What no single field can tell. The database refuses what does not hold, whoever writes; the screen says it in words. A
name in the second column is the rule's own. Beside these, a child's age is compared with what the circular is for, a
DUF number with its check digits, and a municipality with the day on which it existed: these three are asked about, and
can be saved all the same, since what stands on a paper may be wrong.
"""
KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.MultipleChoiceField, "some of those offered"),
    (forms.ChoiceField, "one of those offered"),
    (forms.MultiValueField, "day and time"),
    (forms.DateTimeField, "day and time"),
    (forms.DateField, "day"),
    (forms.TimeField, "time of day"),
    (forms.BooleanField, "yes or no"),
    (forms.UUIDField, "token against sending twice"),
    (forms.EmailField, "e-mail address"),
    (forms.FileField, "file"),
    (forms.IntegerField, "whole number"),
    (forms.CharField, "text"),
)


def page() -> str:
    """The whole page, in the source language of the labels."""
    with translation.override("nb"):
        return "\n".join((OPENING, *_screens(), TOGETHER, *_register(), ""))


def _screens() -> Iterator[str]:
    yield "| form | field | label | what | must be given | longest |"
    yield "|---|---|---|---|---|---|"
    for form in _forms():
        for name, field in form.base_fields.items():
            if name != "token":
                what = _kind(field), "yes" if field.required else "–", str(getattr(field, "max_length", None) or "–")
                yield f"| `{_called(form)}` | `{name}` | {field.label or '–'} | {' | '.join(what)} |"


def _forms() -> list[type[forms.Form]]:
    """Every form of the screens, by where it stands."""
    package = import_module("savnet.web")
    for found in walk_packages(package.__path__, "savnet.web."):
        if ".migrations" not in found.name:
            import_module(found.name)
    ours = {one for one in _below(forms.Form) if one.__module__.startswith("savnet.web")}
    return sorted((one for one in ours if one.base_fields), key=_called)


def _below(kind: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _called(form: type[forms.Form]) -> str:
    return f"{form.__module__.removeprefix('savnet.web.')}.{form.__name__}"


def _kind(field: forms.Field) -> str:
    return next((said for kind, said in KINDS if isinstance(field, kind)), type(field).__name__)


def _register() -> Iterator[str]:
    yield "| table | rule |"
    yield "|---|---|"
    for model in apps.get_app_config("register").get_models():
        for rule in model._meta.constraints:
            kind = "one only: " if isinstance(rule, models.UniqueConstraint) else ""
            yield f"| `{model.__name__}` | {kind}{rule.name.replace('_', ' ')} |"


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(page())
