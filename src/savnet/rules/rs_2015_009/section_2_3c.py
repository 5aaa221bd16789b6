"""Section 2.3 c: representative (or guardian) and lawyer are phoned, and asked what they know."""

from collections.abc import Iterator

from savnet.rules.discharge import reached_and_asked
from savnet.rules.events import CircumstancesNoted, DisappearanceBelieved
from savnet.rules.moment import Moment, Owed, owe
from savnet.rules.obligation import LegalBasis
from savnet.rules.provision import provision
from savnet.rules.words import Actor, Recipient


@provision(
    "c-1",
    also=("c-2",),
    point="2.3 c",
    words="skal varsles per telefon … skal spørre om de har relevante opplysninger",
    readings=(9, 13, 19),
    on=(DisappearanceBelieved, CircumstancesNoted),
)
def phone_representative_and_lawyer(m: Moment) -> Iterator[Owed]:
    """Both are phoned, and asked. The duty to the representative stands also where none is on file: that is a gap."""
    if m.begins:
        yield _phone(m, Recipient.GUARDIAN if m.resident.guardian else Recipient.REPRESENTATIVE)
        if m.resident.lawyer:
            yield _phone(m, Recipient.LAWYER)
    elif m.missing and m.resident.lawyer and not m.before.lawyer:
        yield _phone(m, Recipient.LAWYER)


def _phone(m: Moment, who: Recipient) -> Owed:
    return owe(phone_representative_and_lawyer, m, Actor.CENTRE, who, notice=True, accepts=reached_and_asked)


def to_representative_and_lawyer() -> LegalBasis:
    """Why representative and lawyer may be told."""
    return LegalBasis(provision="c-1", rule="RS 2015-009 punkt 2.3 c")
