"""The answer of `savnet follow` as a table a person can read, in colour where the terminal has it."""

from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from savnet.rules import INTERPRETATIONS, LATER_VERSION, Derivation, Obligation
from savnet.rules.time import OSLO
from savnet.rules.words import ObligationState, Standard

_STANDARD = {
    Standard.AT_ONCE: "straks",
    Standard.IMMEDIATELY: "umiddelbart",
    Standard.AS_SOON_AS_POSSIBLE: "snarest",
    Standard.WITHOUT_UNDUE_DELAY: "uten ugrunnet opphold",
    Standard.NONE: "ingen frist",
}
_STATE = {
    ObligationState.OPEN: ("åpen", "yellow"),
    ObligationState.DISCHARGED: ("oppfylt", "green"),
    ObligationState.SUPERSEDED: ("erstattet", "dim"),
    ObligationState.WITHHELD: ("holdt tilbake", "magenta"),
}


def show(title: str, answer: Derivation, console: Console | None = None) -> None:
    """Print the answer: where the case stands, what is owed, refusals, gaps and the readings it rests on."""
    out = console or Console(highlight=False)
    out.print(Text(title or "Sak", style="bold"))
    out.print(f"Spurt om {_local(answer.at)} · tilstand: {answer.state} · RS 2015-009, versjon {answer.version}")
    for refusal in answer.refused:
        out.print(Text(f"Ikke omfattet ({refusal.provision}): {refusal.why}", style="bold red"))
    for gap in answer.gaps:
        out.print(Text(f"Mangler: {gap.why}", style="yellow"))
    if answer.obligations:
        out.print(_table(answer))
    _readings(out, answer)
    out.print(Text(LATER_VERSION, style="dim"))


def _table(answer: Derivation) -> Table:
    table = Table(pad_edge=False, expand=False)
    for heading in ("Plikt", "Hvem", "Til", "Hvor fort", "Senest", "Tilstand", "Hjemmel"):
        table.add_column(heading, overflow="fold")
    for one in answer.obligations:
        table.add_row(*_row(one))
    return table


def _row(one: Obligation) -> tuple[Text | str, ...]:
    word, colour = _STATE[one.state]
    state = Text("over fristen", style="bold red") if one.overdue else Text(word, style=colour)
    to = " ".join(filter(None, (one.recipient, one.municipality, one.copy_of and f"(kopi av {one.copy_of})")))
    latest = _local(one.latest) if one.latest else ""
    return (one.id, one.actor, to, _STANDARD[one.standard], latest, state, f"{one.basis.text} pkt. {one.basis.point}")


def _readings(out: Console, answer: Derivation) -> None:
    used = {number for one in answer.obligations for number in one.interpretations}
    for reading in INTERPRETATIONS:
        if reading.number in used:
            out.print(Text(f"Tolkning {reading.number}: {reading.question} {reading.reading}", style="dim"))


def _local(instant: datetime) -> str:
    return instant.astimezone(OSLO).strftime("%d.%m.%Y kl. %H.%M")
