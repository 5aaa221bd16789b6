"""A photograph keeps the face and loses everything else."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from savnet.register import photographs
from savnet.register.models import Photo, Resident
from savnet.register.photographs import NotAPhotograph, keep_photo, rewritten


def picture(fmt: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, fmt, **more)
    return out.getvalue()


def with_position() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    exif[0x0112] = 6  # turned a quarter
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (59.0, 54.0, 0.0)
    return picture(exif=exif, comment=b"CANARY-COMMENT")


def test_position_camera_and_comment_are_gone() -> None:
    before = with_position()
    assert b"CANARY" in before
    after = rewritten(before)
    assert b"CANARY" not in after
    assert not Image.open(io.BytesIO(after)).getexif()


def test_a_picture_taken_sideways_is_kept_upright() -> None:
    assert Image.open(io.BytesIO(rewritten(with_position()))).size == (20, 40)


@pytest.mark.parametrize(
    ("fmt", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGBA")]
)
def test_every_allowed_kind_becomes_a_plain_jpeg(fmt: str, mode: str) -> None:
    image = Image.open(io.BytesIO(rewritten(picture(fmt, mode=mode))))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (40, 20))


def test_what_is_see_through_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(rewritten(out.getvalue()))).getpixel((1, 1)) == (255, 255, 255)


def test_a_large_picture_is_made_smaller_in_proportion() -> None:
    assert Image.open(io.BytesIO(rewritten(picture(size=(4000, 2000))))).size == (1600, 800)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "ikke et bilde"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ikke et bilde"),
        (picture("GIF"), "ikke et bilde"),
        (picture("TIFF"), "ikke et bilde"),
        (picture("JPEG", size=(400, 400))[:600], "ødelagt"),
        (b"x" * (photographs.MAX_BYTES + 1), "15 MB"),
    ],
)
def test_what_is_no_usable_photograph_is_refused_with_a_reason(data: bytes, says: str) -> None:
    with pytest.raises(NotAPhotograph, match=says):
        rewritten(data)


def test_a_small_file_with_very_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photographs, "MAX_PIXELS", 799)
    with pytest.raises(NotAPhotograph, match="bildepunkter"):
        rewritten(picture(size=(40, 20)))


def test_pillows_own_bomb_alarm_is_a_refusal_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in (100, 700):  # over twice the limit is an error, over it a warning
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
        with pytest.raises(NotAPhotograph, match="bildepunkter"):
            rewritten(picture(size=(40, 20)))


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 "]),
)
def test_no_bytes_make_it_fall_over(data: bytes, beginning: bytes) -> None:
    with pytest.raises(NotAPhotograph):
        rewritten(beginning + data)


@pytest.mark.django_db
def test_a_new_photograph_takes_the_place_of_the_old(amina: Resident) -> None:
    for day in (1, 2):
        keep_photo(amina, picture(), consent_by="Amina Oppdiktet", consent_on=date(2026, 1, day))
    assert Photo.objects.get().consent_on == date(2026, 1, 2)


@pytest.mark.django_db
def test_a_photograph_without_consent_is_not_stored(amina: Resident) -> None:
    with pytest.raises(ValidationError, match="consent_by"):
        keep_photo(amina, picture(), consent_by=" ", consent_on=date(2026, 1, 1))
    assert not Photo.objects.exists()
