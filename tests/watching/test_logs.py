"""Nothing reaches the log but named fields of known content: no name, no number of anybody's, not by any way."""

import io
import json
import logging
import sys
from typing import Any

import psycopg
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from savnet.running import settings
from savnet.watching.logs import ALLOWED, AllowListed
from savnet.web import health

NAME, DUF, PHONE = "Selam Oppdiktet", "201912345612", "00112233"
SECRETS = (NAME, "Selam", DUF, PHONE)


def line(message: str = "noe skjedde", *args: Any, problem: BaseException | None = None, **extra: Any) -> str:
    """What a record becomes in the log."""
    trace = (type(problem), problem, problem.__traceback__) if problem else None
    record = logging.getLogger("savnet.casework").makeRecord(
        "savnet.casework", logging.ERROR, "carrying.py", 17, message, args, trace, "carry", extra
    )
    return AllowListed().format(record)


def raised(*, cause: BaseException | None = None) -> BaseException:
    """An exception as it comes out of code that had a child's name at hand."""
    name = NAME
    try:
        raise ValueError(f"{name} har DUF {DUF}") from cause
    except ValueError as problem:
        return problem


def test_a_line_tells_when_where_and_what_kind(db: None) -> None:
    read = json.loads(line(status_code=503, channel="encrypted_email"))
    assert read["where"] == "carrying.carry:17"
    assert (read["level"], read["logger"]) == ("ERROR", "savnet.casework")
    assert (read["status_code"], read["channel"]) == (503, "encrypted_email")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_name_or_number_in_a_message_or_its_arguments_never_gets_through(secret: str) -> None:
    assert secret not in line(f"{secret} er borte")
    assert secret not in line("%s er borte", secret)
    assert secret not in line("%(who)s er borte", {"who": secret})


@pytest.mark.parametrize("field", [*ALLOWED, "resident", "request", "message_text", "exc_text", "stack_info"])
@pytest.mark.parametrize("secret", [*SECRETS, int(DUF), int("40000000"), {"task_name": NAME, "args": DUF}, [NAME]])
def test_a_name_or_number_in_any_field_never_gets_through(field: str, secret: Any) -> None:
    if field in {"exc_text", "stack_info"}:
        record = logging.LogRecord("savnet", logging.ERROR, "a.py", 1, "", (), None)
        setattr(record, field, str(secret))
        written = AllowListed().format(record)
    else:
        written = line(**{field: secret})
    assert not [one for one in (*SECRETS, "40000000") if one in written]


def test_an_exception_is_told_by_its_kind_and_place_and_never_by_its_words() -> None:
    cause = psycopg.errors.UniqueViolation(f"Key (name)=({NAME}) already exists.")
    written = line(problem=raised(cause=cause))
    assert not [secret for secret in SECRETS if secret in written]
    read = json.loads(written)
    assert read["exception"] == ["ValueError", "UniqueViolation"]
    assert read["sqlstate"] == "23505"
    assert read["frames"][0].startswith("watching.test_logs.raised:")


def test_an_exception_that_leads_back_to_itself_ends() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__context__, second.__context__ = second, first
    assert json.loads(line(problem=first))["exception"] == ["ValueError", "ValueError"]


def test_of_a_job_only_number_and_task_are_told() -> None:
    told = {"id": 7, "task_name": "savnet.casework.tasks.carry", "task_kwargs": {"who": NAME}, "queue": "letters"}
    written = line(job=told)
    assert json.loads(written)["job"] == {"id": 7, "task": "savnet.casework.tasks.carry"}
    assert NAME not in written


@given(st.text(min_size=1), st.sampled_from(sorted(ALLOWED)))
def test_free_text_never_gets_through_any_field(text: str, field: str) -> None:
    kept = json.loads(line(text, **{field: f"{text} Ø."}))
    assert field not in kept


def test_a_page_that_breaks_over_a_child_says_where_and_not_over_whom(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ValueError(f"{NAME} kunne ikke vises")

    monkeypatch.setattr(health, "HttpResponse", breaks)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(AllowListed())
    logging.getLogger("django.request").addHandler(handler)
    try:
        answer = Client(raise_request_exception=False).get(f"/helse/?navn={NAME}", secure=True)
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert answer.status_code == 500
    assert not [secret for secret in SECRETS if secret in written.getvalue()]
    read = json.loads(written.getvalue())
    assert (read["exception"], read["status_code"]) == (["ValueError"], 500)
    assert any(frame.startswith("savnet.web.health.awake:") for frame in read["frames"])


def test_the_house_logs_by_this_formatter_and_no_other() -> None:
    (formatter,) = settings.LOGGING["formatters"].values()
    assert formatter == {"()": "savnet.watching.logs.AllowListed"}
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}
    assert "savnet.watching.logs" in sys.modules
