"""Everything that waits across the house without anybody having acted, from rows alone: no ledger is opened."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from savnet.cases.models import ObligationRow
from savnet.delivery.models import Message
from savnet.followup.models import OpenItem, ReadLedger, ReceiverAnswer, Watch
from savnet.policy.ladder import Ladder, Rung, due, following, ladder_for
from savnet.policy.receipts import OF_OFFICES
from savnet.policy.waiting import LADDERS, Waiting
from savnet.rules.time import OSLO, norwegian_day
from savnet.rules.words import Actor, CaseState, ObligationState, Recipient, Standard

Cases = Collection[UUID] | None
KEY = ("case_id", "obligation", "recipient", "copy_of", "because")
OPEN_CASES = (CaseState.ABSENT.value, CaseState.MISSING.value, CaseState.FOUND.value)
CONFIRMING = (Recipient.POLICE_DISTRICT.value, Recipient.CHILD_WELFARE.value)
"""Those whose receipt the house goes after. All are asked to confirm; these must act on what they got."""
STILL_ASKED = timedelta(days=30)
"""In a case that is over, a receipt is gone after this long."""
MORNING = time(8)
"""When on its day a review is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseEnd:
    """One matter that waits. `subject` tells it from every other in its case, and says nothing of the child."""

    case_id: UUID
    centre_id: UUID
    kind: Waiting
    subject: str
    ladder: Ladder
    arisen_at: datetime
    latest: datetime | None = None
    actor: Actor = Actor.CENTRE

    @property
    def limit(self) -> datetime:
        """When it begins to be late: the law's limit, or the house's own where there is none."""
        return self.latest or self.arisen_at + self.ladder.limit

    def due(self, now: datetime) -> Rung | None:
        """The newest rung whose time has come."""
        return due(self.ladder, self.arisen_at, now, latest=self.latest)

    def following(self, now: datetime) -> Rung:
        """The next rung."""
        return following(self.ladder, self.arisen_at, now, latest=self.latest)


def loose_ends(
    now: datetime, *, case_id: UUID | None = None, among: Collection[UUID] | None = None
) -> Iterator[LooseEnd]:
    """All that waits at this instant, in the whole house, in one case or among some; exercises apart."""
    cases = among if case_id is None else [case_id]
    yield from _duties(cases)
    yield from _receipts(now, cases)
    yield from _items(now, cases)
    yield from _watches(now, cases)


def _of(cases: Cases) -> Q:
    real = Q(centre__exercise_of__isnull=True)
    return real if cases is None else real & Q(case_id__in=cases)


def _duties(cases: Cases) -> Iterator[LooseEnd]:
    rows = ObligationRow.objects.filter(_of(cases), state=ObligationState.OPEN.value)
    for row, subject in _named(rows):
        yield LooseEnd(
            case_id=row.case_id,
            centre_id=row.centre_id,
            kind=Waiting.DUTY,
            subject=subject,
            ladder=ladder_for(Standard(row.standard), latest=row.latest),
            arisen_at=row.arisen_at,
            latest=row.latest,
            actor=Actor(row.actor),
        )


def _receipts(now: datetime, cases: Cases) -> Iterator[LooseEnd]:
    """Notices that nobody has confirmed. Who says that one isn't theirs has answered, and is not waited for."""
    declined = _declined(cases)
    sent = ObligationRow.objects.filter(_of(cases), sent_at__isnull=False, received_at=None)
    asked = Q(case__state__in=OPEN_CASES) | Q(sent_at__gt=now - STILL_ASKED)
    gone_after = Q(actor=Actor.CENTRE.value) | Q(obligation__in=OF_OFFICES)
    rows = sent.filter(asked, gone_after, recipient__in=CONFIRMING)
    for row, subject in _named(rows):
        notice = (row.case_id, row.obligation, row.recipient, row.copy_of, row.because)
        if declined[notice]:
            declined[notice] -= 1
        elif row.sent_at:
            yield LooseEnd(
                case_id=row.case_id,
                centre_id=row.centre_id,
                kind=Waiting.RECEIPT,
                subject=f"receipt|{subject}",
                ladder=LADDERS[Waiting.RECEIPT],
                arisen_at=row.sent_at,
                actor=Actor(row.actor),
            )


