"""A text that is shown: said already, or said when the reader's language is known."""

from typing import TYPE_CHECKING

from django.utils.functional import lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text
else:
    Text = object

__all__ = ["Text", "capital"]


def _capital(text: Text) -> str:
    said = str(text)
    return said[:1].upper() + said[1:]


capital = lazy(_capital, str)
"""The text with a capital first, as it stands alone."""
