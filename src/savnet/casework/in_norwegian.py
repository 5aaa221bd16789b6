"""What is recorded, and what stands in letters, is Norwegian: whoever writes it may read the screens in English."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import translation

P = ParamSpec("P")
Written = TypeVar("Written")


def in_norwegian(write: Callable[P, Written]) -> Callable[P, Written]:
    """Let a function write bokmål, whatever language the person at the screen reads."""

    @wraps(write)
    def written(*args: P.args, **options: P.kwargs) -> Written:
        with translation.override("nb"):
            return write(*args, **options)

    return written
