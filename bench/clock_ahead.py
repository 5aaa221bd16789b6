"""Sets the clock of one process forward or back while it runs, by a small library put before the system's own."""

import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")


class NoCompiler(Exception):
    """There is no C compiler here, so no clock can be set apart. Install one, or name other faults."""


def library(folder: Path) -> Path:
    """The library, built for this machine."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise NoCompiler("cc was not found: the clocks' faults need a C compiler. Install one, or name other faults.")
    built = folder / "clock_ahead.so"
    words = (compiler, "-O2", "-shared", "-fPIC", "-o", str(built), str(SOURCE), "-ldl")
    subprocess.run(words, check=True)  # noqa: S603 - our own source
    built.chmod(0o755)
    return built


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one part: how many seconds it is ahead stands in a file that the part reads at every look."""

    file: Path
    library: Path

    def set_ahead(self, seconds: int) -> None:
        """Set it; negative is back. In place: the part has the file in its memory."""
        if not self.file.exists():
            self.file.write_bytes(struct.pack("=q", 0))
            self.file.chmod(0o644)
        with self.file.open("r+b") as opened:
            opened.write(struct.pack("=q", seconds))

    def environment(self) -> dict[str, str]:
        """What a process needs to go by this clock."""
        return {"LD_PRELOAD": str(self.library), "CLOCK_AHEAD": str(self.file)}
