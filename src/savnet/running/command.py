"""The `savnet` command: follow a scenario, run the house, or any of Django's commands in Savnet's own spelling."""

import sys
from collections.abc import Sequence

from savnet.access.row_roles import OWNER

USAGE = """\
savnet follow FILE [--at INSTANT] [--json]   what the circular demands in a scenario
savnet run                                   start everything on this machine (what make run does)
savnet doctor [--json]                       what is wrong with the house, and what to do about it
savnet rebuild [--check]                     rebuild the rows of obligations from the ledger
savnet verify-ledger [--heads FILE]          re-read ledger and letters and name what is damaged, or was cut since
savnet verify-access-log [--heads FILE]      re-read the access log and name what is damaged, or was cut since
savnet write-heads FILE                      where every ledger ends, signed, to be kept elsewhere
savnet rotate-key                            a new wrapping key for the keys of the cases
savnet backup FILE --to PUBLIC_KEY           the database in a file that only an offline key opens
savnet restore-drill FILE --keys FILE --key PRIVATE_KEY   proves that a backup can be restored
savnet import-residents FILE --centre NAME   what a file of residents would change; --apply to do it
savnet import-centres FILE                   the same for centres; so for import-recipients and import-police-routes

Any other word is a Django command, with hyphens for underscores. savnet COMMAND --help tells more.
"""


ADMINISTRATOR = "postgres"
MAKES_ROLES = frozenset({"make-reader"})
"""Commands that only the database's administrator can carry out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    match words:
        case [] | ["help"] | ["-h"] | ["--help"]:
            sys.stdout.write(USAGE)
            return 0 if words else 2
        case ["follow", *rest]:
            # Imported here: the rules need neither Django nor a database, and start in an instant without them.
            from savnet.running import follow

            return follow.main(rest)
        case ["run", *rest]:
            # Imported here for the same reason.
            from savnet.running import supervisor

            return supervisor.main(rest)
        case _:
            return manage(words[0], words[1:])


def manage(name: str, rest: Sequence[str]) -> int:
    """Carry out a Django command."""
    # Imported here: `follow` must not pay for Django.
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from savnet.running import local

    if not local.named_elsewhere():
        sys.stderr.write(f"SAVNET_DATABASE_URL is not set: this is about the local database in {local.state()}.\n")
    try:
        with local.ready(ADMINISTRATOR if name in MAKES_ROLES else OWNER):
            execute_from_command_line(["savnet", name.replace("-", "_"), *rest])
    except ImproperlyConfigured as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
