"""Norwegian words for every code of the contract: recipients, channels, standards, states, answers and kinds."""

from collections.abc import Mapping

RECIPIENT = {
    "police_district": "Politiet",
    "child_welfare": "Barnevernstjenesten",
    "representative": "Representanten",
    "guardian": "Vergen",
    "lawyer": "Advokaten",
    "ank": "Ankomstenheten i UDI (ANK)",
    "kor": "Koordineringsenheten i UDI (KOR)",
    "bfe": "Barnefaglig enhet i UDI (BFE)",
    "region": "UDIs regionkontor",
    "decision_unit": "Vedtaksenheten i UDI",
    "une": "Utlendingsnemnda (UNE)",
    "pu": "Politiets utlendingsenhet (PU)",
    "asa": "Asylavdelingen i UDI",
    "sesam": "Sesam",
    "duf": "DUF",
    "personal_file": "Personmappen",
}
ACTOR = {"centre": "Mottaket", "region": "UDIs regionkontor", "asa": "Asylavdelingen i UDI"}
CHANNEL = {
    "in_person": "ved frammøte",
    "agreed_channel": "slik det er avtalt med politiet",
    "phone": "på telefon",
    "post": "i posten",
    "encrypted_email": "med kryptert e-post",
    "email": "med vanlig e-post",
    "eformidling": "gjennom eFormidling",
    "fiks": "gjennom KS Fiks",
    "svarut": "gjennom KS SvarUt",
    "altinn": "gjennom Altinn",
    "system": "i fagsystemet",
}
ROUTE = {
    "in_person": "Du leverer den selv, ved frammøte",
    "agreed_channel": "Slik det er avtalt med politiet",
    "phone": "Du ringer",
    "post": "Du skriver den ut og legger den i posten",
    "encrypted_email": "Sendes med kryptert e-post",
    "email": "Sendes med vanlig e-post",
    "eformidling": "Sendes gjennom eFormidling",
    "fiks": "Sendes gjennom KS Fiks",
    "svarut": "Sendes gjennom KS SvarUt",
    "altinn": "Sendes gjennom Altinn",
    "system": "Du registrerer selv i fagsystemet",
}
"""How a notice will go, said before it goes."""
PROGRESS = {
    "composed": "Venter på å bli sendt",
    "under_way": "Sendes nå",
    "accepted": "Sendt",
    "taken": "Underveis. Ikke levert ennå",
    "delivered": "Levert til mottakeren",
    "opened": "Åpnet hos mottakeren",
    "failed": "Kom ikke fram. Må sendes på en annen måte",
    "expired": "Ikke hentet i tide. Må sendes på en annen måte",
    "refused": "Mottakeren tok ikke imot",
    "refused_for_now": "Kom ikke fram ennå. Savnet prøver igjen",
    "not_reached": "Fikk ikke svar",
    "unknown": "Usikkert om den kom fram. Savnet prøver igjen",
}
"""How far the sending of a letter has come. None of them says that anybody has it."""
STANDARD = {
    "at_once": "straks",
    "immediately": "umiddelbart",
    "as_soon_as_possible": "snarest",
    "without_undue_delay": "uten ugrunnet opphold",
    "none": "ingen frist i rundskrivet",
}
OBLIGATION_STATE = {
    "open": "Gjenstår",
    "discharged": "Gjort",
    "superseded": "Erstattet",
    "withheld": "Venter på samtykke",
}
CASE_STATE = {
    "none": "Ingen hendelse",
    "absent": "Ikke til stede",
    "missing": "Savnet",
    "found": "Kommet til rette",
    "closed": "Avsluttet",
}
ANSWER = {
    "yes": "Ja",
    "no": "Nei",
    "unknown": "Vet ikke",
    "not_obtained": "Ikke fått tak i",
    "not_asked": "Ikke besvart",
}
OUTCOME = {
    "not_reached": "fikk ikke svar",
    "refused": "ble avvist",
    "failed": "kom ikke fram",
    "unknown": "usikkert om det kom fram",
}
NOTICED_HOW = {
    "not_at_daily_activity": "Ikke på måltid, skole eller annen fast aktivitet",
    "not_back_at_agreed_time": "Ikke tilbake til avtalt tid",
    "not_arrived": "Kom ikke fram ved flytting mellom mottak",
}
ABOUT = {"whereabouts": "Om hvor barnet er", "other": "Om noe annet"}
INFORMATION_KIND = {
    "sighting": "Noen har sett barnet",
    "known_address": "Barnet bor på en kjent adresse",
    "child_welfare_institution": "Barnet bor på barnevernsinstitusjon",
    "foster_home": "Barnet bor i fosterhjem",
    "prison": "Barnet sitter i fengsel",
    "abroad": "Barnet er i utlandet",
    "other": "Noe annet",
}
MEASURE_KIND = {"child_welfare": "barnevernstiltaket", "prison": "fengslingen"}
RETURNED_HOW = {
    "to_centre": "Kom tilbake til mottaket",
    "reported_anew": "Meldte seg for utlendingsmyndighetene",
    "found_by_other": "Ble funnet av politiet, barnevernet eller andre",
}
CONCERN_KIND = {
    "trafficking": "Menneskehandel",
    "violence": "Vold eller tvang fra noen som står barnet nær",
    "neglect": "Alvorlig omsorgssvikt",
    "other": "Noe annet alvorlig",
}
CONCERN_LEVEL = {
    "reason_to_believe": "Det er grunn til å tro det",
    "justified_suspicion": "Det er en begrunnet mistanke",
}
FEELS_SAFE = {"yes": "Ja", "no": "Nei, barnet er truet, presset eller utrygt", "unknown": "Vet ikke"}
APPOINTMENT_KIND = {
    "arrival_interview": "ankomstsamtale",
    "age_examination": "aldersundersøkelse",
    "asylum_interview": "asylintervju",
}
ALERT_SCOPE = {
    "national": "etterlyst i Norge",
    "sis": "etterlyst i Schengen-området (SIS)",
    "interpol": "etterlyst gjennom Interpol",
}
QUESTION = {
    "case_opened": "Har politiet opprettet sak?",
    "case_number": "Hva er saksnummeret hos politiet?",
    "alert_national": "Er barnet etterlyst i Norge?",
    "alert_sis": "Er barnet etterlyst i Schengen-området (SIS)?",
    "alert_interpol": "Er barnet etterlyst gjennom Interpol?",
    "reviewed": "Har barneverntjenesten gått gjennom meldingen?",
    "feedback": "Har barneverntjenesten gitt tilbakemelding?",
}
QUESTION_ANSWER = {"confirmed": "Ja", "refused": "Nei", "withdrawn": "Trukket tilbake"}
CONSENT_WHO = {"resident": "barnet selv", "representative": "representanten", "guardian": "vergen"}
PRIORITY = {"normal": "vanlig", "high": "haster"}

KINDS: Mapping[str, Mapping[str, str]] = {
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
    "question_answer": QUESTION_ANSWER,
    "consent_who": CONSENT_WHO,
    "priority": PRIORITY,
}


def word(kind: str, code: str | None) -> str:
    """The word for a code; a code or kind without a word raises KeyError, which a guard test keeps from happening."""
    return "" if code is None else KINDS[kind][code]


def inside(text: str) -> str:
    """A name as it stands inside a sentence: «politiet», but still «UDIs regionkontor»."""
    return text if text[1:2].isupper() or text.split()[0] in {"Sesam", "Ankomstenheten"} else text[0].lower() + text[1:]
