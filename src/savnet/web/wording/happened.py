"""What happened, one sentence per event, as it stands in the timeline."""

from collections.abc import Callable
from typing import Any

from savnet.rules import events as e
from savnet.rules.words import Channel, Outcome
from savnet.web.wording.duties import duty
from savnet.web.wording.items import BY_ID
from savnet.web.wording.words import RECIPIENT, inside, word

Words = Callable[[Any], str]


def sentence(event: e.Event) -> str:
    """The headline of an event. Raises LookupError for a type that has none; a guard test keeps that from happening."""
    for kind, words in SENTENCES.items():
        if isinstance(event, kind):
            return words(event)
    raise LookupError(f"No sentence for {event.type}. Add it to savnet.web.wording.happened.")


def details(event: e.Event) -> tuple[str, ...]:
    """What was written with it, line by line."""
    fields = ("what", "finding", "why", "text", "knew", "why_left", "where_stayed", "what_done", "note")
    found = [value for name in fields if (value := getattr(event, name, None))]
    return tuple(str(value) for value in found if value not in {"none", "not_obtained"})


def _absence(event: e.AbsenceNoticed) -> str:
    return f"Ikke til stede: {inside(word('noticed_how', event.how))}"


def _act(event: e.Done | e.Attempted) -> str:
    words = duty(event.obligation, event.recipient, event.copy_of)
    told = event.channel in {None, Channel.SYSTEM, Channel.PHONE}  # then the words for the duty say it already
    how = "" if told else f", {word('channel', event.channel)}"
    return f"{words.done or words.title}{how}"


def _attempted(event: e.Attempted) -> str:
    outcome = word("outcome", event.outcome)
    if event.outcome is Outcome.NOT_REACHED and event.recipient:
        return f"Ringte {inside(RECIPIENT[event.recipient])}, men {outcome}"
    return f"{_act(event)}: {outcome}"


def _received(event: e.Received) -> str:
    words = duty(event.obligation, event.recipient, event.copy_of)
    reference = f", referanse {event.reference}" if event.reference else ""
    return f"Mottatt av {event.by or 'ukjent'}{reference}: {words.done or words.title}"


def _composed(event: e.LetterComposed) -> str:
    words = duty(event.obligation, event.recipient, event.copy_of)
    return f"Brev laget: {words.done or words.title}"


def _fact(event: e.FactRecorded) -> str:
    asked = BY_ID.get(event.item)
    return f"{asked.question} {word('answer', event.answer)}" if asked else "Skrevet til barnevernet"


def _information(event: e.InformationReceived) -> str:
    source = f" (fra {event.source})" if event.source else ""
    return f"Nye opplysninger: {inside(word('information_kind', event.kind))}{source}"


def _appointment(event: e.AppointmentMade) -> str:
    return f"Innkalt til {word('appointment_kind', event.kind)}"


def _concern(event: e.ConcernRaised) -> str:
    level = f". {word('concern_level', event.level)}" if event.level else ""
    return f"Bekymring: {inside(word('concern_kind', event.kind))}{level}"


def _alert(event: e.AlertConfirmed) -> str:
    return f"Politiet bekrefter: {word('alert_scope', event.scope)}"


def _answered(event: e.QuestionAnswered) -> str:
    reference = f", referanse {event.reference}" if event.reference else ""
    return f"{word('question', event.question)} {word('question_answer', event.answer)}{reference}"


def _not_theirs(event: e.NotTheirs) -> str:
    words = duty(event.obligation, event.recipient, None)
    return f"{event.by or 'Mottakeren'} sier at meldingen ikke er deres: {words.done or words.title}"


def _recall_answered(event: e.RecallAnswered) -> str:
    return f"Svar på tilbakekallingen: slettet? {word('answer', event.deleted)}"


def _assessed(event: e.BreachAssessed) -> str:
    if not event.reported:
        return "Vurdert: avviket meldes ikke til Datatilsynet"
    return f"Avviket er meldt til Datatilsynet{f', referanse {event.reference}' if event.reference else ''}"


