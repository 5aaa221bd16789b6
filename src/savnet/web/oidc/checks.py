"""`savnet check`: whether the issuers outside are set up so that they can be used."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from savnet.web.oidc.issuers import issuers


@register()
def outside_sign_in(**_: Any) -> list[CheckMessage]:
    """An error for the first thing that is wrong."""
    try:
        issuers()
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="savnet.outside_sign_in")]
    return []
