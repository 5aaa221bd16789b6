"""The letters as PDF: archive format, accessible, neutral outside, and the same bytes each time."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from letters.cast import COPY_COVER, ITEMS, LETTERS, POLICE_REPORT, SELAM, WRITTEN, YUSUF, photo
from savnet.letters import FontsMissing, NotRendered, Photo, Reply, SentCopy, render
from savnet.letters.rendering import Rendered
from savnet.rules.words import Channel

TESTS = Path(__file__).resolve().parents[1]
LANGUAGES = ("nb", "nn")
EACH = [(name, language) for name in LETTERS for language in LANGUAGES]


@pytest.fixture(scope="module", params=EACH, ids=lambda each: "-".join(each))
def rendered(request: pytest.FixtureRequest) -> Rendered:
    name, language = request.param
    return render(LETTERS[name], language)


def opened(letter: Rendered) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(letter.pdf))


def printed(letter: Rendered) -> str:
    """What stands on paper, as another program reads it."""
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=letter.pdf, capture_output=True, check=True)
    return run.stdout.decode()


def test_a_letter_says_that_it_is_archive_format_and_accessible(rendered: Rendered):
    with opened(rendered) as pdf:
        xmp = pdf.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")


def test_a_letter_is_tagged_and_says_its_language(rendered: Rendered, request: pytest.FixtureRequest):
    language = request.node.callspec.params["rendered"][1]
    with opened(rendered) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == f"{language}-NO"


def test_a_letter_shows_its_title_and_the_title_tells_nothing_of_the_case(rendered: Rendered):
    with opened(rendered) as pdf:
        title = str(pdf.docinfo.Title)
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert title == rendered.title
    outside = f"{title} {rendered.file_name}".lower()
    assert "granlia mottak, ref. " in outside
    for secret in ("selam", "tesfay", "savn", "sakna", "politi", "bekymring", "uro", "barn", "duf", "storvik"):
        assert secret not in outside


def fonts_of(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"]


def test_every_font_is_embedded(rendered: Rendered):
    with opened(rendered) as pdf:
        descriptors = fonts_of(pdf)
        assert descriptors
        assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in descriptors)


def test_the_same_letter_gives_the_same_bytes(rendered: Rendered, request: pytest.FixtureRequest):
    name, language = request.node.callspec.params["rendered"]
    again = render(LETTERS[name], language)
    assert again == rendered
    assert hashlib.sha256(again.pdf).hexdigest() == rendered.sha256


def test_another_process_gives_the_same_bytes():
    program = (
        "from letters.cast import LETTERS; from savnet.letters import render\n"
        "for name in sorted(LETTERS, reverse=True): print(name, render(LETTERS[name], 'nn').sha256)"
    )
    path = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
    env = os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    run = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    elsewhere = dict(line.split() for line in run.stdout.splitlines())
    assert elsewhere == {name: render(letter, "nn").sha256 for name, letter in LETTERS.items()}


def test_two_who_print_at_once_get_each_their_own_letter():
    alone = {name: render(letter).sha256 for name, letter in LETTERS.items()}
    with ThreadPoolExecutor(8) as pool:
        many = list(pool.map(lambda name: (name, render(LETTERS[name]).sha256), [*LETTERS] * 4))
    assert all(alone[name] == sha256 for name, sha256 in many)


def test_the_pages_are_numbered_letter_by_letter():
    packet = printed(render(LETTERS["packet"]))
    assert packet.count("Side 1 av") == 5
    assert "Side 1 av 1" in packet
    assert "Side 3 av 3" in packet


def test_the_window_of_the_envelope_shows_the_receiver_and_nothing_else():
    window = ["-x", "40", "-y", "125", "-W", "260", "-H", "95"]
    for name in ("police_report", "concern_report", "cancellation", "return_to_police"):
        pdf = render(LETTERS[name]).pdf
        shown = subprocess.run(["pdftotext", "-l", "1", *window, "-", "-"], input=pdf, capture_output=True, check=True)
        address = LETTERS[name].envelope.receiver
        assert shown.stdout.decode().split("\n")[: len(address.address) + 1] == [address.name, *address.address]
        assert "Selam" not in shown.stdout.decode()


@pytest.mark.parametrize(
    ("child", "name"), [(SELAM, "ሰላም ተስፋይ"), (YUSUF, "یوسف"), (replace(SELAM, name_in_original_script="Юрій"), "Юрій")]
)
def test_a_name_in_its_own_script_is_on_paper(child, name: str):
    letter = render(replace(POLICE_REPORT, child=child))
    assert letter.not_shown == ()
    assert name in printed(letter)


def arabic_shapes(name: str) -> int:
    """How many different Arabic shapes it took to print a name."""
    with opened(render(replace(POLICE_REPORT, child=replace(YUSUF, name_in_original_script=name)))) as pdf:
        (font,) = [one for one in fonts_of(pdf) if "Arabic" in str(one.FontName)]
        return int(TTFont(BytesIO(font.FontFile2.read_bytes()))["maxp"].numGlyphs)


def test_arabic_letters_are_joined():
    lone = arabic_shapes("ب")
    assert arabic_shapes("ببب") - lone == 2, "first, middle and last form, where the lone letter has one"


def test_a_character_no_font_has_is_named_by_number_and_told_to_the_caller():
    letter = render(replace(POLICE_REPORT, child=replace(SELAM, name_in_original_script="张伟")))
    assert letter.not_shown == ("伟", "张")
    assert "[U+5F20][U+4F1F]" in printed(letter)


def test_what_is_typed_is_text_and_never_markup():
    hostile = '#panic("x") $x$ *a* _b_ <c> \\ // @d = #read("/etc/passwd") "'
    assert hostile in " ".join(printed(render(with_text(hostile))).split())


def with_text(text: str):
    return replace(POLICE_REPORT, child=replace(SELAM, citizenship=text))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_typed_the_letter_goes(text: str):
    assert render(replace(POLICE_REPORT, items=ITEMS | {"a-4": Reply.yes(text)})).pdf.startswith(b"%PDF-1.7")


def test_control_and_direction_marks_leave_no_trace():
    letter = render(with_text("Eri\u202etrea\x00\x07\ufeff\u200b"))
    assert letter.not_shown == ()
    assert "Eritrea" in printed(letter)


@pytest.mark.parametrize("length", [500, 3_000, 12_000])
def test_no_word_of_a_long_answer_is_lost(length: int):
    told = " ".join(f"ord{number}" for number in range(length // 7))
    letter = render(replace(POLICE_REPORT, items=ITEMS | {"a-4": Reply.yes(told)}, dangers=(told,)))
    words = printed(letter).split()
    assert all(words.count(word) >= 2 for word in told.split())


def test_a_word_longer_than_its_column_is_broken_and_not_cut():
    letter = render(replace(POLICE_REPORT, items=ITEMS | {"a-4": Reply.yes("x" * 300)}))
    assert printed(letter).count("x") >= 300


def test_a_photo_has_words_for_those_who_do_not_see_it_and_they_name_nobody():
    with opened(render(replace(POLICE_REPORT, photo=photo()))) as pdf:
        alts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert alts == ["Portrettfoto av den som er savnet"]


@pytest.mark.parametrize("data", [b"", b"not a picture", photo().data[:200]], ids=["empty", "no picture", "cut off"])
def test_a_photo_that_cannot_be_read_is_not_lost_silently(data: bytes):
    with pytest.raises(NotRendered, match="photo"):
        render(replace(POLICE_REPORT, photo=Photo(data=data)))


def test_a_photo_goes_in_as_it_is():
    assert photo().data in render(replace(POLICE_REPORT, photo=photo())).pdf


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "JPEG"), ("L", "JPEG"), ("RGB", "PNG"), ("RGBA", "PNG")])
def test_any_kind_of_photo_goes(mode: str, kind: str):
    data = BytesIO()
    Image.new(mode, (40, 30)).save(data, kind)
    letter = render(replace(POLICE_REPORT, photo=Photo(data=data.getvalue())))
    with opened(letter) as pdf:
        assert [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]


def test_the_regions_copy_has_the_photo_too():
    with_photo = replace(POLICE_REPORT, photo=photo())
    sent = SentCopy(letter=with_photo, sent_at=WRITTEN, channel=Channel.IN_PERSON)
    assert photo().data in render(replace(COPY_COVER, copies=(sent, sent))).pdf


def test_after_a_refused_letter_the_next_one_goes():
    with pytest.raises(NotRendered):
        render(replace(POLICE_REPORT, photo=Photo(data=b"x")))
    assert render(POLICE_REPORT).pdf


def test_without_fonts_the_letter_says_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAVNET_BUILD_DIR", str(tmp_path))
    with pytest.raises(FontsMissing, match="make run"):
        render(POLICE_REPORT)


def test_a_screen_reader_finds_headings_lists_and_table_heads(rendered: Rendered):
    run = subprocess.run(["pdfinfo", "-struct", "-"], input=rendered.pdf, capture_output=True, check=True)
    tags = run.stdout.decode("latin-1")
    assert tags.index("H1") < tags.index("H2")
    assert "LBody" in tags
    assert ("Table" in tags) == ("TH" in tags)
