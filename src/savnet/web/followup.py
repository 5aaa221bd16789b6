"""How a case is followed up, as its screen shows it: whose it is, when it is gone through, what nobody has answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.not_theirs import awaiting, whose
from savnet.casework.questions import asked_in
from savnet.casework.recall import Error, errors
from savnet.followup.models import Watch
from savnet.policy.questions import STANDS, OpenQuestion, Source
from savnet.rules.events import NotTheirs
from savnet.rules.time import norwegian_day
from savnet.rules.words import Actor, QuestionAnswer, Recipient
from savnet.web.wording.duties import duty
from savnet.web.wording.text import Text
from savnet.web.wording.words import word


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its words. Where it is answered tells nothing of where the child may be."""

    question: OpenQuestion
    place: int
    now: datetime

    @property
    def name(self) -> str:
        """What stands for it in an address."""
        return f"{self.question.question.value.replace('_', '-')}-{self.place}"

    @property
    def text(self) -> Text:
        return question_text(self.question.name)

    @property
    def answer(self) -> Text:
        return word("question_answer", self.question.answer)

    @property
    def late(self) -> bool:
        return self.question.late(self.now)

    @property
    def neighbour(self) -> bool:
        """Whether the date is from the rules that the receiver works by, and not the house's own."""
        return self.question.source is Source.NEIGHBOUR

    @property
    def settled(self) -> bool:
        return self.question.answer is QuestionAnswer.CONFIRMED

    @property
    def of_police(self) -> bool:
        return self.question.recipient is Recipient.POLICE_DISTRICT


@dataclass(frozen=True, slots=True)
class Declined:
    """A notice that was not its receiver's, and that nobody has found the right one for."""

    event: NotTheirs

    @property
    def text(self) -> Text:
        words = duty(self.event.obligation, self.event.recipient, None)
        return words.done or words.title


@dataclass(frozen=True, slots=True)
class FollowUp:
    """All of it, for one case."""

    watch: Watch | None
    owner: Person | None
    next_review: date | None
    review_due: bool
    asked: tuple[Asked, ...]
    declined: tuple[Declined, ...]
    errors: tuple[Error, ...]

    @property
    def open(self) -> list[Asked]:
        return [one for one in self.asked if one.question.open]

    @property
    def answered(self) -> list[Asked]:
        return [one for one in self.asked if not one.question.open]

    @property
    def unsettled(self) -> list[Error]:
        return [one for one in self.errors if one.assessed is None or one.answered is None]


def followup(now: CaseAtHand) -> FollowUp:
    """How the case is followed up at this instant."""
    watch = Watch.objects.select_related("owner").filter(case_id=now.id).first()
    return FollowUp(
        watch=watch,
        owner=watch.owner if watch else None,
        next_review=watch.next_review if watch else None,
        review_due=bool(watch and watch.next_review <= norwegian_day(now.now)),
        asked=tuple(every_question(now)),
        declined=tuple(every_declined(now)),
        errors=errors(now.happened),
    )


def every_declined(now: CaseAtHand, actor: Actor = Actor.CENTRE) -> Iterator[Declined]:
    """What the centre (or `actor`) has sent to one whose it was not, and has found nobody else for."""
    yield from (Declined(one) for one in awaiting(now.happened) if whose(one) is actor)


def every_question(now: CaseAtHand, actor: Actor = Actor.CENTRE) -> Iterator[Asked]:
    """The questions of the centre (or `actor`) in the order they are asked, each with its place among all."""
    asked = (Asked(one, place, now.now) for place, one in enumerate(asked_in(now), start=1))
    yield from (one for one in asked if one.question.actor is actor)


def question_text(name: str) -> Text:
    """A question in words, by its name."""
    return word("alert_stands", name.removesuffix(STANDS)) if name.endswith(STANDS) else word("question", name)


KIND = {
    "duty": _("Noe som skal gjøres"),
    "receipt": _("Ingen har bekreftet mottatt"),
    "not_theirs": _("Meldingen var ikke til den som fikk den"),
    "question": _("Mottakeren har ikke svart"),
    "error": _("Et brev gikk til feil mottaker"),
    "unowned": _("Ingen følger opp saken"),
    "unreviewed": _("Saken skal gjennomgås"),
}
"""What waits, in words."""


def subject_text(kind: str, subject: str) -> str:
    """What an alarm is about, in words: an obligation by its own title."""
    parts = subject.removeprefix("receipt|").split("|")
    if kind in {"duty", "receipt"} and len(parts) == 5:
        words = duty(parts[0], parts[1] or None, parts[2] or None)
        title = str(words.title if kind == "duty" else words.done or words.title)
        return title if kind == "duty" else gettext("Ikke bekreftet mottatt: %(what)s") % {"what": title}
    if kind == "question" and len(parts) > 1:
        return str(question_text(parts[1]))
    return str(KIND[kind])
