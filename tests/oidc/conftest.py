"""The provider, and Nora who is known there."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from oidc import peer
from oidc.peer import Peer
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.access.sign_in.models import Identity
from savnet.register.models import Centre
from savnet.web.oidc import provider
from savnet.web.oidc.belonging import subject_hash
from savnet.web.oidc.issuers import issuer

BACK = "http://testserver/logg-inn/hos/ansattporten/tilbake/"


@pytest.fixture(scope="session")
def a_provider() -> Iterator[Peer]:
    with peer.running(BACK) as it:
        yield it


@pytest.fixture(autouse=True)
def plain_ground(settings: pytest.FixtureRequest) -> None:
    """No built static files and no redirect to https: neither is what these tests are about."""
    settings.SECURE_SSL_REDIRECT = False  # type: ignore[attr-defined]
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def ansattporten(a_provider: Peer, settings: pytest.FixtureRequest) -> Peer:
    """The provider as our settings know it, playing nobody false."""
    provider.forget()
    a_provider.play()
    settings.OUTSIDE_SIGN_IN = a_provider.settings()  # type: ignore[attr-defined]
    return a_provider


@pytest.fixture
def centre(db: None) -> Centre:
    return Centre.objects.create(name="Granheim mottak", number="G-1", operator="municipal", municipality_id="3301")


@pytest.fixture
def nora(centre: Centre, ansattporten: Peer) -> Person:
    """Nora works at Granheim, and is tied to her number at Ansattporten."""
    person = Person.objects.create_user("nora", name="Nora Natt", role=Role.SHIFT_STAFF, centre=centre)
    known = issuer("ansattporten")
    assert known
    subject = subject_hash(known, "20815400123")
    Identity.objects.create(person=person, issuer="ansattporten", subject=subject, made_at=timezone.now())
    return person
