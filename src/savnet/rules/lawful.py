"""Why each disclosure is lawful: by who runs the centre, and who is told."""

from datetime import date

from savnet.rules.obligation import LegalBasis
from savnet.rules.rs_2015_009 import section_2_3a, section_2_3c, section_2_3d
from savnet.rules.rs_2015_009.versions import version_on
from savnet.rules.words import Operator, Recipient

_UDI = frozenset(
    {Recipient.ANK, Recipient.KOR, Recipient.BFE, Recipient.REGION, Recipient.DECISION_UNIT, Recipient.ASA}
)


def legal_basis(recipient: Recipient, operator: Operator, *, on: date) -> LegalBasis | None:
    """The legal basis for telling `recipient`, for a centre run by `operator`, on a day in Norway.

    None where nothing is disclosed: an entry in UDI's own registers, or in the child's own file.
    Source: 2.3 a, b, c and d (a-12, a-13, b-4, d-6, d-7).
    """
    municipal = operator is Operator.MUNICIPAL
    if recipient is Recipient.POLICE_DISTRICT:
        return section_2_3a.municipal_to_police() if municipal else section_2_3a.private_to_police()
    if recipient in _UDI:
        return section_2_3d.municipal_to_udi() if municipal else section_2_3d.private_to_udi()
    if recipient is Recipient.CHILD_WELFARE:
        return version_on(on).legal_basis_child_welfare()
    if recipient in {Recipient.REPRESENTATIVE, Recipient.GUARDIAN, Recipient.LAWYER}:
        return section_2_3c.to_representative_and_lawyer()
    return None
