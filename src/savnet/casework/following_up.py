"""The worker's round over open cases: each is watched over, owned, and what waits in it stands as rows.

A ledger is opened only where it has grown since it was last read, so that a round over many quiet cases is short.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.closing import is_closed
from savnet.casework.contained import each
from savnet.casework.loose_ends import OPEN_CASES, of_office
from savnet.casework.not_theirs import awaiting, whose
from savnet.casework.owners import AT_CENTRE, as_recorded, see_to_owner
from savnet.casework.questions import asked_in
from savnet.casework.recall import unsettled
from savnet.casework.reviews import following_review
from savnet.followup.models import OpenItem, ReadLedger, Watch
from savnet.policy.questions import OpenQuestion
from savnet.policy.waiting import Waiting
from savnet.rules.events import NotTheirs
from savnet.rules.words import Actor, CaseState

logger = logging.getLogger(__name__)


def watch_over(*, now: datetime) -> None:
    """One round: begin and end watches, see to owners, and find again what waits where a ledger has grown.

    Raises NotAllDone at the end where a case could not be looked at, for a reason other than damage.
    """
    each(list(to_look_at()), lambda case_id: _look_at_one(case_id, now))


def _look_at_one(case_id: UUID, now: datetime) -> None:
    try:
        look_at(case_id, now=now)
    except ledger.DamagedLedger:
        # The doctor names the damage.
        logger.exception("a damaged ledger")


def to_look_at() -> Iterator[UUID]:
    """Cases whose ledger has grown; that have no watch, or ought not to; or whose owner can't follow it up any more.

    Whatever its state: one may come to an end, or a mistake come to light in one that is over, while nobody watches.
    """
    real = Case.objects.filter(centre__exercise_of__isnull=True)
    read = ReadLedger.objects.filter(case_id=OuterRef("id"), read_to=OuterRef("head_sequence"))
    watch = Watch.objects.filter(case_id=OuterRef("id"))
    owners = Person.objects.filter(is_active=True, role__in=AT_CENTRE, centre_id=OuterRef(OuterRef("centre_id")))
    fit = watch.annotate(can=Exists(owners.filter(pk=OuterRef("owner_id")))).filter(can=True)
    here = fit.filter(centre_id=OuterRef("centre_id"))
    # One where nothing is owed any more is watched over all the same, until two have closed it.
    wanting = (Q(state__in=OPEN_CASES) | (Q(state=CaseState.CLOSED.value) & Exists(watch))) & ~Exists(here)
    never = Q(state=CaseState.NONE.value) & Exists(watch)
    yield from real.filter(~Exists(read) | wanting | never).order_by("id").values_list("id", flat=True)


def look_at(case_id: UUID, *, now: datetime) -> None:
    """See to one case. Done twice, it is done once."""
    with ledger.hold(case_id):
        case = Case.objects.select_related("resident", "centre").get(id=case_id)
        known = at_hand(case_id, now)
        if _is_over(known):
            Watch.objects.filter(case_id=case_id).delete()
        else:
            watch = _watch(case, now)
            as_recorded(known, watch)
            see_to_owner(case, watch, now=now)
        _find_again(at_hand(case_id, now))


def _is_over(case: CaseAtHand) -> bool:
    """Whether nobody need follow it up: closed by two, or it never was a disappearance."""
    return case.derivation.state is CaseState.NONE or (case.derivation.state is CaseState.CLOSED and is_closed(case))


def _watch(case: Case, now: datetime) -> Watch:
    """The watch over an open case, begun now if there is none."""
    watch = Watch.objects.select_related("owner").filter(case_id=case.id).first()
    if watch is None:
        watch = Watch(case_id=case.id, since=now, unowned_since=now, centre_id=case.centre_id)
    watch.centre_id = case.centre_id
    watch.next_review = following_review(case, watch, last=watch.reviewed_on)
    watch.save()
    return watch


def _find_again(case: CaseAtHand) -> None:
    """Write what waits in the case as rows, and take away what no longer does."""
    wanted = {one.subject: one for one in open_items(case)}
    OpenItem.objects.filter(case_id=case.id).exclude(subject__in=wanted).delete()
    OpenItem.objects.bulk_create(
        wanted.values(),
        update_conflicts=True,
        unique_fields=["case_id", "subject"],
        update_fields=["centre", "kind", "arisen_at", "latest"],
    )
    head = Case.objects.values_list("head_sequence", flat=True).get(id=case.id)
    declined = sorted({one.message for one in case.happened if isinstance(one, NotTheirs) and one.message})
    ReadLedger.objects.update_or_create(case_id=case.id, defaults={"read_to": head, "declined": declined})


def open_items(case: CaseAtHand) -> Iterator[OpenItem]:
    """What waits in the case beside its obligations, each with when it begins to."""
    before = _named_by_place(case)
    for one in asked_in(case):
        if one.open:
            yield _item(case, Waiting.QUESTION, before.get(_alike(one)) or _name(one), one.due)
    for said in awaiting(case.happened):
        yield _item(case, Waiting.NOT_THEIRS, of_office(f"not_theirs|{said.number}", whose(said)), said.at)
    for error in unsettled(case.happened):
        if error.assessed is None:
            yield _item(case, Waiting.ERROR, f"error|{error.number}", error.event.at, latest=error.report_by)
        if error.answered is None:
            yield _item(case, Waiting.ERROR, f"recall|{error.number}", error.event.at)


Alike = tuple[str, str, int, Actor]


def _name(one: OpenQuestion) -> str:
    """How alarms and pauses know a question, whatever others come and go."""
    return of_office(f"question|{one.name}|{one.minute}|{one.which}", one.actor)


def _alike(one: OpenQuestion) -> Alike:
    return one.name, one.minute, one.which, one.actor


def _named_by_place(case: CaseAtHand) -> dict[Alike, str]:
    """Questions that were named by their place among all, before 22 November 2026: alarms and pauses go by that name.

    Where two were put alike in one minute, which was which can't be told, and both are named anew.
    """
    kept = OpenItem.objects.filter(case_id=case.id, kind=Waiting.QUESTION.value).values_list("subject", flat=True)
    parts = [(subject.split("|"), subject) for subject in kept]
    old = [((one[1], one[3], 1, Actor.CENTRE), subject) for one, subject in parts if len(one[3]) > len(one[2])]
    alike = Counter(name for name, _ in old)
    return {name: subject for name, subject in old if alike[name] == 1}


def _item(
    case: CaseAtHand, kind: Waiting, subject: str, arisen_at: datetime, *, latest: datetime | None = None
) -> OpenItem:
    return OpenItem(
        case_id=case.id,
        centre_id=case.case.centre_id,
        kind=kind.value,
        subject=subject,
        arisen_at=arisen_at,
        latest=latest,
    )
