"""RS 2015-009 as changed on 2 February 2018: a sentence first in section 4 refers to RS 2018-001 (§ 8-8 a)."""

from savnet.rules.rs_2015_009 import section_4_udi, v2018_01_18
from savnet.rules.rs_2015_009.v2015_07_13 import Duty

_DUTIES = v2018_01_18.DUTIES
_PLACE = _DUTIES.index(section_4_udi.clarify_where_to_live)

DUTIES: tuple[Duty, ...] = (*_DUTIES[:_PLACE], section_4_udi.special_placement, *_DUTIES[_PLACE:])
LEGAL_BASIS_CHILD_WELFARE = v2018_01_18.LEGAL_BASIS_CHILD_WELFARE
WORDING_NOT_AVAILABLE = v2018_01_18.WORDING_NOT_AVAILABLE
ADDRESS_NOT_AVAILABLE = v2018_01_18.ADDRESS_NOT_AVAILABLE
