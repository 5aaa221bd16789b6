"""RS 2015-009 as last changed, 3 July 2018: 2.3 b follows utlendingsforskriften § 17-6, in force from 1 July 2018."""

from savnet.rules.rs_2015_009 import section_2_3b, v2018_02_27
from savnet.rules.words import Recipient

DUTIES = v2018_02_27.DUTIES
LEGAL_BASIS_CHILD_WELFARE = section_2_3b.to_child_welfare
WORDING_NOT_AVAILABLE: frozenset[str] = frozenset()
ADDRESS_NOT_AVAILABLE: frozenset[Recipient] = frozenset()
