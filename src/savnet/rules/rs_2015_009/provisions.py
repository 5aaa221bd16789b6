"""Which provisions are coded, and by which functions: what the guard test and the readers of scenarios go by."""

from collections.abc import Iterator
from typing import Any

from savnet.rules.provision import Coded
from savnet.rules.rs_2015_009 import (
    section_1,
    section_2_2,
    section_2_3a,
    section_2_3b,
    section_2_3c,
    section_2_3d,
    section_3,
    section_4_centre,
    section_4_udi,
)

SECTIONS = (
    section_1,
    section_2_2,
    section_2_3a,
    section_2_3b,
    section_2_3c,
    section_2_3d,
    section_3,
    section_4_udi,
    section_4_centre,
)


def coded() -> Iterator[Coded[..., Any]]:
    """Every function that carries out a provision, section by section, in the order of the circular."""
    for section in SECTIONS:
        yield from (one for one in vars(section).values() if isinstance(one, Coded))


CODED_IDS = frozenset(name for one in coded() for name in (one.id, *one.also))
"""The ids of every provision that a function carries out."""

KNOWN_IDS = frozenset(name for one in coded() if one.on for name in (one.id, *one.also))
"""The ids that an act may name: the obligations, and the provisions they carry out too."""
