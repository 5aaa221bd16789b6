"""What the guards read: the files of the project as they are committed or about to be."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "src" / "savnet"
BINARY = {".png", ".jpg", ".jpeg", ".webp", ".ico", ".xlsx", ".pdf", ".woff2", ".ttf", ".p12"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git knows and that still exists."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(file for name in listed.split("\0") if name and (file := ROOT / name).is_file())


def texts() -> tuple[Path, ...]:
    """The tracked files that hold text."""
    return tuple(file for file in tracked() if file.suffix not in BINARY)


def modules(*packages: str) -> tuple[Path, ...]:
    """The tracked Python modules, of all of Savnet or of some packages."""
    within = [PACKAGES / package for package in packages] or [PACKAGES, ROOT / "tests", ROOT / "bench", ROOT / "soak"]
    return tuple(file for file in tracked() if file.suffix == ".py" and any(map(file.is_relative_to, within)))


def named(file: Path) -> str:
    """A file's name as a failing guard shows it."""
    return str(file.relative_to(ROOT))
