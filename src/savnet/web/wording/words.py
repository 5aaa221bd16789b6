"""The words for every code of the contract: recipients, channels, standards, states, answers and kinds."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from savnet.web.wording.text import Text

RECIPIENT = {
    "police_district": _("Politiet"),
    "child_welfare": _("Barnevernstjenesten"),
    "representative": _("Representanten"),
    "guardian": _("Vergen"),
    "lawyer": _("Advokaten"),
    "ank": _("Ankomstenheten i UDI (ANK)"),
    "kor": _("Koordineringsenheten i UDI (KOR)"),
    "bfe": _("Barnefaglig enhet i UDI (BFE)"),
    "region": _("UDIs regionkontor"),
    "decision_unit": _("Vedtaksenheten i UDI"),
    "une": _("Utlendingsnemnda (UNE)"),
    "pu": _("Politiets utlendingsenhet (PU)"),
    "asa": _("Asylavdelingen i UDI"),
    "sesam": _("Sesam"),
    "duf": _("DUF"),
    "personal_file": _("Personmappen"),
}
ACTOR = {"centre": _("Mottaket"), "region": _("UDIs regionkontor"), "asa": _("Asylavdelingen i UDI")}
CHANNEL = {
    "in_person": _("ved frammøte"),
    "agreed_channel": _("slik det er avtalt med politiet"),
    "phone": _("på telefon"),
    "post": _("i posten"),
    "encrypted_email": _("med kryptert e-post"),
    "email": _("med vanlig e-post"),
    "eformidling": _("gjennom eFormidling"),
    "fiks": _("gjennom KS Fiks"),
    "svarut": _("gjennom KS SvarUt"),
    "altinn": _("gjennom Altinn"),
    "system": _("i fagsystemet"),
}
ROUTE = {
    "in_person": _("Du leverer den selv, ved frammøte"),
    "agreed_channel": _("Slik det er avtalt med politiet"),
    "phone": _("Du ringer"),
    "post": _("Du skriver den ut og legger den i posten"),
    "encrypted_email": _("Sendes med kryptert e-post"),
    "email": _("Sendes med vanlig e-post"),
    "eformidling": _("Sendes gjennom eFormidling"),
    "fiks": _("Sendes gjennom KS Fiks"),
    "svarut": _("Sendes gjennom KS SvarUt"),
    "altinn": _("Sendes gjennom Altinn"),
    "system": _("Du registrerer selv i fagsystemet"),
}
"""How a notice will go, said before it goes."""
PROGRESS = {
    "composed": _("Venter på å bli sendt"),
    "under_way": _("Sendes nå"),
    "accepted": _("Sendt"),
    "taken": _("Underveis. Ikke levert ennå"),
    "delivered": _("Levert til mottakeren"),
    "opened": _("Åpnet hos mottakeren"),
    "failed": _("Kom ikke fram. Må sendes på en annen måte"),
    "expired": _("Ikke hentet i tide. Må sendes på en annen måte"),
    "refused": _("Mottakeren tok ikke imot"),
    "refused_for_now": _("Kom ikke fram ennå. Savnet prøver igjen"),
    "not_reached": _("Fikk ikke svar"),
    "unknown": _("Usikkert om den kom fram. Savnet prøver igjen"),
}
"""How far the sending of a letter has come. None of them says that anybody has it."""
STANDARD = {
    "at_once": _("straks"),
    "immediately": _("umiddelbart"),
    "as_soon_as_possible": _("snarest"),
    "without_undue_delay": _("uten ugrunnet opphold"),
    "none": _("ingen frist i rundskrivet"),
}
OBLIGATION_STATE = {
    "open": _("Gjenstår"),
    "discharged": _("Gjort"),
    "superseded": _("Erstattet"),
    "withheld": _("Venter på samtykke"),
}
CASE_STATE = {
    "none": _("Ingen hendelse"),
    "absent": _("Ikke til stede"),
    "missing": _("Savnet"),
    "found": _("Kommet til rette"),
    "closed": _("Avsluttet"),
}
ANSWER = {
    "yes": _("Ja"),
    "no": _("Nei"),
    "unknown": _("Vet ikke"),
    "not_obtained": _("Ikke fått tak i"),
    "not_asked": _("Ikke besvart"),
}
OUTCOME = {
    "not_reached": _("fikk ikke svar"),
    "refused": _("ble avvist"),
    "failed": _("kom ikke fram"),
    "unknown": _("usikkert om det kom fram"),
}
NOTICED_HOW = {
    "not_at_daily_activity": _("Ikke på måltid, skole eller annen fast aktivitet"),
    "not_back_at_agreed_time": _("Ikke tilbake til avtalt tid"),
    "not_arrived": _("Kom ikke fram ved flytting mellom mottak"),
}
ABOUT = {"whereabouts": _("Om hvor barnet er"), "other": _("Om noe annet")}
INFORMATION_KIND = {
    "sighting": _("Noen har sett barnet"),
    "known_address": _("Barnet bor på en kjent adresse"),
    "child_welfare_institution": _("Barnet bor på barnevernsinstitusjon"),
    "foster_home": _("Barnet bor i fosterhjem"),
    "prison": _("Barnet sitter i fengsel"),
    "abroad": _("Barnet er i utlandet"),
    "other": _("Noe annet"),
}
MEASURE_KIND = {"child_welfare": _("barnevernstiltaket"), "prison": _("fengslingen")}
RETURNED_HOW = {
    "to_centre": _("Kom tilbake til mottaket"),
    "reported_anew": _("Meldte seg for utlendingsmyndighetene"),
    "found_by_other": _("Ble funnet av politiet, barnevernet eller andre"),
}
CONCERN_KIND = {
    "trafficking": _("Menneskehandel"),
    "violence": _("Vold eller tvang fra noen som står barnet nær"),
    "neglect": _("Alvorlig omsorgssvikt"),
    "other": _("Noe annet alvorlig"),
}
CONCERN_LEVEL = {
    "reason_to_believe": _("Det er grunn til å tro det"),
    "justified_suspicion": _("Det er en begrunnet mistanke"),
}
FEELS_SAFE = {"yes": _("Ja"), "no": _("Nei, barnet er truet, presset eller utrygt"), "unknown": _("Vet ikke")}
APPOINTMENT_KIND = {
    "arrival_interview": _("ankomstsamtale"),
    "age_examination": _("aldersundersøkelse"),
    "asylum_interview": _("asylintervju"),
}
ALERT_SCOPE = {
    "national": _("etterlyst i Norge"),
    "sis": _("etterlyst i Schengen-området (SIS)"),
    "interpol": _("etterlyst gjennom Interpol"),
}
QUESTION = {
    "case_opened": _("Har politiet opprettet sak?"),
    "case_number": _("Hva er saksnummeret hos politiet?"),
    "alert_national": _("Er barnet etterlyst i Norge?"),
    "alert_sis": _("Er barnet etterlyst i Schengen-området (SIS)?"),
    "alert_interpol": _("Er barnet etterlyst gjennom Interpol?"),
    "reviewed": _("Har barnevernstjenesten gått gjennom meldingen?"),
    "feedback": _("Har barnevernstjenesten gitt tilbakemelding?"),
}
ALERT_STANDS = {
    "alert_national": _("Er etterlysningen i Norge trukket tilbake?"),
    "alert_sis": _("Er etterlysningen i Schengen-området (SIS) trukket tilbake?"),
    "alert_interpol": _("Er etterlysningen gjennom Interpol trukket tilbake?"),
}
QUESTION_ANSWER = {"confirmed": _("Ja"), "refused": _("Nei"), "withdrawn": _("Trukket tilbake")}
CONSENT_WHO = {"resident": _("barnet selv"), "representative": _("representanten"), "guardian": _("vergen")}
PRIORITY = {"normal": _("vanlig"), "high": _("haster")}

PROPOSED = {
    "closing": _("at saken avsluttes"),
    "found": _("at barnet er funnet et annet sted"),
    "later": _("at starten på fristen strykes eller flyttes"),
}

KINDS: Mapping[str, Mapping[str, Text]] = {
    "recipient": RECIPIENT,
    "actor": ACTOR,
    "channel": CHANNEL,
    "route": ROUTE,
    "progress": PROGRESS,
    "standard": STANDARD,
    "obligation_state": OBLIGATION_STATE,
    "case_state": CASE_STATE,
    "answer": ANSWER,
    "outcome": OUTCOME,
    "noticed_how": NOTICED_HOW,
    "about": ABOUT,
    "information_kind": INFORMATION_KIND,
    "measure_kind": MEASURE_KIND,
    "returned_how": RETURNED_HOW,
    "concern_kind": CONCERN_KIND,
    "concern_level": CONCERN_LEVEL,
    "feels_safe": FEELS_SAFE,
    "appointment_kind": APPOINTMENT_KIND,
    "alert_scope": ALERT_SCOPE,
    "question": QUESTION,
    "alert_stands": ALERT_STANDS,
    "question_answer": QUESTION_ANSWER,
    "consent_who": CONSENT_WHO,
    "priority": PRIORITY,
    "proposed": PROPOSED,
}


def word(kind: str, code: str | None) -> str:
    """The word for a code; a code or kind without a word raises KeyError, which a guard test keeps from happening."""
    return "" if code is None else str(KINDS[kind][code])


def inside(name: Text) -> str:
    """A name as it stands inside a sentence: «politiet», but still «UDIs regionkontor»."""
    text = str(name)
    return text if text[1:2].isupper() or text.split()[0] in {"Sesam", "Ankomstenheten"} else text[0].lower() + text[1:]
