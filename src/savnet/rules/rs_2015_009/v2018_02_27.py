"""RS 2015-009 as changed on 27 February 2018: the Coordination Unit's e-mail address is updated.

No duty changes. The address before this day could not be had.
"""

from savnet.rules.rs_2015_009 import v2018_02_02
from savnet.rules.words import Recipient

DUTIES = v2018_02_02.DUTIES
LEGAL_BASIS_CHILD_WELFARE = v2018_02_02.LEGAL_BASIS_CHILD_WELFARE
WORDING_NOT_AVAILABLE = v2018_02_02.WORDING_NOT_AVAILABLE
ADDRESS_NOT_AVAILABLE: frozenset[Recipient] = frozenset()