def _declined(cases: Cases) -> Counter[tuple[UUID, str, str, str, int]]:
    """How many of each notice are declined, and confirmed by nobody. To which municipality each went is sealed.

    Declined on the page just now, or told us and read in the ledger since.
    """
    answers, read = ReceiverAnswer.objects.filter(theirs=False), ReadLedger.objects.exclude(declined=[])
    if cases is not None:
        answers, read = answers.filter(link__case_id__in=cases), read.filter(case_id__in=cases)
    declined = set(answers.values_list("link__message_id", flat=True))
    declined |= {UUID(one) for ids in read.values_list("declined", flat=True) for one in ids}
    messages = Message.objects.filter(id__in=declined, receipts=None).order_by()
    rows = messages.values_list("case_id", "obligation", "recipient", "copy_of", "because")
    return Counter((case, duty, recipient, copy_of or "", because) for case, duty, recipient, copy_of, because in rows)


def _items(now: datetime, cases: Cases) -> Iterator[LooseEnd]:
    for item in OpenItem.objects.filter(_of(cases), arisen_at__lte=now):
        kind = Waiting(item.kind)
        yield LooseEnd(
            case_id=item.case_id,
            centre_id=item.centre_id,
            kind=kind,
            subject=item.subject,
            ladder=LADDERS[kind],
            arisen_at=item.arisen_at,
            latest=item.latest,
            actor=_whose(item.subject),
        )


def of_office(subject: str, actor: Actor) -> str:
    """The subject of what waits beside the obligations, with whose it is to see to where that is not the centre."""
    return subject if actor is Actor.CENTRE else f"{subject}|{actor}"


def _whose(subject: str) -> Actor:
    last = subject.rpartition("|")[2]
    return next((one for one in Actor if one == last), Actor.CENTRE)


def _watches(now: datetime, cases: Cases) -> Iterator[LooseEnd]:
    today = norwegian_day(now)
    for watch in Watch.objects.filter(_of(cases)).filter(Q(owner=None) | Q(next_review__lte=today)):
        if watch.owner_id is None and watch.unowned_since:
            since = watch.unowned_since
            yield _of_watch(watch, Waiting.UNOWNED, f"unowned|{since:%Y-%m-%dT%H:%M:%S}", since)
        morning = datetime.combine(watch.next_review, MORNING, tzinfo=OSLO)
        if morning <= now:
            yield _of_watch(watch, Waiting.UNREVIEWED, f"review|{watch.next_review}", morning)


def _of_watch(watch: Watch, kind: Waiting, subject: str, arisen_at: datetime) -> LooseEnd:
    return LooseEnd(
        case_id=watch.case_id,
        centre_id=watch.centre_id,
        kind=kind,
        subject=subject,
        ladder=LADDERS[kind],
        arisen_at=arisen_at,
    )


def _named(rows: QuerySet[ObligationRow]) -> Iterator[tuple[ObligationRow, str]]:
    """Each row with what it is called: the parts of its key but for the municipality, which could tell where she is.

    Those that differ only in that are counted, in the order they arose; one that is done counts too, so that the next
    does not come by its name, its alarms and its pause.
    """
    same = ObligationRow.objects.filter(position__lte=OuterRef("position"), **{one: OuterRef(one) for one in KEY})
    which = Subquery(same.order_by().values("case_id").annotate(number=Count("pk")).values("number"))
    for row in rows.annotate(which=which).order_by("case_id", "position").iterator():
        yield row, f"{row.obligation}|{row.recipient}|{row.copy_of}|{row.because}|{row.which}"
