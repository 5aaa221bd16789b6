"""Break-glass: another centre's child is opened in an emergency; the leader there is told, and reviews it afterwards.

Whoever opens names the child; nobody is shown whom there is to choose among, and every try stands in the access log.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from anyascii import anyascii
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from savnet.access.emergencies import BreakGlass, EmergencyReason, Verdict
from savnet.access.models import Person
from savnet.access.rights import RIGHTS, Action, Relation, Role
from savnet.access.row_security import house
from savnet.casework.errors import CaseworkError
from savnet.followup.telling import tell
from savnet.followup.texts import Kind
from savnet.policy.house import BREAK_GLASS_LASTS
from savnet.register.models import Alias, Resident

SHORTEST = 2
"""So many letters a word must have to tell one child from another."""


def open_in_emergency(
    centre_id: UUID | None, who: str, *, reason: EmergencyReason, why: str, by: Person, now: datetime
) -> BreakGlass:
    """Open the one child that `who` names, at the centre or, where nobody knows which, wherever she lives.

    Raises CaseworkError where none fits, or several do; the text is the same, so that nothing is learnt by trying.
    """
    if reason is EmergencyReason.OTHER and not why.strip():
        raise CaseworkError(_("Skriv hvorfor det ikke kan vente."), field="why")
    with house("who breaks the glass can't reach the child before"):
        child = _the_one(centre_id, who)
        return _open(child, reason=reason, why=why, by=by, now=now)


def _the_one(centre_id: UUID | None, who: str) -> Resident:
    """The only child living at the centre whom the words or the number fit."""
    living = Resident.objects.filter(left__isnull=True, **({"centre_id": centre_id} if centre_id else {}))
    found = _fitting(living, who)
    if len(found) != 1:
        text = _(
            "Fant ikke ett barn som passer. Skriv både fornavn og etternavn, eller DUF-nummeret, og se at det er "
            "rett mottak."
        )
        raise CaseworkError(text, field="who")
    return living.get(id=found[0])


def _fitting(living: QuerySet[Resident], who: str) -> list[UUID]:
    """Who may be meant, of perhaps all the country's children: their names are read, and nothing else of them."""
    typed = {plain for word in who.split() if len(plain := _plain(word)) >= SHORTEST}
    if not typed:
        return []
    known: dict[UUID, set[str]] = {}
    for child, *names in living.order_by().values_list("id", "given_name", "family_name", "original_name"):
        known[child] = {_plain(word) for name in names for word in name.split()}
    for child, name in Alias.objects.filter(resident__in=living.order_by()).values_list("resident_id", "name"):
        known.setdefault(child, set()).update(_plain(word) for word in name.split())
    numbered = living.filter(duf_number="".join(who.split())).values_list("id", flat=True)
    return list({*numbered, *(child for child, words in known.items() if typed <= words)})


def _plain(word: str) -> str:
    """A word as people type it: without case, marks or script."""
    return (word if word.isascii() else anyascii(word)).casefold().strip(".,-")


def _open(child: Resident, *, reason: EmergencyReason, why: str, by: Person, now: datetime) -> BreakGlass:
    """One who has it open already gets the same opening: a second tap tells nobody anew."""
    still = BreakGlass.objects.filter(person=by, resident=child, until__gt=now, ended=None).first()
    if still:
        return still
    opened = BreakGlass.objects.create(
        person=by,
        resident=child,
        centre_id=child.centre_id,
        reason=reason.value,
        why=why.strip(),
        at=now,
        until=now + BREAK_GLASS_LASTS,
    )
    for one in _reviewers(child.centre_id, by):
        tell(one, Kind.EMERGENCY, now=now)
    return opened


def _reviewers(centre_id: UUID, by: Person) -> Iterable[Person]:
    """The leaders of the centre; where it has none but the one who opened, those who oversee the country."""
    people = Person.objects.filter(is_active=True).exclude(pk=by.pk)
    leaders = list(people.filter(role__in=_roles(Relation.OWN_CENTRE), centre_id=centre_id))
    return leaders or list(people.filter(role__in=_roles(Relation.COUNTRY)))


def _roles(relation: Relation) -> list[str]:
    """The roles that review where they stand so, by the table."""
    return [role.value for role in Role if relation in RIGHTS[role].get(Action.REVIEW_BREAK_GLASS, frozenset())]


def open_now(person: Person, resident_id: UUID, now: datetime) -> BreakGlass | None:
    """The opening by which the person sees the child now."""
    return BreakGlass.objects.filter(person=person, resident_id=resident_id, until__gt=now, ended=None).first()


def end(opened: BreakGlass, *, by: Person, now: datetime) -> None:
    """Close again before the time is up; for who opened."""
    if opened.person_id == by.pk:
        BreakGlass.objects.filter(id=opened.id, ended=None).update(ended=now)


def to_review(centre_id: UUID | None = None) -> QuerySet[BreakGlass]:
    """What nobody has reviewed, at a centre or in the country; the oldest first."""
    waiting = BreakGlass.objects.filter(verdict="").select_related("person__centre", "centre")
    here = waiting.filter(centre_id=centre_id) if centre_id else waiting
    return here.prefetch_related("resident").order_by("at")  # who oversees the country reaches no child


def review(opened_id: UUID, verdict: Verdict, *, note: str, by: Person, now: datetime) -> BreakGlass:
    """Say whether it was in order. Raises CaseworkError for one's own, one already reviewed, and a bare «follow up»."""
    opened = BreakGlass.objects.select_for_update(of=("self",)).get(id=opened_id)
    if opened.person_id == by.pk:
        raise CaseworkError(_("Du kan ikke vurdere din egen nødåpning. En annen leder må gjøre det."))
    if opened.verdict:
        raise CaseworkError(_("Nødåpningen er allerede vurdert."))
    if verdict is Verdict.FOLLOW_UP and not note.strip():
        raise CaseworkError(_("Skriv hva som må følges opp."), field="note")
    opened.verdict, opened.verdict_note = verdict.value, note.strip()
    opened.reviewed_by, opened.reviewed_at = by, now
    opened.save(update_fields=["verdict", "verdict_note", "reviewed_by", "reviewed_at"])
    return opened
