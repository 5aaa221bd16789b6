"""The fonts of the letters: whole families, found by name, and the same bytes from the same packages."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from savnet.running import assets, fonts

MODULES = Path(__file__).parents[2] / "node_modules"
pytestmark = pytest.mark.skipif(not MODULES.is_dir(), reason="the npm packages are not installed; make test does it")
ARABIC = next(family for family in fonts.FAMILIES if family.name == "Noto Sans Arabic")


def test_the_same_packages_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    first = fonts.write(ARABIC, 600, modules=MODULES, target=tmp_path)
    second = fonts.write(ARABIC, 600, modules=MODULES, target=tmp_path / "again")
    assert first.read_bytes() == second.read_bytes()


def test_a_weight_is_found_by_the_name_of_its_family(tmp_path: Path) -> None:
    font = TTFont(fonts.write(ARABIC, 600, modules=MODULES, target=tmp_path))
    assert font["name"].getDebugName(fonts.TYPOGRAPHIC_FAMILY) == "Noto Sans Arabic"
    assert font["name"].getDebugName(fonts.TYPOGRAPHIC_STYLE) == "SemiBold"
    assert font["OS/2"].usWeightClass == 600


@pytest.mark.slow
def test_norwegian_and_the_names_of_many_children_can_be_written(tmp_path: Path) -> None:
    written = fonts.build(MODULES, tmp_path)
    known = {file.stem: set(TTFont(file).getBestCmap()) for file in written}
    assert set(map(ord, "ÆØÅæøåŠčŁễОлена«»–")) <= known["NotoSans-Regular"]
    assert set(map(ord, "محمدگلابپښتو")) <= known["NotoSansArabic-Regular"]
    assert set(map(ord, "ፍሬወይኒ")) <= known["NotoSansEthiopic-Bold"]


def test_a_missing_package_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Run make again"):
        fonts.write(ARABIC, 400, modules=tmp_path, target=tmp_path)
    with pytest.raises(FileNotFoundError, match="Run make again"):
        assets.build(tmp_path, tmp_path / "static")


def test_every_file_that_a_style_sheet_asks_for_is_there(tmp_path: Path) -> None:
    assets.build(MODULES, tmp_path)
    style = (tmp_path / "inter/inter.css").read_text()
    asked = [part.split(")")[0].strip("'\"") for part in style.split("url(")[1:]]
    assert len(asked) == len(assets.INTER_SCRIPTS)
    assert all((tmp_path / "inter" / name).is_file() for name in asked)
    assert "://" not in style


def test_a_font_that_comes_late_moves_no_lines(tmp_path: Path) -> None:
    assets.build(MODULES, tmp_path)
    style = (tmp_path / "inter/inter.css").read_text()
    assert style.count("font-display: optional") == style.count("@font-face") == len(assets.INTER_SCRIPTS)
