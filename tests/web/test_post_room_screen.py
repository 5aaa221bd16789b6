"""The post room's screens: in the demo only, and nothing but what is there."""

from pathlib import Path

import pytest
from django.test import Client


def test_an_empty_post_room_says_so(as_nora: Client, settings: object, tmp_path: Path) -> None:
    settings.DEMO, settings.STATE = True, tmp_path  # type: ignore[attr-defined]
    assert "Ingen e-post er kommet ennå." in as_nora.get("/postrom/").text


def test_outside_the_demo_there_is_no_post_room(as_nora: Client, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert as_nora.get("/postrom/").status_code == 404


@pytest.mark.parametrize("rest", ["finnes-ikke/", "20260101T000000000000-deadbeef/", "x/vedlegg/1/"])
def test_mail_that_is_not_there_is_no_page(as_nora: Client, settings: object, tmp_path: Path, rest: str) -> None:
    settings.DEMO, settings.STATE = True, tmp_path  # type: ignore[attr-defined]
    assert as_nora.get(f"/postrom/{rest}").status_code == 404
