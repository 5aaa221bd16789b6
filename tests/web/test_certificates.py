"""Certificates of lawyers and representatives: by address, by two who can check the fingerprint, and watched."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.proposals import Proposal
from savnet.access.rights import Role
from savnet.casework.readiness import ready_for, with_all
from savnet.delivery.certificates import add_certificate
from savnet.delivery.models import ReceiverCertificate
from savnet.demo.authority import issue_for_mail, new_authority
from savnet.register.models import Centre, Recipient, Resident
from web.telling import filled, send_in

pytestmark = pytest.mark.django_db
LAWYER = "arne@advokat.example"
NEW = "/mottakere/sertifikater/nytt/"


@pytest.fixture
def keepers(db: None) -> tuple[Client, Client]:
    first, other = Client(), Client()
    for client, name in ((first, "Kari"), (other, "Knut")):
        client.force_login(Person.objects.create_user(name.lower(), name=name, role=Role.REGISTER_KEEPER))
    return first, other


def certificate_for(address: str, *, days: int = 90) -> str:
    begin = timezone.now() - timedelta(days=1)
    until = begin + timedelta(days=days + 1, hours=1)
    made = issue_for_mail(new_authority("Prøveutsteder", begin), address, name="P", valid_from=begin, valid_until=until)
    return made.certificate.public_bytes(Encoding.PEM).decode()


def put_forward(client: Client, *, address: str = LAWYER, pem: str = "") -> object:
    given = {"address": address, "certificate": pem or certificate_for(address), "why": "Fra advokaten selv"}
    return client.post(NEW, filled(client, NEW) | given)


def confirm(client: Client) -> object:
    return client.post(f"/venter/{Proposal.objects.get().id}/", {"token": str(uuid4()), "do": "confirm", "note": ""})


def points(child: Resident) -> dict[str, bool]:
    return {one.item: one.in_place for one in ready_for(with_all(child.id), timezone.now()).points}


def test_a_lawyers_certificate_is_taken_into_use_by_two(keepers: tuple[Client, Client], luwam: Resident) -> None:
    luwam.contacts.filter(kind="lawyer").update(email=LAWYER.upper().replace("EXAMPLE", "example"))
    assert points(luwam)["lawyer_certificate"] is False
    kari, knut = keepers
    assert put_forward(kari).status_code == 302  # type: ignore[attr-defined]
    assert not ReceiverCertificate.objects.exists()
    shown = knut.get(f"/venter/{Proposal.objects.get().id}/").text
    assert "Fingeravtrykk (SHA-256)" in shown
    assert LAWYER in shown
    assert confirm(kari).status_code == 422  # type: ignore[attr-defined]
    confirm(knut)
    assert ReceiverCertificate.objects.get().added_by == "Knut"
    assert points(luwam)["lawyer_certificate"] is True
    assert LAWYER in kari.get("/mottakere/sertifikater/").text


def test_who_has_no_e_mail_lacks_no_certificate(luwam: Resident) -> None:
    luwam.contacts.update(email="")
    assert not [item for item in points(luwam) if item.endswith("_certificate")]


def test_the_keeper_is_not_told_whose_lawyer_it_is(keepers: tuple[Client, Client], luwam: Resident) -> None:
    luwam.contacts.filter(kind="lawyer").update(email=LAWYER)
    add_certificate(LAWYER, certificate_for(LAWYER), by="prøve", now=timezone.now())
    fingerprint = ReceiverCertificate.objects.get().sha256
    for address in ("/mottakere/sertifikater/", f"/mottakere/sertifikater/{fingerprint}/"):
        page = keepers[0].get(address).text
        assert LAWYER in page
        assert luwam.given_name not in page


@pytest.mark.parametrize(("days", "said"), [(90, None), (59, "Går ut om 59 dager"), (6, "Går ut om 6 dager")])
def test_the_list_warns_before_one_runs_out(keepers: tuple[Client, Client], days: int, said: str | None) -> None:
    add_certificate(LAWYER, certificate_for(LAWYER, days=days), by="prøve", now=timezone.now())
    page = keepers[0].get("/mottakere/sertifikater/").text
    assert (said in page) if said else ("Går ut" not in page)


def test_one_that_has_run_out_still_stands_there(keepers: tuple[Client, Client]) -> None:
    add_certificate(LAWYER, certificate_for(LAWYER), by="prøve", now=timezone.now())
    ReceiverCertificate.objects.update(valid_until=timezone.now() - timedelta(days=2))
    assert "Gått ut" in keepers[0].get("/mottakere/sertifikater/").text


def test_one_stops_the_use_at_once(keepers: tuple[Client, Client]) -> None:
    add_certificate(LAWYER, certificate_for(LAWYER), by="prøve", now=timezone.now())
    fingerprint = ReceiverCertificate.objects.get().sha256
    assert send_in(keepers[0], f"/mottakere/sertifikater/{fingerprint}/").status_code == 302
    assert ReceiverCertificate.objects.get().withdrawn_by == "Kari"
    assert keepers[0].get(f"/mottakere/sertifikater/{fingerprint}/").status_code == 404


@pytest.mark.parametrize(
    ("address", "made_for", "said"),
    [
        ("ikke en adresse", LAWYER, "Skriv e-postadressen slik den står i sertifikatet."),
        ("advokat@ekte-firma.no", LAWYER, "Skriv e-postadressen slik den står i sertifikatet."),
        (LAWYER, "en.annen@advokat.example", "ikke utstedt til denne adressen"),
    ],
)
def test_what_could_seal_no_letter_is_not_proposed(
    keepers: tuple[Client, Client], address: str, made_for: str, said: str
) -> None:
    refused = put_forward(keepers[0], address=address, pem=certificate_for(made_for))
    assert said in refused.text  # type: ignore[attr-defined]
    assert not Proposal.objects.exists()


def test_an_offices_certificate_belongs_with_the_office(keepers: tuple[Client, Client], granvik: Centre) -> None:
    office = Recipient.objects.filter(kind="police_district", invented=True).first()
    assert office
    office.channels.create(channel="encrypted_email", address="Vakt@politi.example", valid_from="2025-01-01", order=3)
    refused = put_forward(keepers[0], address="vakt@politi.example")
    assert "hører til et kontor" in refused.text  # type: ignore[attr-defined]
