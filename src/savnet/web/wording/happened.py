"""What happened, one sentence per event, as it stands in the timeline."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.rules import events as e
from savnet.rules.words import Channel, Outcome
from savnet.web.wording.duties import duty
from savnet.web.wording.items import BY_ID
from savnet.web.wording.text import Text
from savnet.web.wording.words import RECIPIENT, inside, word

Words = Callable[[Any], str]
DETAILS = ("what", "finding", "why", "text", "knew", "why_left", "where_stayed", "what_done", "note")


def sentence(event: e.Event, hidden: Collection[str] = ()) -> str:
    """The headline of an event, bare where a field that it would tell is hidden.

    Raises LookupError for a type that has none; a guard test keeps that from happening.
    """
    if set(hidden) & HEADLINE.get(type(event), frozenset()):
        return _bare(event)
    for kind, words in SENTENCES.items():
        if isinstance(event, kind):
            return words(event)
    raise LookupError(f"No sentence for {event.type}. Add it to savnet.web.wording.happened.")


def details(event: e.Event, hidden: Collection[str] = ()) -> tuple[str, ...]:
    """What was written with it, line by line; what is hidden left out."""
    found = [value for name in DETAILS if name not in hidden and (value := getattr(event, name, None))]
    return tuple(str(value) for value in found if value not in {"none", "not_obtained"})


def _absence(event: e.AbsenceNoticed) -> str:
    return gettext("Ikke til stede: %(inside)s") % {"inside": inside(word("noticed_how", event.how))}


def _act(event: e.Done | e.Attempted) -> str:
    words = duty(event.obligation, event.recipient, event.copy_of)
    told = event.channel in {None, Channel.SYSTEM, Channel.PHONE}  # then the words for the duty say it already
    how = "" if told else f", {word('channel', event.channel)}"
    return f"{words.done or words.title}{how}"


def _attempted(event: e.Attempted) -> str:
    outcome = word("outcome", event.outcome)
    if event.outcome is Outcome.NOT_REACHED and event.recipient:
        return gettext("Ringte %(inside)s, men %(outcome)s") % {
            "inside": inside(RECIPIENT[event.recipient]),
            "outcome": outcome,
        }
    return f"{_act(event)}: {outcome}"


def _received(event: e.Received) -> str:
    words = duty(event.obligation, event.recipient, event.copy_of)
    reference = gettext(", referanse %(reference)s") % {"reference": event.reference} if event.reference else ""
    return gettext("Mottatt av %(by)s%(reference)s: %(done)s") % {
        "by": event.by or gettext("ukjent"),
        "reference": reference,
        "done": words.done or words.title,
    }


def _composed(event: e.LetterComposed) -> str:
    words = duty(event.obligation, event.recipient, event.copy_of)
    return gettext("Brev laget: %(done)s") % {"done": words.done or words.title}


def _fact(event: e.FactRecorded) -> str:
    asked = BY_ID.get(event.item)
    return f"{asked.question} {word('answer', event.answer)}" if asked else gettext("Skrevet til barnevernet")


def _information(event: e.InformationReceived) -> str:
    source = gettext(" (fra %(source)s)") % {"source": event.source} if event.source else ""
    return gettext("Nye opplysninger: %(inside)s%(source)s") % {
        "inside": inside(word("information_kind", event.kind)),
        "source": source,
    }


def _appointment(event: e.AppointmentMade) -> str:
    return gettext("Innkalt til %(word)s") % {"word": word("appointment_kind", event.kind)}


def _concern(event: e.ConcernRaised) -> str:
    level = f". {word('concern_level', event.level)}" if event.level else ""
    return gettext("Bekymring: %(inside)s%(level)s") % {
        "inside": inside(word("concern_kind", event.kind)),
        "level": level,
    }


def _alert(event: e.AlertConfirmed) -> str:
    return gettext("Politiet bekrefter: %(word)s") % {"word": word("alert_scope", event.scope)}


def _answered(event: e.QuestionAnswered) -> str:
    reference = gettext(", referanse %(reference)s") % {"reference": event.reference} if event.reference else ""
    return f"{word('question', event.question)} {word('question_answer', event.answer)}{reference}"


def _delay(event: e.DelayExplained) -> str:
    words = duty(event.obligation, event.recipient, None)
    return gettext("Hvorfor det ble sent: %(duty)s") % {"duty": words.done or words.title}


def _not_theirs(event: e.NotTheirs) -> str:
    words = duty(event.obligation, event.recipient, None)
    return gettext("%(by)s sier at meldingen ikke er deres: %(done)s") % {
        "by": event.by or gettext("Mottakeren"),
        "done": words.done or words.title,
    }


def _recall_answered(event: e.RecallAnswered) -> str:
    return gettext("Svar på tilbakekallingen: slettet? %(word)s") % {"word": word("answer", event.deleted)}


def _assessed(event: e.BreachAssessed) -> str:
    if not event.reported:
        return gettext("Vurdert: avviket meldes ikke til Datatilsynet")
    reference = gettext(", referanse %(reference)s") % {"reference": event.reference} if event.reference else ""
    return gettext("Avviket er meldt til Datatilsynet%(reference)s") % {"reference": reference}


def _talk(event: e.TalkHeld) -> str:
    safe = (
        gettext(". Føler seg trygg: %(inside)s") % {"inside": inside(word("feels_safe", event.feels_safe))}
        if event.feels_safe
        else ""
    )
    return gettext("Oppfølgingssamtale holdt%(safe)s") % {"safe": safe}


def _referenced(text: Text) -> Words:
    return lambda event: (
        gettext("%(text)s, saksnummer %(reference)s") % {"text": text, "reference": event.reference}
        if event.reference
        else str(text)
    )


def _said(text: Text) -> Words:
    return lambda event: str(text)


SENTENCES: dict[type[e.Event], Words] = {
    e.CircumstancesNoted: _said(_("Opplysningene i beboerregisteret da")),
    e.AbsenceNoticed: _absence,
    e.InquiryMade: _said(_("Undersøkt")),
    e.AbsenceExplained: _said(_("Fraværet er forklart")),
    e.DisappearanceBelieved: _said(_("Grunn til å tro at barnet har forsvunnet")),
    e.FactRecorded: _fact,
    e.Attempted: _attempted,
    e.Done: _act,
    e.Received: _received,
    e.LetterComposed: _composed,
    e.InformationReceived: _information,
    e.MeasureEnded: lambda event: gettext("Slutt på %(word)s") % {"word": word("measure_kind", event.kind)},
    e.Returned: lambda event: (
        gettext("Kommet til rette: %(inside)s") % {"inside": inside(word("returned_how", event.how))}
    ),
    e.DufUpdated: _said(_("DUF er oppdatert")),
    e.TransportRequested: _said(_("Bedt om å ordne transport")),
    e.TransportDone: _said(_("Transport gjennomført")),
    e.TalkHeld: _talk,
    e.ConcernRaised: _concern,
    e.ConsentGiven: lambda event: gettext("Samtykke fra %(word)s") % {"word": word("consent_who", event.who)},
    e.ConsentRefused: lambda event: gettext("Ikke samtykke fra %(word)s") % {"word": word("consent_who", event.who)},
    e.AgeExamined: lambda event: (
        gettext("Aldersundersøkelse: mest sannsynlig over 18 år")
        if event.most_likely_over_18
        else gettext("Aldersundersøkelse: ikke mest sannsynlig over 18 år")
    ),
    e.AgeDecided: lambda event: (
        gettext("UDI har fastsatt alderen til over 18 år")
        if event.over_18
        else gettext("UDI har fastsatt alderen til under 18 år")
    ),
    e.AppointmentMade: _appointment,
    e.AppointmentCancelled: lambda event: gettext("Avlyst: %(word)s") % {"word": word("appointment_kind", event.kind)},
    e.TransferStarted: _said(_("Reiste til et annet mottak")),
    e.TransferArrived: _said(_("Kom fram til det andre mottaket")),
    e.PoliceCaseOpened: _referenced(_("Politiet har opprettet sak")),
    e.AlertConfirmed: _alert,
    e.OwnerNamed: lambda event: gettext("%(owner)s har ansvaret for å følge opp saken") % {"owner": event.owner},
    e.CaseReviewed: _said(_("Saken er gjennomgått")),
    e.QuestionPut: lambda event: (
        gettext("Spurt %(who)s: %(word)s") % {"who": event.who, "word": word("question", event.question)}
        if event.who
        else gettext("Spurt: %(word)s") % {"word": word("question", event.question)}
    ),
    e.QuestionAnswered: _answered,
    e.DelayExplained: _delay,
    e.NotTheirs: _not_theirs,
    e.RightReceiverNamed: _said(_("Ny mottaker er funnet for en melding som gikk feil")),
    e.SentInError: lambda event: (
        gettext("Sendt feil: %(receiver)s fikk noe de ikke skulle hatt")
        % {"receiver": event.receiver or gettext("ukjent mottaker")}
    ),
    e.RecallSent: _said(_("Bedt mottakeren slette det som ble sendt feil")),
    e.RecallAnswered: _recall_answered,
    e.BreachDrafted: _said(_("Laget utkast til melding til Datatilsynet")),
    e.BreachAssessed: _assessed,
    e.ProposalAnswered: lambda event: (
        gettext("To personer bekreftet %(word)s. Foreslått av %(name)s")
        % {"word": word("proposed", event.what), "name": event.proposed_by}
        if event.confirmed
        else gettext("Avslått: %(word)s. Foreslått av %(name)s")
        % {"word": word("proposed", event.what), "name": event.proposed_by}
    ),
    e.CaseClosed: lambda event: (
        gettext("Saken er avsluttet: %(word)s. Kilde: %(source)s")
        % {"word": inside(word("returned_how", event.outcome)), "source": event.source}
    ),
    e.Corrected: lambda event: (
        gettext("Innførsel %(event)s er strøket") % {"event": event.event}
        if event.fields.get("withdrawn")
        else gettext("Innførsel %(event)s er rettet") % {"event": event.event}
    ),
}
ANSWERED = _("Svarte på spørsmålene til politiet og barnevernet")
"""The headline over the answers of one report."""
TURNS = (e.AbsenceNoticed, e.AbsenceExplained, e.DisappearanceBelieved, e.Returned)
"""The events that change where the case stands; the timeline marks them."""

HEADLINE: Mapping[type[e.Event], frozenset[str]] = {
    e.FactRecorded: frozenset({"answer"}),
    e.InformationReceived: frozenset({"kind", "source"}),
    e.ConcernRaised: frozenset({"kind", "level"}),
    e.TalkHeld: frozenset({"feels_safe"}),
    e.MeasureEnded: frozenset({"kind"}),
    e.AgeExamined: frozenset({"most_likely_over_18"}),
    e.AgeDecided: frozenset({"over_18"}),
    e.AppointmentMade: frozenset({"kind"}),
    e.AppointmentCancelled: frozenset({"kind"}),
    e.SentInError: frozenset({"receiver"}),
    e.CaseClosed: frozenset({"source"}),
}
"""What the headline of an event tells that may be hidden."""
BARE: Mapping[type[e.Event], Text] = {
    e.FactRecorded: _("Svart på et spørsmål til politiet eller barnevernet"),
    e.InformationReceived: _("Nye opplysninger"),
    e.ConcernRaised: _("Bekymring"),
    e.TalkHeld: _("Oppfølgingssamtale holdt"),
    e.MeasureEnded: _("Slutt på et tiltak"),
    e.AgeExamined: _("Aldersundersøkelse"),
    e.AgeDecided: _("UDI har fastsatt alderen"),
    e.AppointmentMade: _("Innkalt til UDI"),
    e.AppointmentCancelled: _("Innkalling avlyst"),
    e.SentInError: _("Sendt feil"),
    e.CaseClosed: _("Saken er avsluttet"),
}
"""The headline without it."""


def _bare(event: e.Event) -> str:
    asked = BY_ID.get(event.item) if isinstance(event, e.FactRecorded) else None
    return str(asked.question if asked else BARE[type(event)])
