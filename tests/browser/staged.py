"""What the demo's house lacks of events for every page to have something to show: done to a house that runs.

Run as a program in that house's environment; it writes, as JSON, where each person is to look where no link leads.
"""

import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

import django

from savnet.demo import receivers
from savnet.running.local import POST_ROOM

# As the house's own parts have it: without, no letter would go by e-mail.
os.environ.update(receivers.environment(Path(os.environ["SAVNET_STATE_DIR"]) / POST_ROOM))
django.setup()

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from browser.signing_in import COLLEAGUE, LISTED, PASSWORD  # noqa: E402
from savnet.access.models import Person  # noqa: E402
from savnet.access.rights import Role  # noqa: E402
from savnet.access.sign_in import factors, way_back  # noqa: E402
from savnet.access.sign_in.models import RecoveryPerson  # noqa: E402
from savnet.cases.models import Case  # noqa: E402
from savnet.casework import exercises, following_up, recall, silence  # noqa: E402
from savnet.casework.by_hand import hand_over, mark_done  # noqa: E402
from savnet.casework.case_at_hand import at_hand  # noqa: E402
from savnet.casework.knowledge import receive_information  # noqa: E402
from savnet.casework.not_theirs import record_not_theirs  # noqa: E402
from savnet.casework.sending import send  # noqa: E402
from savnet.delivery.channels.paper import HandOver  # noqa: E402
from savnet.delivery.models import Attempt, Message  # noqa: E402
from savnet.register.models import Resident  # noqa: E402
from savnet.rules.words import Actor, Channel, InformationKind, ObligationState, Recipient  # noqa: E402
from savnet.web.accounts import kept  # noqa: E402
from savnet.web.models import UploadedList  # noqa: E402

CARRIED_WITHIN = 120.0


def stage(now: datetime) -> dict[str, list[str]]:
    """Let it all happen, through what the screens themselves call."""
    leader, night = _who("leder"), _who("nattevakt")
    exercises.begin(leader.centre, by=leader, now=now)
    posted_and_declined(_case("Linh"), now)
    only_paper_reaches_them(_case("Linh"), now)
    posted_and_not_confirmed(_case("Yusuf"), now)
    something_is_sent(_case("Bilal"), night, now)
    told_without_a_letter(_case("Amanuel"), night, now)
    a_colleague_wants_in(leader, night, now)
    following_up.watch_over(now=now)
    silence.sound(now=now)
    somewhere = [reverse("resident", args=[_child(name)]) for name in ("Omid", "Amanuel")]
    somewhere += [reverse("disclosed", args=[_child(name)]) for name in ("Linh", "Bilal")]
    return {
        "leder": [*somewhere, reverse("import-plan", args=[a_list_is_uploaded(leader, now)])],
        "nattevakt": [
            *somewhere,
            reverse("recall-sent", args=astray(_case("Linh"), now)),
            reverse("kept-form", args=[kept_for(night, _case("Amanuel"), now)]),
        ],
    }


def only_paper_reaches_them(case_id: UUID, now: datetime) -> None:
    """The region knows an address in a municipality whose child welfare service has no electronic one, and writes."""
    region = _who("region")
    place = {"kind": InformationKind.KNOWN_ADDRESS, "municipality": "9903"}
    receive_information(case_id, text="Bor hos en slektning.", source="Politiet", by=region, now=now, **place)  # type: ignore[arg-type]
    _send(case_id, "3-8", Recipient.CHILD_WELFARE, by=region, now=now, actor=Actor.REGION)


def posted_and_not_confirmed(case_id: UUID, now: datetime) -> None:
    """The region has posted such a report; nobody has said that they have it, nor what they do."""
    _post(case_id, now)


def posted_and_declined(case_id: UUID, now: datetime) -> None:
    """Such a report; child welfare says on the phone that it is not theirs, and not whose it is."""
    letter = _post(case_id, now)
    record_not_theirs(letter, by_name="Vera Vakt", why="Flyttet.", at=now, by=_who("region"), now=now)


def _post(case_id: UUID, now: datetime) -> Message:
    only_paper_reaches_them(case_id, now)
    letter = Message.objects.filter(case_id=case_id, obligation="3-8").latest("composed_at")
    hand_over(letter.id, HandOver(channel=Channel.POST, at=now), by=_who("region"), now=now)
    return letter


def something_is_sent(case_id: UUID, night: Person, now: datetime) -> None:
    """Word of the return leaves for the region; the worker carries it to the post room."""
    _send(case_id, "2.2-7", Recipient.REGION, by=night, now=now, actor=Actor.CENTRE)
    until = monotonic() + CARRIED_WITHIN
    while not Attempt.objects.filter(message__case_id=case_id, outcome="accepted", ended_at__gt=now).exists():
        assert monotonic() < until, "the worker did not carry the letter"
        sleep(0.2)


def told_without_a_letter(case_id: UUID, night: Person, now: datetime) -> None:
    """BFE has had word by post, written outside Savnet; nobody there has confirmed it."""
    (owed,) = [one for one in at_hand(case_id, now).derivation.obligations if one.id == "d-2"]
    mark_done(case_id, owed.key, by=night, now=now, channel=Channel.POST)


def _send(case_id: UUID, duty: str, to: Recipient, *, by: Person, now: datetime, actor: Actor) -> None:
    every = at_hand(case_id, now).derivation.obligations
    owed = [one.key for one in every if one.id == duty and one.recipient is to and one.state is ObligationState.OPEN]
    send(case_id, by=by, now=now, only=owed[:1], actor=actor, said="Barnet skal bo hos en slektning.")


def a_colleague_wants_in(leader: Person, night: Person, now: datetime) -> None:
    """The leader has given the first half; the night guard may give the other."""
    colleague = Person.objects.create_user(
        COLLEAGUE, password=PASSWORD, name="Kine Kveldås", role=Role.SHIFT_STAFF, centre=leader.centre
    )
    secret = factors.new_secret()
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert factors.take_up_codes(colleague, secret, code)
    RecoveryPerson.objects.create(person=night, named_by=leader, named_at=now)
    way_back.ask(colleague, "Mistet telefonen", by=leader, now=now)


def astray(case_id: UUID, now: datetime) -> list[object]:
    """The letter that the demo lets go astray; its recall is sent, so that no link leads to that any more."""
    (error,) = recall.errors(at_hand(case_id, now).happened)
    return [case_id, error.number]


def a_list_is_uploaded(leader: Person, now: datetime) -> UUID:
    """One new child, and one who is here already under another room."""
    known = Resident.objects.filter(centre=leader.centre).exclude(duf_number="").first()
    assert known
    data = LISTED.format(
        duf=known.duf_number, given=known.given_name, family=known.family_name, born=known.born
    ).encode()
    return UploadedList.objects.create(person=leader, centre=leader.centre, name="liste.csv", data=data, at=now).id


def kept_for(night: Person, case_id: UUID, now: datetime) -> UUID:
    """What the night guard wrote when the session had just ended."""
    typed = {"what": "Ringte alle på gangen.", "finding": "Ingen har sett barnet."}
    form_id = kept.keep(RequestFactory().post(reverse("inquiry", args=[case_id]), typed), night.pk, now)
    assert form_id
    return form_id


def _who(username: str) -> Person:
    return Person.objects.select_related("centre").get(username=username)


def _child(given_name: str) -> UUID:
    return Resident.objects.get(given_name=given_name).id


def _case(given_name: str) -> UUID:
    return Case.objects.get(resident__given_name=given_name).id


if __name__ == "__main__":
    began = timezone.now() - timedelta(seconds=1)
    sys.stdout.write(json.dumps(stage(began)))
