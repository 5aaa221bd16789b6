"""RS 2015-009 as first issued, 13 July 2015.

The only full text to be had is that of 3 July 2018; its change notes say what the earlier ones had otherwise. Where
the earlier wording itself could not be had, a rule stands without words.
"""

from collections.abc import Iterator

from savnet.rules.moment import Moment, Owed
from savnet.rules.provision import Coded
from savnet.rules.rs_2015_009 import (
    section_2_2,
    section_2_3a,
    section_2_3b,
    section_2_3c,
    section_2_3d,
    section_3,
    section_4_centre,
    section_4_udi,
)
from savnet.rules.words import Recipient

Duty = Coded[[Moment], Iterator[Owed]]

DUTIES: tuple[Duty, ...] = (
    section_2_2.examine_the_reason,
    section_2_3a.report_to_the_police,
    section_2_2.examine_the_circumstances,
    section_2_3b.concern_report,
    section_2_3b.known_address_elsewhere,
    section_2_3b.new_concern_report,
    section_2_3c.phone_representative_and_lawyer,
    section_2_3d.cancel_arrival_interview_with_ank,
    section_2_3d.cancel_age_examination_or_interview,
    section_2_3d.register_as_disappeared,
    section_2_3d.copy_to_the_region,
    section_2_2.tell_all_who_were_told,
    section_3.register_police_copy,
    section_3.register_concern_copy,
    section_3.tell_the_decision_unit,
    section_3.note_new_information,
    section_3.pass_on_to_the_asylum_case,
    section_3.register_known_address,
    section_3.report_concern_where_the_child_is,
    section_3.enter_child_welfare_as_address,
    section_3.tell_that_child_welfare_cares,
    section_3.enter_prison_as_address,
    section_3.tell_of_the_imprisonment,
    section_3.change_address_when_measure_ends,
    section_4_udi.clarify_where_to_live,
    section_4_udi.register_again,
    section_4_udi.ask_asa,
    section_4_udi.assess_need_for_information,
    section_4_udi.request_police_inquiry,
    section_4_udi.reimburse_travel,
    section_4_udi.assess_companion,
    section_4_udi.place_with_adults,
    section_4_centre.receive_the_child,
    section_4_centre.organise_transport,
    section_4_centre.hold_the_talk,
    section_4_centre.follow_rs_2015_007,
    section_4_centre.file_the_talk,
    section_4_centre.report_justified_suspicion,
    section_4_centre.send_what_the_asylum_case_needs,
    section_4_udi.pass_on_to_asa,
)

LEGAL_BASIS_CHILD_WELFARE = section_2_3b.to_child_welfare_before_july_2018
WORDING_NOT_AVAILABLE = frozenset({"b-1", "b-2", "b-3", "b-4"})
ADDRESS_NOT_AVAILABLE = frozenset({Recipient.ANK})


def exchanged(duties: tuple[Duty, ...], old: Duty, new: Duty) -> tuple[Duty, ...]:
    """The duties with one rule exchanged, in the same place. Raises ValueError where the old one is not among them."""
    place = duties.index(old)
    return (*duties[:place], new, *duties[place + 1 :])
