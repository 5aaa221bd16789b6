"""The answer of `savnet follow` as a table a person can read: what is left to do first, in colour on a terminal."""

from datetime import UTC, datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from savnet.rules import INTERPRETATIONS, LATER_VERSION, Derivation, Obligation
from savnet.rules.time import OSLO
from savnet.rules.words import Actor, ObligationState, Standard
from savnet.web.wording.duties import duty
from savnet.web.wording.words import word

WIDTH = 100
"""No line is longer, so that the table can be read in an ordinary window and printed."""

_COLOUR = {
    ObligationState.OPEN: "yellow",
    ObligationState.WITHHELD: "magenta",
    ObligationState.DISCHARGED: "green",
    ObligationState.SUPERSEDED: "dim",
}
_WORDS = {
    ObligationState.OPEN: "gjenstår",
    ObligationState.WITHHELD: "venter på samtykke",
    ObligationState.DISCHARGED: "oppfylt",
    ObligationState.SUPERSEDED: "erstattet",
}
_STATES, _STANDARDS, _ACTORS = list(_COLOUR), list(Standard), list(Actor)
_NEVER = datetime.max.replace(tzinfo=UTC)


def show(title: str, answer: Derivation, console: Console | None = None) -> None:
    """Print the answer: where the case stands, what is owed, refusals, gaps and the readings it rests on."""
    out = console or _console()
    state = word("case_state", answer.state)
    out.print(Text(title or "Sak", style="bold"))
    out.print(f"{_local(answer.at)} · {state} · RS 2015-009, versjon {answer.version:%d.%m.%Y}", highlight=False)
    for refusal in answer.refused:
        out.print(Text(f"Ikke omfattet ({refusal.provision}): {refusal.why}", style="bold red"))
    for gap in answer.gaps:
        out.print(Text(f"Mangler: {gap.why}", style="yellow"))
    out.print(_table(answer) if answer.obligations else "Ingen plikter.")
    _readings(out, answer)
    out.print(Text(LATER_VERSION, style="dim"))


def _console() -> Console:
    plain = Console()
    return Console(width=min(plain.width, WIDTH) if plain.is_terminal else WIDTH)


def _table(answer: Derivation) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading, width in (("Plikt", None), ("Hvem", 9), ("Hvor fort", 16), ("Tilstand", 16), ("Punkt", 5)):
        table.add_column(heading, width=width, overflow="fold")
    for one in sorted(answer.obligations, key=_urgency):
        table.add_row(*_row(one))
    return table


def _urgency(one: Obligation) -> tuple[object, ...]:
    """Overdue first, then what is open: nearest limit, strictest standard, the centre before UDI; the done last."""
    return (
        not one.overdue,
        _STATES.index(one.state),
        one.latest or _NEVER,
        _STANDARDS.index(one.standard),
        _ACTORS.index(one.actor),
        one.arisen_at,
    )


def _row(one: Obligation) -> tuple[Text | str, ...]:
    where = f", {one.municipality}" if one.municipality else ""
    name = f"{duty(one.id, one.recipient, one.copy_of).title} ({one.id}{where})"
    fast = "ingen frist" if one.standard is Standard.NONE else word("standard", one.standard)
    if one.latest:
        fast += f", senest {_short(one.latest)}"
    return (name, _who(one.actor), fast, _state(one), one.basis.point)


def _who(actor: Actor) -> str:
    return {Actor.CENTRE: "mottaket", Actor.REGION: "UDI, RK", Actor.ASA: "UDI, ASA"}[actor]


def _state(one: Obligation) -> Text:
    if one.overdue:
        return Text("OVER FRISTEN", style="bold red")
    if one.discharged_at:
        late = one.latest is not None and one.discharged_at > one.latest
        met = "oppfylt for sent" if late else "oppfylt"
        return Text(f"{met} {_short(one.discharged_at)}", style="red" if late else _COLOUR[one.state])
    by = f" av {one.superseded_by}" if one.superseded_by else ""
    return Text(_WORDS[one.state] + by, style=_COLOUR[one.state])


def _readings(out: Console, answer: Derivation) -> None:
    used = {number for one in answer.obligations for number in one.interpretations}
    if not used:
        return
    out.print(Text("Slik er uklare steder lest (docs/interpretations.md):", style="dim"))
    for reading in INTERPRETATIONS:
        if reading.number in used:
            out.print(Text(f"{reading.number:>4}  {reading.question}", style="dim"), no_wrap=True, overflow="ellipsis")


def _local(instant: datetime) -> str:
    return instant.astimezone(OSLO).strftime("%d.%m.%Y kl. %H.%M")


def _short(instant: datetime) -> str:
    return instant.astimezone(OSLO).strftime("%d.%m. kl. %H.%M")
