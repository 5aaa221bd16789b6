"""A call to a web service says exactly how far it came, never goes in clear, and always ends."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from delivery.conftest import Cast
from savnet.delivery.web_call import Answer, Line, LineBroke, NotReached, call

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def serving(tls: ssl.SSLContext, behave: Callable[[ssl.SSLSocket], None]) -> Iterator[str]:
    """A server that does as it is told with each caller who trusts it."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            caller, _ = listening.accept()
            with tls.wrap_socket(caller, server_side=True) as secured:
                secured.recv(65536)
                behave(secured)
        except OSError:
            return  # the caller left, which is what some of these tests are about

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{listening.getsockname()[1]}/sted"
    finally:
        listening.close()
        thread.join(5)


def drip(caller: ssl.SSLSocket) -> None:
    for _ in range(100):
        caller.sendall(b"H")
        time.sleep(0.1)


@pytest.fixture
def line(cast: Cast) -> Line:
    return Line(ca=cast.ca, wait=0.5, longest=1)


def test_an_answer_comes_back_whole(tls: ssl.SSLContext, line: Line) -> None:
    with serving(tls, lambda caller: caller.sendall(ANSWER)) as url:
        assert call("GET", url, line=line) == Answer(status=200, body=b"ok")


@pytest.mark.parametrize("url", ["http://localhost/sted", "localhost/sted", "ftp://localhost", "https:///sted", ""])
def test_nothing_goes_in_clear(url: str, line: Line) -> None:
    with pytest.raises(ValueError, match="not an https address"):
        call("POST", url, line=line, body=b"letter")


def test_where_nobody_listens_nothing_was_handed_over(line: Line) -> None:
    with pytest.raises(NotReached):
        call("POST", "https://localhost:1/sted", line=line, body=b"letter")


def test_a_stranger_is_handed_nothing(tls: ssl.SSLContext, cast: Cast) -> None:
    heard: list[bytes] = []
    suspicious = Line(ca=cast.stranger.certificate_pem().decode(), wait=0.5)
    with serving(tls, lambda caller: heard.append(caller.recv(10))) as url, pytest.raises(NotReached, match="CERT"):
        call("POST", url, line=suspicious, body=b"letter")
    assert not heard


@pytest.mark.parametrize(
    "behave",
    [
        lambda caller: None,
        lambda caller: time.sleep(1),
        lambda caller: caller.sendall(ANSWER[:-1]),
        lambda caller: caller.sendall(b"what?\r\n\r\n"),
    ],
    ids=["hangs up", "is silent", "stops midway", "speaks another language"],
)
def test_once_it_is_under_way_nobody_knows(
    behave: Callable[[ssl.SSLSocket], None], tls: ssl.SSLContext, line: Line
) -> None:
    with serving(tls, behave) as url, pytest.raises(LineBroke):
        call("POST", url, line=line, body=b"letter")


def test_a_server_that_drips_for_ever_is_cut_off(tls: ssl.SSLContext, line: Line) -> None:
    began = time.monotonic()
    with serving(tls, drip) as url, pytest.raises(LineBroke):
        call("GET", url, line=line)
    assert time.monotonic() - began < 4


def test_a_redirection_is_an_answer_and_is_not_followed(tls: ssl.SSLContext, line: Line) -> None:
    away = b"HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n"
    with serving(tls, lambda caller: caller.sendall(away)) as url:
        answer = call("GET", url, line=line)
    assert (answer.status, answer.good) == (302, False)


def test_an_answer_does_not_show_its_body() -> None:
    assert "Zzyzx" not in repr(Answer(status=400, body=b"Zzyzx"))


def test_what_the_other_end_wrote_is_not_passed_on(tls: ssl.SSLContext, line: Line) -> None:
    with (
        serving(tls, lambda caller: caller.sendall(b"Zzyzx er savnet\r\n\r\n")) as url,
        pytest.raises(LineBroke) as told,
    ):
        call("POST", url, line=line, body=b"letter")
    assert "Zzyzx" not in str(told.value)


def test_a_server_that_drips_before_tls_is_agreed_on_is_cut_off_too(line: Line) -> None:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        caller, _ = listening.accept()
        with caller, suppress(OSError):  # the caller left, as it should
            for byte in b"\x16\x03\x03\x40\x00" + bytes(100):
                caller.sendall(bytes([byte]))
                time.sleep(0.1)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    began = time.monotonic()
    with listening, pytest.raises(NotReached):
        call("POST", f"https://localhost:{listening.getsockname()[1]}/", line=line, body=b"letter")
    assert time.monotonic() - began < 4
    thread.join(5)


def test_trust_that_cannot_be_read_trusts_nobody() -> None:
    with pytest.raises(NotReached):
        call("GET", "https://localhost:1/", line=Line(ca="not PEM"))
