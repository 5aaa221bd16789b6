"""What a rule sees when something happens: the event, its disappearance, and who answers for the child."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from savnet.rules.discharge import any_way
from savnet.rules.events import DisappearanceBelieved, Done, Event, InformationReceived, Returned
from savnet.rules.facts import Appointment, Centre, Resident
from savnet.rules.obligation import LegalBasis, Obligation, Refusal, Told
from savnet.rules.provision import Coded
from savnet.rules.words import Actor, InformationKind, Recipient, Standard


@dataclass(slots=True, kw_only=True, eq=False)
class Disappearance:
    """One disappearance of the child, from the belief that begins it; who was told of it; how it ended."""

    began: DisappearanceBelieved
    refusal: Refusal | None
    first: bool = True
    told: dict[tuple[Recipient, str | None], Told] = field(default_factory=dict)
    returns: list[Returned] = field(default_factory=list)
    whereabouts: list[InformationReceived] = field(default_factory=list)
    consents: dict[str, bool] = field(default_factory=dict)
    duf_updated: Event | None = None

    @property
    def ended(self) -> bool:
        """Whether the child has come back, reported anew or been found."""
        return bool(self.returns)

    @property
    def consented(self) -> bool:
        """Whether the resident, or the representative or guardian, stands by a consent (4-19, reading 14)."""
        return any(self.consents.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An obligation that arises, and what will discharge it.

    `accepts` judges an act named as done, `met_by` any other event. `replaces` is the same duty with another
    recipient before; `supersedes` are duties whose place this one takes. `appointments` decide the priority (d-3).
    `already` is the event that did it beforehand.
    """

    obligation: Obligation
    accepts: Callable[[Done], bool]
    met_by: Callable[[Event], bool] | None = None
    replaces: Obligation | None = None
    supersedes: tuple[Obligation, ...] = ()
    appointments: tuple[datetime, ...] = ()
    needs_consent: bool = False
    already: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One happening. `discharged` is the obligation it discharged, where that is what sets the rule off.

    `written_at` is when the letter by which somebody is `newly_told` was composed; None where no letter is known.
    """

    event: Event
    centre: Centre
    resident: Resident
    before: Resident
    disappearance: Disappearance | None
    find: Callable[[tuple[str, ...], datetime], tuple[Obligation, ...]]
    addresses: tuple[InformationReceived, ...]
    appointments: tuple[Appointment, ...]
    age_examined_over_18: bool
    without_words: frozenset[str]
    lawful: Callable[[Recipient], LegalBasis | None]
    discharged: Obligation | None = None
    newly_told: Told | None = None
    written_at: datetime | None = None

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.event.at

    @property
    def begins(self) -> bool:
        """Whether this is where a disappearance begins."""
        return self.disappearance is not None and self.event is self.disappearance.began

    @property
    def missing(self) -> bool:
        """Whether the child is missing: disappeared and not yet back or found."""
        return self.disappearance is not None and not self.disappearance.ended

    @property
    def found(self) -> bool:
        """Whether the child has come back or been found after the disappearance."""
        return self.disappearance is not None and self.disappearance.ended

    @property
    def first_return(self) -> bool:
        """Whether this is the first word that the child is back or found."""
        return self.disappearance is not None and self.disappearance.returns[:1] == [self.event]

    def information(self, kind: InformationKind) -> Iterator[InformationReceived]:
        """Information of this kind that now sets duties off: just received, or known when the disappearance began."""
        if isinstance(self.event, InformationReceived) and self.event.kind is kind:
            yield self.event
        # What was learnt after an earlier disappearance set its duties off at once.
        first = self.begins and self.disappearance and self.disappearance.first
        if first and kind is InformationKind.KNOWN_ADDRESS:
            yield from self.addresses

    def of(self, *ids: str) -> tuple[Obligation, ...]:
        """The obligations of this disappearance with these ids, as they stand."""
        return self.find(ids, self.at)


def owe(
    rule: Coded[..., Any],
    moment: Moment,
    actor: Actor,
    recipient: Recipient | None = None,
    *,
    standard: Standard = Standard.NONE,
    latest: datetime | None = None,
    because: int | None = None,
    municipality: str | None = None,
    copy_of: str | None = None,
    remark: str | None = None,
    also: tuple[str, ...] = (),
    notice: bool = False,
    accepts: Callable[[Done], bool] = any_way,
    met_by: Callable[[Event], bool] | None = None,
    replaces: Obligation | None = None,
    supersedes: tuple[Obligation, ...] = (),
    appointments: tuple[datetime, ...] = (),
    needs_consent: bool = False,
    already: Event | None = None,
) -> Owed:
    """The obligation that `rule` makes arise at this moment, with the rule's basis and readings.

    A notice carries why it may be told; a rule whose wording in that version could not be had stands without words.
    """
    discloses = notice and recipient and (actor is Actor.CENTRE or rule.id == "3-8")
    obligation = Obligation(
        id=rule.id,
        also=rule.also + also,
        actor=actor,
        recipient=recipient,
        municipality=municipality,
        copy_of=copy_of,
        because=moment.event.number if because is None else because,
        standard=standard,
        latest=latest,
        remark=remark,
        basis=replace(rule.basis, words=None) if rule.id in moment.without_words else rule.basis,
        arisen_at=moment.at,
        is_notice=notice,
        legal_basis=moment.lawful(recipient) if discloses and recipient else None,
        interpretations=rule.interpretations,
    )
    return Owed(
        obligation=obligation,
        accepts=accepts,
        met_by=met_by,
        replaces=replaces,
        supersedes=supersedes,
        appointments=appointments,
        needs_consent=needs_consent,
        already=already,
    )
