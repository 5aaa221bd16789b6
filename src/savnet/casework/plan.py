"""What goes to whom, by which way and why, before it goes; and what stands in the way."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext, gettext_noop

from savnet.access.models import Person
from savnet.casework.case_at_hand import CaseAtHand, Key
from savnet.casework.draft import Draft
from savnet.casework.holding_back import held_back, key_of
from savnet.casework.office_letters import NEEDS_WORDS
from savnet.casework.routes import Route, route
from savnet.casework.told_from import as_told
from savnet.casework.writing import is_met_by_letter, write
from savnet.delivery.models import Message
from savnet.letters import Letter
from savnet.register.resolution import NoRecipient, Resolution
from savnet.register.routing import resolve
from savnet.rules import Obligation
from savnet.rules.events import RightReceiverNamed
from savnet.rules.time import norwegian_day
from savnet.rules.words import Actor, ObligationState, Recipient

__all__ = ["Key", "Planned", "letter_for", "messages_by_key", "plan", "planned", "receivers_of"]

NAMED = gettext_noop("Ny mottaker er funnet for en melding som gikk feil")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One notice: its obligation, its receiver with the reason, its way.

    `nobody` says why nobody can be named, or why it is held back and doesn't go of itself; and what to do instead.
    """

    obligation: Obligation
    resolution: Resolution | None = None
    route: Route | None = None
    nobody: NoRecipient | None = None
    message: Message | None = None

    @property
    def receiver(self) -> Resolution:
        """The receiver. Raises NoRecipient where nobody can be named."""
        if self.resolution is None:
            raise self.nobody or NoRecipient(gettext("Ingen mottaker er funnet."), gettext("Kontroller registeret."))
        return self.resolution

    @property
    def way(self) -> Route:
        """The way it goes. Raises NoRecipient where nobody can be named."""
        if self.route is None:
            raise self.nobody or NoRecipient(gettext("Ingen mottaker er funnet."), gettext("Kontroller registeret."))
        return self.route

    @property
    def ready(self) -> bool:
        """Whether there is a receiver, and nothing has been composed yet."""
        return self.resolution is not None and self.message is None


def plan(
    case: CaseAtHand, *, held: bool = False, only: Collection[Key] | None = None, actor: Actor = Actor.CENTRE
) -> tuple[Planned, ...]:
    """Every notice the centre (or `actor`) still owes by letter, with where it goes; what is composed says so.

    With `held`, those that are held back are planned like any other: a person has decided that they go all the same.
    With `only`, just those with these keys.
    """
    owed = owed_by_letter(case, actor)
    wanted = [one for one in owed if (one.id not in NEEDS_WORDS if only is None else one.key in only)]
    composed = messages_by_key(case) if wanted else {}
    return tuple(_plan_one(case, one, composed.get(one.key), held=held) for one in wanted)


def _plan_one(case: CaseAtHand, obligation: Obligation, message: Message | None, *, held: bool) -> Planned:
    why_not = None if held or message else held_back(case, obligation)
    return Planned(obligation=obligation, nobody=why_not) if why_not else planned(case, obligation, message)


def owed_by_letter(case: CaseAtHand, actor: Actor = Actor.CENTRE) -> Iterator[Obligation]:
    """The open obligations of the centre (or `actor`) that a letter meets."""
    for one in case.derivation.obligations:
        if one.state is ObligationState.OPEN and one.actor is actor and is_met_by_letter(one):
            yield one


def planned(case: CaseAtHand, obligation: Obligation, message: Message | None = None) -> Planned:
    """Where one notice goes."""
    try:
        resolution = resolution_for(case, obligation)
    except NoRecipient as nobody:
        return Planned(obligation=obligation, nobody=nobody, message=message)
    way = route(obligation, resolution, case.resident.centre, case.now)
    return Planned(obligation=obligation, resolution=resolution, route=way, message=message)


def resolution_for(case: CaseAtHand, obligation: Obligation) -> Resolution:
    """The receiver of an obligation, by rule and number. Raises NoRecipient where nobody can be named."""
    if obligation.recipient is None:
        raise NoRecipient(gettext("Plikten har ingen mottaker."), gettext("Gjør det som står, og kryss av."))
    found = resolve(
        obligation.recipient,
        resident=as_told(case, obligation),
        municipality=obligation.municipality,
        on=norwegian_day(case.now),
    )
    return replace(found, reason=f"{gettext(NAMED)}.") if _was_named(case, obligation) else found


def _was_named(case: CaseAtHand, obligation: Obligation) -> bool:
    """Whether somebody has named this child welfare service because another said that the notice was not theirs.

    Nobody need know an address there, which is why one goes to another municipality else.
    """
    named = (one for one in case.happened if isinstance(one, RightReceiverNamed))
    whose = {(one.obligation, one.municipality) for one in named}
    return obligation.recipient is Recipient.CHILD_WELFARE and (obligation.id, obligation.municipality) in whose


def messages_by_key(case: CaseAtHand) -> dict[Key, Message]:
    """The messages composed in the case and not withdrawn, by the obligation they meet. Their letters are not read."""
    messages = Message.objects.filter(case_id=case.id, withdrawal__isnull=True).defer("sealed_letter", "sealed_data")
    rows = messages.prefetch_related("attempts", "receipts", "reroutings", "statuses")
    return {key_of(one): one for one in rows}


def receivers_of(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[Key, str]]:
    """The names of those whom these cases' messages are for, by the obligation that each meets."""
    names: dict[uuid.UUID, dict[Key, str]] = {one: {} for one in case_ids}
    messages = Message.objects.filter(case_id__in=case_ids, withdrawal__isnull=True)
    for one in messages.defer("sealed_letter", "sealed_data"):
        names[one.case_id][key_of(one)] = one.recipient_name
    return names


def letter_for(case: CaseAtHand, one: Planned, *, by: Person, message_id: uuid.UUID, said: str = "") -> Letter:
    """The letter of a planned notice, as it would go under this message id."""
    return write(
        Draft(
            case=case,
            obligation=one.obligation,
            resolution=one.receiver,
            channel=one.way.counts_as,
            by=by,
            reference=message_id.hex[:8].upper(),
            said=said,
        )
    )
