"""What reaches our own people outside the screens says that something waits, and nothing of what or who it is."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from savnet.access.models import Person
from savnet.cases.owed import owed
from savnet.followup.by_push import ByPush, NoPushKey, is_push_service, public_key
from savnet.followup.models import StaffNotice
from savnet.followup.own_devices import CalendarLink, PushDevice
from savnet.followup.telling import carry_out, tell
from savnet.followup.texts import Kind
from savnet.followup.ways import NotReached
from savnet.register.models import Resident
from web.telling import missing

PAGE, DEVICE, LINK = "/varsler/oppsett/", "/varsler/enhet/", "/varsler/kalender/"


class Service(HTTPServer):
    """A push service on this machine: keeps what it gets, and answers as the test says."""

    answer = 201

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.got: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Taking(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    key = generate_private_key(SECP256R1())
    settings.PUSH_KEY = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    settings.PUSH_CONTACT = "mailto:drift@savnet.example"
    with Service() as service:
        settings.PUSH_SERVICES = [service.origin, "push.example"]
        Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield service
        service.shutdown()


def let_push(client: Client, service: Service, path: str = "/send/abc") -> Any:
    return client.post(DEVICE, {"endpoint": service.origin + path}, follow=True)


def test_a_push_is_signed_as_ours_and_carries_nothing(as_nora: Client, nora: Person, service: Service) -> None:
    let_push(as_nora, service)
    tell(nora, Kind.LATE, now=timezone.now())
    carry_out(now=timezone.now())
    assert StaffNotice.objects.get().told
    ((path, headers, body),) = service.got
    assert (path, body, headers["Content-Length"]) == ("/send/abc", b"", "0")
    assert int(headers["TTL"]) > 0
    token, key = headers["Authorization"].removeprefix("vapid t=").split(", k=")
    assert key == public_key()
    claims = jwt.decode(token, signed_by(key), algorithms=["ES256"], audience=service.origin)
    assert claims["sub"] == "mailto:drift@savnet.example"
    assert claims["exp"] <= timezone.now().timestamp() + 24 * 3600
    assert "frist" not in str(headers).lower()


def signed_by(key: str) -> EllipticCurvePublicKey:
    from base64 import urlsafe_b64decode  # beside its only use

    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), urlsafe_b64decode(key + "=" * (-len(key) % 4)))


@pytest.mark.parametrize("answer", [404, 410])
def test_a_browser_that_wants_no_more_is_forgotten(
    as_nora: Client, nora: Person, service: Service, answer: int
) -> None:
    let_push(as_nora, service)
    service.answer = answer
    with pytest.raises(NotReached):
        ByPush().tell(nora, words=None)  # type: ignore[arg-type]
    assert not ByPush().reaches(nora)


def test_a_service_that_is_busy_is_tried_again_later(as_nora: Client, nora: Person, service: Service) -> None:
    let_push(as_nora, service)
    service.answer = 429
    tell(nora, Kind.WAITING, now=timezone.now())
    carry_out(now=timezone.now())
    assert StaffNotice.objects.get().ways == [{"way": "push", "told": False, "answer": "push: 429"}]
    assert ByPush().reaches(nora)


def test_where_nobody_listens_she_is_not_reached(as_nora: Client, nora: Person, service: Service) -> None:
    let_push(as_nora, service)
    PushDevice.objects.update(endpoint="http://127.0.0.1:9/send")
    with pytest.raises(NotReached, match="NotAPushService"):
        ByPush().tell(nora, words=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://push.example/x", True),
        ("https://eu.push.example/x", True),
        ("http://push.example/x", False),
        ("https://push.example:8443/x", False),
        ("https://evilpush.example/x", False),
        ("https://push.example.evil.example/x", False),
        ("https://a:b@push.example/x", False),
        ("http://127.0.0.1:1/x", False),
        ("https://[::1", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_we_push_to_named_services_and_into_no_network_of_our_own(service: Service, endpoint: str, known: bool) -> None:
    assert is_push_service(endpoint) is known


def test_a_device_stands_once_and_can_be_taken_away(as_nora: Client, nora: Person, service: Service) -> None:
    let_push(as_nora, service)
    assert "Denne enheten får varsler fra nå av." in let_push(as_nora, service).text
    device = PushDevice.objects.get(person=nora)
    as_nora.post(f"{DEVICE}{device.id}/slutt/")
    assert not ByPush().reaches(nora)


def test_an_unknown_service_is_refused(as_nora: Client, service: Service) -> None:
    answer = as_nora.post(DEVICE, {"endpoint": "https://inside.example/"}, follow=True)
    assert "som Savnet ikke kjenner" in answer.text
    assert not PushDevice.objects.exists()


def test_anothers_device_and_link_are_not_there(as_nora: Client, as_olav: Client, service: Service) -> None:
    let_push(as_nora, service)
    as_nora.post(LINK)
    device, link = PushDevice.objects.get(), CalendarLink.objects.get()
    assert as_olav.post(f"{DEVICE}{device.id}/slutt/").status_code == 404
    assert as_olav.post(f"{LINK}{link.id}/slutt/").status_code == 404
    assert as_olav.get(PAGE).context["devices"] == as_olav.get(PAGE).context["links"] == []


def test_reading_changes_nothing(as_nora: Client, db: None) -> None:
    for address in (DEVICE, LINK):
        assert as_nora.get(address).status_code == 302
    assert not PushDevice.objects.exists()
    assert not CalendarLink.objects.exists()


def test_without_a_key_nobody_is_asked(as_nora: Client, settings: Any) -> None:
    settings.PUSH_KEY = ""
    assert "Dette er ikke satt opp her." in as_nora.get(PAGE).text


def test_a_key_that_is_none_says_so(settings: Any) -> None:
    settings.PUSH_KEY = "not a key"
    with pytest.raises(NoPushKey):
        public_key()


def test_the_browsers_script_has_its_sentence_in_the_readers_language(client: Client) -> None:
    assert "Noe venter på deg" in client.get("/varselhjelper/nb.js").content.decode("unicode_escape")
    assert "Something is waiting for you." in client.get("/varselhjelper/en.js").text
    assert client.get("/varselhjelper/xx.js").text == client.get("/varselhjelper/nb.js").text


def test_an_email_says_no_more(nora: Person, selam: Resident, settings: Any) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "savnet@savnet.example"
    nora.email = "nora@granheim.example"
    nora.save(update_fields=["email"])
    missing(selam, nora)
    tell(nora, Kind.LATE, now=timezone.now())
    carry_out(now=timezone.now())
    (sent,) = mail.outbox
    assert "Selam" not in sent.subject + str(sent.body)


def link_of(client: Client) -> str:
    return str(client.post(LINK).context["link"]).split("://", 1)[1].split("/", 1)[1]


def test_a_calendar_shows_when_and_nothing_else(
    as_guard: Client, guard: Person, luwam: Resident, client: Client, settings: Any
) -> None:
    settings.ADDRESS = "https://savnet.example"
    case = missing(luwam, guard)
    answer = client.get("/" + link_of(as_guard))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    limits = {row.latest.replace(second=0, microsecond=0) for row in owed([luwam.centre_id]) if row.latest}
    assert limits
    assert {event["DTEND"].dt for event in events} == limits
    assert {str(event["SUMMARY"]) for event in events} == {"Frist i Savnet"}
    assert {str(event["URL"]) for event in events} == {"https://savnet.example/"}
    for secret in ("Luwam", "Oppdiktet", str(case.id), "Granvik", guard.name):
        assert secret.encode() not in answer.content


def test_the_same_deadline_is_the_same_event_next_time(as_guard: Client, guard: Person, luwam: Resident) -> None:
    missing(luwam, guard)
    where = "/" + link_of(as_guard)
    first, second = (
        [str(one["UID"]) for one in Calendar.from_ical(as_guard.get(where).content).walk("VEVENT")] for _ in "ab"
    )
    assert first == second
    assert len(set(first)) == len(first)


def test_lines_end_and_fold_as_calendar_programs_want_them(as_guard: Client, guard: Person, luwam: Resident) -> None:
    missing(luwam, guard)
    lines = as_guard.get("/" + link_of(as_guard)).content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert any(line.startswith(b"DTSTART:") and line.endswith(b"Z") for line in lines)


def test_only_the_hash_of_the_secret_is_kept_and_it_is_shown_once(as_nora: Client) -> None:
    token = link_of(as_nora).removeprefix("kalender/").removesuffix(".ics")
    assert token not in str(CalendarLink.objects.values().get())
    assert token not in as_nora.get(PAGE).text


def test_a_link_taken_back_leads_nowhere(as_nora: Client, client: Client) -> None:
    where = "/" + link_of(as_nora)
    assert client.get(where).status_code == 200
    as_nora.post(f"{LINK}{CalendarLink.objects.get().id}/slutt/")
    gone, never = client.get(where), client.get("/kalender/aaaa.ics")
    assert (gone.status_code, gone.content) == (never.status_code, never.content) == (404, b"")


def test_a_link_ends_with_the_persons_access(as_nora: Client, nora: Person, client: Client) -> None:
    where = "/" + link_of(as_nora)
    nora.is_active = False
    nora.save(update_fields=["is_active"])
    assert client.get(where).status_code == 404


def test_when_a_link_was_last_used_is_seen(as_nora: Client, client: Client) -> None:
    client.get("/" + link_of(as_nora))
    link = CalendarLink.objects.get()
    assert link.fetched_at
    assert timezone.now() - link.fetched_at < timedelta(minutes=1)
    assert "sist hentet" in as_nora.get(PAGE).text


def test_a_sixth_link_is_not_made(as_nora: Client) -> None:
    for _ in range(5):
        as_nora.post(LINK)
    assert "Du har mange lenker fra før." in as_nora.post(LINK, follow=True).text
    assert CalendarLink.objects.count() == 5


def test_anothers_deadlines_are_in_nobody_elses_calendar(
    as_guard: Client, guard: Person, luwam: Resident, as_olav: Client
) -> None:
    missing(luwam, guard)
    assert not Calendar.from_ical(as_olav.get("/" + link_of(as_olav)).content).walk("VEVENT")
