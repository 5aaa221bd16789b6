"""What the browser gets from others, copied from the npm packages to build/static/vendor: never from a CDN."""

import shutil
import sys
from pathlib import Path

INTER_SCRIPTS = ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek")
STYLES = {
    "designsystemet/designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet/theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
    "designsystemet/LICENSE": "@digdir/designsystemet-css/LICENSE",
    "inter/LICENSE": "@fontsource-variable/inter/LICENSE",
}


def build(modules: Path, target: Path) -> None:
    """Copy style sheets and fonts from `modules` to `target`."""
    for name, source in STYLES.items():
        copy(modules / source, target / name)
    inter = modules / "@fontsource-variable/inter"
    for script in INTER_SCRIPTS:
        file = f"inter-{script}-wght-normal.woff2"
        copy(inter / "files" / file, target / "inter/files" / file)
    (target / "inter/inter.css").write_text(only(INTER_SCRIPTS, (inter / "wght.css").read_text(encoding="utf-8")))


def only(scripts: tuple[str, ...], style: str) -> str:
    """The @font-face rules of a style sheet that are for these scripts, each known by the comment before it.

    A font that comes late on a slow line waits for the next page: swapped in, it would move lines under a thumb.
    """
    rules = [f"/*{rule}" for rule in style.split("/*")[1:]]
    wanted = [rule for rule in rules if any(f"inter-{script}-wght-normal.woff2" in rule for script in scripts)]
    return "".join(wanted).replace("font-display: swap", "font-display: optional")


def copy(source: Path, target: Path) -> None:
    """Copy one file, naming what is missing."""
    if not source.is_file():
        raise FileNotFoundError(f"{source} is missing. Run make again, so that npm installs its package.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
