"""A centre of its own for the main journeys, with a guard and five children for each way of using the pages.

Run as a program in the environment of a house that runs, with the names of the ways; it writes, as JSON, what each way
needs to know. Nobody else's children are touched, so that other tests of the same house find what they look for.
"""

import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from savnet.demo import receivers
from savnet.running.local import POST_ROOM

# As the house's own parts have it: without, no letter would go by e-mail.
os.environ.update(receivers.environment(Path(os.environ["SAVNET_STATE_DIR"]) / POST_ROOM))
django.setup()

from allauth.mfa.totp.internal import auth as totp  # noqa: E402
from django.utils import timezone  # noqa: E402

from browser.signing_in import PASSWORD  # noqa: E402
from savnet.access.models import Person  # noqa: E402
from savnet.access.proposals import ProposalKind  # noqa: E402
from savnet.access.rights import Role  # noqa: E402
from savnet.access.sign_in import factors  # noqa: E402
from savnet.casework import absence, facts, receipt_links, sending  # noqa: E402
from savnet.casework.returning import note_return  # noqa: E402
from savnet.casework.two_persons import propose  # noqa: E402
from savnet.delivery.models import Message  # noqa: E402
from savnet.demo.cases import ANSWERS, disappear  # noqa: E402
from savnet.demo.offices import give_address  # noqa: E402
from savnet.register.models import Centre, Contact, Recipient, Resident  # noqa: E402
from savnet.rules import write_instant  # noqa: E402
from savnet.rules.words import Recipient as Kind  # noqa: E402
from savnet.rules.words import ReturnedHow  # noqa: E402

REGION = "vidda"
CHILDREN = ("Gjemt", "Funnet", "Tilbake", "Talt", "Nærstad")
"""Who disappears, is found elsewhere, has come back, is counted, and lives at the other centre."""


def centre_of_its_own(now: datetime) -> Centre:
    """Like the one in Solvær, under a regional office that sees nobody else's children."""
    if there := Centre.objects.filter(number="D-77").first():
        return there
    office = Recipient.objects.create(
        kind=Kind.REGION.value,
        number=REGION,
        name="UDI Regionkontor Vidda",
        phone="+47 00 55 00 11",
        address="Postboks 3\n0000 Granvik",
        source="Oppdiktet for prøvene",
        invented=True,
        confirmed=True,
    )
    give_address(office, "vidda@udi.example", now)
    centre = Centre.objects.get(number="D-02")
    centre.pk, centre.number, centre.name, centre.region = None, "D-77", "Vidda mottak", REGION
    centre._state.adding = True
    centre.save(force_insert=True)
    Person.objects.create_user("region-vidda", name="Vigdis Viddås", role=Role.REGIONAL_OFFICER, region=REGION)
    return centre


def prepare(way: str, centre: Centre, elsewhere: Centre, now: datetime) -> dict[str, str]:
    """One guard, one leader and their children."""
    guard, leader = (_person(f"{who}-{way}", role, centre) for who, role in ROLES.items())
    secret = factors.new_secret()
    guard.set_password(PASSWORD)
    guard.save(update_fields=["password"])
    spent = next(totp.yield_hotp_counters_from_time())
    assert factors.take_up_codes(guard, secret, totp.format_hotp_value(totp.hotp_value(secret, spent)))
    gone, found, back, counted, there = (
        _child(f"{given} {way.title()}", elsewhere if given == CHILDREN[-1] else centre) for given in CHILDREN
    )
    _found_elsewhere(found, leader, now)
    link = _told_and_back(back, guard, now)
    names = {"gone": gone, "found": found, "back": back, "counted": counted, "elsewhere": there}
    said = {role: child.name for role, child in names.items()}
    return {**said, "guard": guard.username, "secret": secret, "spent": str(spent), **link}


ROLES = {"vakt": Role.SHIFT_STAFF, "leder": Role.CENTRE_LEADER}


def _person(username: str, role: Role, centre: Centre) -> Person:
    return Person.objects.create_user(username, name=username.title(), role=role, centre=centre)


def _child(name: str, centre: Centre) -> Resident:
    given, family = name.split(" ", 1)
    today = timezone.localdate()
    child = Resident.objects.create(
        centre=centre, given_name=given, family_name=family, born=today.replace(year=today.year - 16, day=1),
        sex="male", citizenship="Syria", languages="arabisk", description="Om lag 170 cm.", clothing="Blå jakke.",
        room="12", unaccompanied=True,
    )  # fmt: skip
    Contact.objects.create(resident=child, kind="representative", name="Rita Fiktivsen", phone="+47 00 88 00 10")
    return child


def _found_elsewhere(child: Resident, leader: Person, now: datetime) -> None:
    """The leader has given the first half; another on duty gives the other."""
    case_id = disappear(child, by=leader, noticed=now - timedelta(hours=4), believed=now - timedelta(hours=3))
    content: dict[str, Any] = {
        "how": ReturnedHow.FOUND_BY_OTHER.value,
        "at": write_instant(now - timedelta(minutes=5)),
        "source": "Operasjonssentralen",
        "municipality": "",
        "note": "",
    }
    propose(ProposalKind.FOUND, content, by=leader, now=now, case_id=case_id)


def _told_and_back(child: Resident, guard: Person, now: datetime) -> dict[str, str]:
    """Child welfare has a letter to confirm, and the region a child who is back."""
    case = absence.notice(child, by=guard, now=now - timedelta(hours=5))
    absence.believe(case.id, by=guard, now=now - timedelta(hours=4), why="Ikke å finne.")
    facts.record_answers(case.id, ANSWERS, by=guard, now=now - timedelta(hours=3))
    sending.send(case.id, by=guard, now=now - timedelta(hours=3))
    link = _link(case.id, now)
    note_return(case.id, how=ReturnedHow.TO_CENTRE, by=guard, now=now)
    return link


def _link(case_id: UUID, now: datetime) -> dict[str, str]:
    letter = Message.objects.filter(case_id=case_id, recipient=Kind.CHILD_WELFARE.value).first()
    assert letter
    secret = receipt_links.renew(letter, now=now)
    assert secret
    return {"token": secret.token, "code": secret.code}


if __name__ == "__main__":
    when = timezone.now() - timedelta(seconds=1)
    its_own, other = centre_of_its_own(when), Centre.objects.get(number="D-02")
    sys.stdout.write(json.dumps({way: prepare(way, its_own, other, when) for way in sys.argv[1:]}))
