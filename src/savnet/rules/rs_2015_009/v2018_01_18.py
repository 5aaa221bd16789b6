"""RS 2015-009 as changed on 18 January 2018: the Arrival Unit (ANK) is now the Coordination Unit (KOR)."""

from savnet.rules.rs_2015_009 import section_2_3d, v2015_07_13
from savnet.rules.words import Recipient

DUTIES = v2015_07_13.exchanged(
    v2015_07_13.DUTIES,
    section_2_3d.cancel_arrival_interview_with_ank,
    section_2_3d.cancel_arrival_interview_with_kor,
)
LEGAL_BASIS_CHILD_WELFARE = v2015_07_13.LEGAL_BASIS_CHILD_WELFARE
WORDING_NOT_AVAILABLE = v2015_07_13.WORDING_NOT_AVAILABLE
ADDRESS_NOT_AVAILABLE = frozenset({Recipient.KOR})
