"""Each letter says which provision demands it, and why telling is lawful."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from letters.cast import BFE, CHILD_WELFARE, CONCERN_REPORT, LAWYER, LETTERS, POLICE_REPORT, REGION, envelope
from letters.reading import spoken
from savnet.letters import NoWording, compose
from savnet.letters.frame import disclosure, point
from savnet.letters.wording import LANGUAGES, wording
from savnet.rules import VERSIONS, Version, legal_basis
from savnet.rules.words import Operator, Recipient


@pytest.mark.parametrize("name", [name for name in LETTERS if name != "packet"])
def test_every_letter_says_its_provision_its_version_and_its_legal_basis(name: str):
    for page in compose(LETTERS[name])["pages"]:
        (basis,) = [block["text"] for block in page["blocks"] if block["kind"] == "basis"]
        basis = basis.replace("\u00a0", " ")
        assert "RS 2015-009, versjonen av 3. juli 2018, punkt" in basis


@pytest.mark.parametrize(
    ("provision", "where"),
    [
        ("a-1", "2.3 a"),
        ("b-8", "2.3 b"),
        ("c-1", "2.3 c"),
        ("d-5", "2.3 d"),
        ("2.2-7", "2.2"),
        ("3-8", "3"),
        ("4-18", "4"),
    ],
)
def test_a_provision_is_pointed_to_where_the_circular_has_it(provision: str, where: str):
    assert point(provision) == where


def test_a_municipal_and_a_private_centre_tell_on_different_grounds():
    municipal = spoken(POLICE_REPORT)
    private = spoken(replace(POLICE_REPORT, envelope=replace(POLICE_REPORT.envelope, basis="a-13")))
    assert "forvaltningsloven § 13 b nr. 5" in municipal
    assert "forvaltningsloven" not in private
    assert "databehandleravtalene" in private


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: str(version.dated))
def test_every_legal_basis_the_rules_give_has_words_in_both_languages(version: Version):
    for recipient, operator, language in product(Recipient, Operator, LANGUAGES):
        basis = legal_basis(recipient, operator, on=version.in_force_from)
        if basis is not None:
            there = replace(envelope(CHILD_WELFARE, "b-4", basis=basis.provision), version=version.dated)
            assert wording(language)(disclosure(there))


def test_before_july_2018_no_wording_is_invented():
    old = replace(CONCERN_REPORT, envelope=replace(CONCERN_REPORT.envelope, version=date(2018, 2, 27)))
    assert "§ 17-6" not in spoken(old)
    assert "§ 17-6" in spoken(CONCERN_REPORT)


def test_a_basis_nobody_has_worded_is_refused_rather_than_guessed():
    with pytest.raises(NoWording, match=r"basis\.x-9"):
        compose(replace(POLICE_REPORT, envelope=replace(POLICE_REPORT.envelope, basis="x-9")))


@pytest.mark.parametrize("receiver", [BFE, REGION, LAWYER], ids=lambda receiver: receiver.kind)
def test_envelopes_may_go_to_anybody_but_letters_decide(receiver):
    assert envelope(receiver, "d-2", basis="d-6").blanks() == ()
