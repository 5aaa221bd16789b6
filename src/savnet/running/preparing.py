"""What is done before the parts of the house start: database, static files, and invented data the first time."""

import logging
from pathlib import Path

LOG = "oppstarten.log"


def bring_up_to_date(logs: Path) -> bool:
    """Bring database and static files up to date, and say whether the demo is still empty.

    What is logged on the way goes to a file beside the other logs: the terminal is for whoever wants to come in.
    """
    # Imported here: Django can be loaded only after the environment is set.
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    log_to(logs / LOG)
    call_command("migrate", verbosity=0, interactive=False)
    if not collected():
        call_command("collectstatic", verbosity=0, interactive=False)
    # Imported here: models exist only after Django is set up.
    from django.contrib.auth import get_user_model

    return settings.DEMO and not get_user_model().objects.exists()


def log_to(file: Path) -> None:
    """Let everything that this process logs from now on go to a file."""
    stream = file.open("w", encoding="utf-8")
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(stream)


def move_in() -> None:
    """Move the invented centres, residents and cases in."""
    # Imported here: Django can be loaded only after the environment is set.
    from django.core.management import call_command

    call_command("demo_data")


def collected() -> bool:
    """Whether the static files lie ready, none of them older than what it was made from."""
    # Imported here: Django can be loaded only after the environment is set.
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    ready = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not ready.exists():
        return False
    made = ready.stat().st_mtime
    files = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return all(Path(file).stat().st_mtime <= made for file in files)


def users() -> list[str]:
    """One line for each person of the demo."""
    # Imported here: models exist only after Django is set up.
    from django.contrib.auth import get_user_model

    people = (
        get_user_model().objects.filter(is_active=True).select_related("centre").order_by("centre__name", "username")
    )
    return [f"{person.get_username():<16} {person.name}, {person.title}" for person in people]
