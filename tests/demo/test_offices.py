"""What stands in the demo's register so that everything in it can be tried."""

from pathlib import Path

import pytest
from cryptography import x509
from django.utils import timezone
from pytest_django import Settings

from savnet.delivery.certificates import newest_certificate
from savnet.delivery.channels.encrypted_email.certificates import usable
from savnet.demo import offices, places, receivers

pytestmark = pytest.mark.django_db


def test_what_is_owed_at_a_centre_can_be_sealed_to_its_own_certificate(settings: Settings, tmp_path: Path) -> None:
    settings.STATE = tmp_path
    now, centres = timezone.now(), places.furnish()
    offices.certify(centres, now)
    trusted = [x509.load_pem_x509_certificate(receivers.authority(tmp_path / "post-room").certificate_pem())]
    for centre in centres:
        assert usable(newest_certificate(centre.email, now), centre.email, at=now, trusted=trusted)
