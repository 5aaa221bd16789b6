"""Who answers for what the house does by itself, such as copies that follow and letters that go on paper instead."""

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.delivery.models import Message


def sender_of(message: Message) -> Person:
    """Who composed the message and let it go, also when she has left since."""
    return Person.objects.get(pk=message.composed_by)


def answering_for(message: Message) -> Person:
    """Who answers for what follows of the message now: its sender; where she has left, her leader or office.

    Nobody who has left is made to sign anew, or to record. Only where the centre has nobody else is it her all the
    same: a letter to the region must not wait for somebody to be employed.
    """
    sender = sender_of(message)
    if sender.is_active:
        return sender
    if sender.centre_id is None:
        office = Person.objects.filter(role=sender.role, region=sender.region, office=sender.office, is_active=True)
        return office.order_by("username").first() or sender
    centre = Case.objects.values_list("centre_id", flat=True).get(id=message.case_id)
    at_work = Person.objects.filter(centre_id=centre, is_active=True).order_by("username")
    return at_work.filter(role=Role.CENTRE_LEADER).first() or at_work.first() or sender
