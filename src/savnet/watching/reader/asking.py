"""Whether people can get in: the second reader asks the site what any machine may ask, `/helse/klar/`."""

import http.client
import urllib.request

WAIT = 10


def site_answers(address: str) -> bool:
    """Whether the site says that it is ready."""
    try:
        with urllib.request.urlopen(address, timeout=WAIT) as answer:  # noqa: S310 - the settings allow http(s) only
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):
        return False
