"""What every kind of import must be able to answer, so that one plan serves them all."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from django.db import models

from savnet.register.imports.cells import Column

Thing = TypeVar("Thing", bound=models.Model)


class Intake(ABC, Generic[Thing]):
    """One kind of thing that can be imported."""

    columns: tuple[Column, ...]

    @abstractmethod
    def lock(self) -> None:
        """Hold what the plan rests on, so that nobody changes it between the comparison and the saving."""

    def load(self) -> None:
        """Read what `find` and `value` look in, as it stands now; for lists long enough for that to matter."""
        return

    def check(self, thing: Thing) -> None:
        """Raise ValidationError or CellError where the thing can't be kept."""
        thing.full_clean()

    @abstractmethod
    def find(self, values: Mapping[str, Any]) -> Thing | None:
        """The one in the register that the row is about. Raises CellError when that can't be told."""

    @abstractmethod
    def key(self, values: Mapping[str, Any]) -> str:
        """What two rows about the same one have in common."""

    @abstractmethod
    def label(self, values: Mapping[str, Any]) -> str:
        """What the row is called in the plan."""

    @abstractmethod
    def value(self, found: Thing | None, field: str) -> Any:
        """What the register holds now in that field."""

    @abstractmethod
    def built(self, found: Thing | None, values: Mapping[str, Any]) -> Thing:
        """The thing as it would be, not yet saved."""

    @abstractmethod
    def save(self, thing: Thing, values: Mapping[str, Any]) -> None:
        """Save it with what belongs to it."""

    def settled(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values after those that only mean something together have been put together."""
        return values

    def merged(self, found: Thing | None, field: str, given: Any) -> Any:
        """What the field would hold, given the cell; the cell itself unless the field is a list that grows."""
        return given

    def doubts(self, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Fields to look twice at, with the reason."""
        return iter(())
