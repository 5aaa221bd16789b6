"""The end of a case: only with its outcome and its source, when nothing is owed and everyone has been told."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.errors import CaseworkError, NotNow
from savnet.casework.not_theirs import awaiting
from savnet.casework.recall import unsettled
from savnet.policy.questions import questions
from savnet.rules import Derivation, Obligation
from savnet.rules.events import CaseClosed, Returned
from savnet.rules.words import CaseState, ObligationState


def refuse_unfinished(case_id: UUID, *, source: str, now: datetime) -> CaseAtHand:
    """The case, ready to be closed; raises NotNow with what stands in the way, or CaseworkError without a source."""
    case = at_hand(case_id, now)
    case.require(
        CaseState.FOUND,
        CaseState.CLOSED,
        text=_("Saken kan ikke avsluttes før barnet er kommet til rette."),
    )
    if owed := _owed(case):
        text = _(
            "Saken kan ikke avsluttes ennå: %(number)s oppgaver gjenstår. Alle som fikk beskjed, skal også få vite at "
            "barnet er kommet til rette."
        )
        raise NotNow(text % {"number": len(owed)})
    if any(awaiting(case.happened)) or any(unsettled(case.happened)):
        raise NotNow(_("Saken kan ikke avsluttes ennå: en melding gikk til feil mottaker, og det er ikke fulgt opp."))
    if any(one.open and one.stands for one in questions(case.derivation, case.happened)):
        raise NotNow(
            _("Saken kan ikke avsluttes ennå: politiet har ikke bekreftet at etterlysningen er trukket tilbake.")
        )
    if is_closed(case):
        raise NotNow(_("Saken er allerede avsluttet."))
    if not source.strip():
        raise CaseworkError(_("Skriv hvem som kan si hvordan det gikk."), field="source")
    return case


def _owed(case: CaseAtHand) -> list[Obligation]:
    """Also what UDI owes: a case is over when it is over for everyone."""
    return [one for one in case.derivation.obligations if one.state is ObligationState.OPEN]


def outcome(case: CaseAtHand) -> Returned | None:
    """How the disappearance that the case is about ended, as last told."""
    ends = [one for one in case.happened if isinstance(one, Returned)]
    return ends[-1] if ends else None


def is_closed(case: CaseAtHand) -> bool:
    """Whether two have said that it is over since the child came back."""
    ended = outcome(case)
    closed = [one for one in case.happened if isinstance(one, CaseClosed)]
    return bool(closed and ended and closed[-1].at >= ended.at)


def may_be_closed(case: CaseAtHand) -> bool:
    """Whether closing is what remains, for showing the way to it."""
    return case.derivation.state is CaseState.CLOSED and not is_closed(case)


def close(case_id: UUID, *, source: str, proposed_by: Person, by: Person, now: datetime) -> Derivation:
    """Record that the case is over. For `two_persons` alone: whoever calls it has two."""
    if proposed_by.pk == by.pk:
        raise CaseworkError(_("Én person kan ikke avslutte en sak alene."))
    with ledger.hold(case_id):
        case = refuse_unfinished(case_id, source=source, now=now)
        ended = outcome(case)
        if ended is None:
            raise NotNow(_("Det er ikke notert hvordan barnet kom til rette."))
        over = CaseClosed(at=now, outcome=ended.how, source=source.strip(), proposed_by=proposed_by.name, by=by.name)
        return ledger.record(case_id, over, by=by, now=now)