def _talk(event: e.TalkHeld) -> str:
    safe = f". Føler seg trygg: {inside(word('feels_safe', event.feels_safe))}" if event.feels_safe else ""
    return f"Oppfølgingssamtale holdt{safe}"


def _referenced(text: str) -> Words:
    return lambda event: f"{text}, saksnummer {event.reference}" if event.reference else text


def _said(text: str) -> Words:
    return lambda event: text


SENTENCES: dict[type[e.Event], Words] = {
    e.CircumstancesNoted: _said("Opplysningene i beboerregisteret da"),
    e.AbsenceNoticed: _absence,
    e.InquiryMade: _said("Undersøkt"),
    e.AbsenceExplained: _said("Fraværet er forklart"),
    e.DisappearanceBelieved: _said("Grunn til å tro at barnet har forsvunnet"),
    e.FactRecorded: _fact,
    e.Attempted: _attempted,
    e.Done: _act,
    e.Received: _received,
    e.LetterComposed: _composed,
    e.InformationReceived: _information,
    e.MeasureEnded: lambda event: f"Slutt på {word('measure_kind', event.kind)}",
    e.Returned: lambda event: f"Kommet til rette: {inside(word('returned_how', event.how))}",
    e.DufUpdated: _said("DUF er oppdatert"),
    e.TransportRequested: _said("Bedt om å ordne transport"),
    e.TransportDone: _said("Transport gjennomført"),
    e.TalkHeld: _talk,
    e.ConcernRaised: _concern,
    e.ConsentGiven: lambda event: f"Samtykke fra {word('consent_who', event.who)}",
    e.ConsentRefused: lambda event: f"Ikke samtykke fra {word('consent_who', event.who)}",
    e.AgeExamined: lambda event: (
        "Aldersundersøkelse: mest sannsynlig over 18 år"
        if event.most_likely_over_18
        else "Aldersundersøkelse: ikke mest sannsynlig over 18 år"
    ),
    e.AgeDecided: lambda event: (
        "UDI har fastsatt alderen til over 18 år" if event.over_18 else "UDI har fastsatt alderen til under 18 år"
    ),
    e.AppointmentMade: _appointment,
    e.AppointmentCancelled: lambda event: f"Avlyst: {word('appointment_kind', event.kind)}",
    e.TransferStarted: _said("Reiste til et annet mottak"),
    e.TransferArrived: _said("Kom fram til det andre mottaket"),
    e.PoliceCaseOpened: _referenced("Politiet har opprettet sak"),
    e.AlertConfirmed: _alert,
    e.OwnerNamed: lambda event: f"{event.owner} har ansvaret for å følge opp saken",
    e.CaseReviewed: _said("Saken er gjennomgått"),
    e.QuestionPut: lambda event: f"Spurt{f' {event.who}' if event.who else ''}: {word('question', event.question)}",
    e.QuestionAnswered: _answered,
    e.NotTheirs: _not_theirs,
    e.RightReceiverNamed: _said("Ny mottaker er funnet for en melding som gikk feil"),
    e.SentInError: lambda event: f"Sendt feil: {event.receiver or 'ukjent mottaker'} fikk noe de ikke skulle hatt",
    e.RecallSent: _said("Bedt mottakeren slette det som ble sendt feil"),
    e.RecallAnswered: _recall_answered,
    e.BreachAssessed: _assessed,
    e.Corrected: lambda event: (
        f"Innførsel {event.event} er strøket" if event.fields.get("withdrawn") else f"Innførsel {event.event} er rettet"
    ),
}
ANSWERED = "Svarte på spørsmålene til politiet og barnevernet"
"""The headline over the answers of one report."""
TURNS = (e.AbsenceNoticed, e.AbsenceExplained, e.DisappearanceBelieved, e.Returned)
"""The events that change where the case stands; the timeline marks them."""
