"""The people of the offices, and the addresses of their screens."""

from typing import Any

from django.test import Client

from savnet.access.models import Person
from savnet.access.proposals import Proposal
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.delivery.models import Message
from savnet.register.models import Recipient
from savnet.rules import Obligation
from savnet.rules.words import Recipient as Kind
from savnet.web.shown import slug
from web.telling import ALL_UNKNOWN, duty, missing, now_of, page, send_in

UNITS = (
    (Kind.KOR, "Koordineringsenheten (KOR)"),
    (Kind.ASA, "Asylavdelingen (ASA)"),
    (Kind.DECISION_UNIT, "Vedtaksenheten"),
    (Kind.UNE, "Utlendingsnemnda"),
    (Kind.PU, "Politiets utlendingsenhet"),
)
PEOPLE: dict[str, tuple[Role, dict[str, str]]] = {
    "rune": (Role.REGIONAL_OFFICER, {"region": "fjord"}),
    "frida": (Role.REGIONAL_OFFICER, {"region": "fjell"}),
    "kari": (Role.KOR_OFFICER, {}),
    "berit": (Role.BFE_OFFICER, {}),
    "asta": (Role.ASA_OFFICER, {}),
    "unni": (Role.RECEIVING_OFFICER, {"office": "une"}),
    "pål": (Role.RECEIVING_OFFICER, {"office": "pu"}),
}


def furnish_units() -> None:
    """Units of UDI and others that only paper reaches."""
    for kind, name in UNITS:
        Recipient.objects.create(
            kind=kind.value, name=name, phone="+47 00 55 00 10", address="Postboks 2\n0000 Granvik",
            confirmed=True, invented=True,
        )  # fmt: skip


def at(name: str) -> Client:
    """A browser with this person signed in; she is employed if she is not already."""
    role, where = PEOPLE[name]
    person = Person.objects.filter(username=name).first() or Person.objects.create_user(
        name, name=f"{name.title()} Kontor", title="Rådgiver", phone="+47 00 55 00 11", role=role, **where
    )
    client = Client()
    client.force_login(person)
    return client


def told(case: Case, rest: str = "") -> str:
    """The case as the offices see it."""
    return f"/kontor/{case.id}/{rest}"


def at_owed(case: Case, screen: str, id_: str, recipient: str | None = None) -> str:
    return told(case, f"{screen}/{slug(duty(case, id_, recipient))}/")


def owed_by(actor: str, case: Case) -> set[str]:
    """What an office leaves open in the case."""
    return {one.id for one in now_of(case).derivation.obligations if one.actor == actor and one.state == "open"}


def confirm(client: Client, case: Case, owed: Obligation, reference: str = "DOK-1") -> Any:
    return send_in(client, told(case, f"mottatt/{slug(owed)}/"), reference=reference)


def second_says_yes(client: Client) -> Any:
    """Whoever sits at this screen confirms what another has proposed."""
    proposal = Proposal.objects.get(answer="")
    return send_in(client, f"/venter/{proposal.id}/", do="confirm")


def post_letters(client: Client, case: Case, **only: str) -> None:
    """Hand over, on paper, every letter of the case that the person at the screen may carry."""
    for letter in Message.objects.filter(case_id=case.id, channel="post", attempts=None, **only):
        send_in(client, told(case, f"brev/{letter.id}/levert/"), channel="post")


def reported_and_copied(client: Client, child: Any, by: Person) -> Case:
    """Reported to police and child welfare across the desk, and the copies posted to the region."""
    case = missing(child, by)
    send_in(client, page(case, "meld/"), **ALL_UNKNOWN)
    for id_, channel in (("a-1", "in_person"), ("b-4", "post"), ("d-5", "post")):
        for letter in Message.objects.filter(case_id=case.id, obligation=id_):
            send_in(client, page(case, f"brev/{letter.id}/levert/"), channel=channel)
    return case
