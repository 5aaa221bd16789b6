"""The headers of every answer, address by address: signed out, in the wrong role, in the right one, and on errors.

`headers.golden` is the whole of what is right. An address that answers as all others do needs no line there.
"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, resolve

from savnet.access.models import Person
from savnet.access.rights import RIGHTS, Role
from savnet.cases.models import Case
from savnet.delivery.models import Message
from savnet.register.models import Centre
from web.test_database_gone import no_database

GOLDEN = Path(__file__).with_name("headers.golden")
DEPENDS = {"Allow", "Location", "Retry-After", "Vary", "Content-Length"}
ENDS_SESSIONS = {"sign-out", "password-new"}
NAMES = sorted(name for name in get_resolver().reverse_dict if isinstance(name, str))
PLACES = {Role.REGIONAL_OFFICER: {"region": "indre"}, Role.RECEIVING_OFFICER: {"office": "une"}}


def golden() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """What all answers carry, and what some have otherwise."""
    lines = [line for line in GOLDEN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    common = dict(line.split(": ", 1) for line in lines if " | " not in line)
    parts = [line.split(" | ") for line in lines if " | " in line]
    return common, {(name, header): value for name, header, value in parts}


COMMON, OTHERWISE = golden()


def wrong(response: HttpResponse, name: str = "", method: str = "GET") -> dict[str, tuple[str | None, str | None]]:
    """Each header that is not as it should be: what it is, and what it should be."""
    here = {f"{any_or_one} {name} {response.status_code}" for any_or_one in ("*", method)}
    file = {header: value for (where, header), value in OTHERWISE.items() if where in here}
    if "Content-Type" in file and response.headers.get("Content-Type") == COMMON["Content-Type"]:
        file = {}  # a page after all, that asks something first or says why there is no file
    expected = COMMON | file
    if response.status_code in {301, 302, 405}:  # nothing in them to read
        expected["Content-Type"] = response.headers.get("Content-Type", "")
    found = {header: value for header, value in response.headers.items() if header not in DEPENDS}
    return {
        header: (found.get(header), expected.get(header))
        for header in found.keys() | expected.keys()
        if header not in found or not fnmatchcase(found[header], pattern(expected.get(header)))
    }


def pattern(expected: str | None) -> str:
    """Only a star stands for anything, and nothing is what no header has."""
    return "\n" if expected is None else expected.replace("[", "[[]").replace("?", "[?]")


@pytest.fixture
def as_in_earnest(settings: Any) -> None:
    """The settings of a real installation, as far as headers go."""
    settings.DEMO = False
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True


@pytest.fixture
def furnished(db: None, settings: Any) -> dict[str, Any]:
    """The demo's centres and cases, for addresses of things that are there."""
    settings.DEMO = True
    call_command("demo_data", verbosity=0)
    settings.DEMO = False
    case = Case.objects.filter(centre__people__username="leder").first()
    message = Message.objects.filter(case_id=case.id).first() if case else None
    assert case
    return {
        "case_id": case.id,
        "resident_id": case.resident_id,
        "message_id": message.id if message else uuid4(),
        "centre": case.centre,
    }


def address(name: str, there: Mapping[str, Any]) -> str:
    """An address of that name, for what is there where we have it."""
    ((path, wanted), *_), _, _, converters = get_resolver().reverse_dict[name]
    made = {"UUIDConverter": uuid4(), "SlugConverter": "a1b2", "IntConverter": 1, "StringConverter": "a"}
    return "/" + path % {one: there.get(one, made[type(converters[one]).__name__]) for one in wanted}


def people(centre: Centre) -> Iterator[tuple[Role, Client]]:
    """One person in each role, signed in."""
    for role in Role:
        at = {"centre": centre} if role in {Role.SHIFT_STAFF, Role.CENTRE_LEADER} else PLACES.get(role, {})
        person = Person.objects.create_user(f"en-{role}", name=role.label, role=role, **at)
        client = Client()
        client.force_login(person)
        yield role, client


def test_every_address_answers_everyone_with_the_golden_headers(as_in_earnest: None, furnished: dict[str, Any]) -> None:
    signed_in = dict(people(furnished["centre"]))
    off, shown, asked = {}, 0, 0
    for name in NAMES:
        where = address(name, furnished)
        action = getattr(resolve(where).func, "savnet_action", None)
        right = next((role for role in Role if action in RIGHTS[role]), Role.CENTRE_LEADER)
        lacking = next((role for role in Role if action not in RIGHTS[role]), Role.STATISTICIAN)
        for who, client in (("out", Client()), ("wrong", signed_in[lacking]), ("right", signed_in[right])):
            for method in ("GET", "POST"):
                response = client.generic(method, where, secure=True)
                asked += 1
                shown += response.status_code == 200
                if problems := wrong(response, name, method):
                    off[method, name, who, response.status_code] = problems
        if name in ENDS_SESSIONS:
            for role, client in signed_in.items():
                client.force_login(Person.objects.get(username=f"en-{role}"))
    assert off == {}, "\n".join(f"{where}: {what}" for where, what in off.items())
    assert shown > 60, f"only {shown} of {asked} answers were pages: the addresses are of nothing"


def explode(*_: object, **__: object) -> None:
    raise RuntimeError("on purpose")


def test_error_pages_too(as_in_earnest: None, as_nora: Client, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    as_nora.raise_request_exception = False
    seen = {
        400: as_nora.get("/", headers={"host": "elsewhere.example"}, secure=True),
        403: Client(enforce_csrf_checks=True).post("/logg-inn/", {"username": "nora"}, secure=True),
        404: as_nora.get("/finnes-ikke/", secure=True),
        405: as_nora.delete("/beboere/", secure=True),
        422: as_nora.post("/logg-inn/", {}, secure=True),
    }
    for _ in range(8):
        seen[429] = Client().post("/logg-inn/", {"username": "nora", "password": "feil"}, secure=True)
    with no_database():
        seen[503] = as_nora.get("/beboere/", secure=True)
    monkeypatch.setattr("savnet.web.accounts.account.sessions.open_sessions", explode)
    seen[500] = as_nora.get("/konto/", secure=True)
    for status, response in seen.items():
        assert response.status_code == status
        assert wrong(response) == {}, status


def test_a_redirection_to_https_carries_what_matters(as_in_earnest: None, settings: Any, db: None) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/logg-inn/")
    assert response.status_code == 301
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"] == COMMON["Content-Security-Policy"]


def test_files_of_our_own_may_be_kept_and_carry_the_rest(as_in_earnest: None, settings: Any, db: None) -> None:
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    response = Client().get("/static/savnet/savnet.js", secure=True)
    assert response.status_code == 200
    assert "no-store" not in response.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response.headers
    for header in ("Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy"):
        assert response.headers[header] == COMMON[header]
    assert b"".join(response.streaming_content)  # type: ignore[arg-type]
    response.close()
    missing = Client().get("/static/savnet/finnes-ikke.js", secure=True)
    assert wrong(missing) == {}


def test_nothing_goes_out_without_even_where_a_view_forgets(as_in_earnest: None, rf: Any) -> None:
    from savnet.web.headers import on_every_answer  # here, so that the name stands beside its use

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse("", headers={"Cache-Control": "public", "Content-Security-Policy": "default-src *"})

    response = on_every_answer(bare)(rf.get("/"))
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Security-Policy"] == COMMON["Content-Security-Policy"]


def test_cookies_are_for_this_host_only_and_out_of_scripts_reach(
    as_in_earnest: None, nora: Person, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-savnet", "__Host-savnet-form"
    settings.DEVICE_COOKIE_NAME = "__Host-savnet-device"
    client = Client()
    client.get("/logg-inn/", secure=True)
    client.post("/logg-inn/", {"username": "nora", "password": "nattevakt"}, secure=True)
    assert set(client.cookies) == {"__Host-savnet", "__Host-savnet-form"}
    for cookie in client.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
        assert cookie["samesite"] == "Lax"
