"""From the concern report, the letter, to the portal's form. Both say the same in the same words."""

from collections.abc import Iterable

from savnet.delivery.channels.fiks.concern_message import Child, ConcernMessage, Guardian, Notifier
from savnet.delivery.channels.fiks.fitting import one_line
from savnet.letters import ConcernAbout, ConcernReport, Reply
from savnet.letters.blocks import Row
from savnet.letters.child_facts import language as spoken
from savnet.letters.child_facts import person, said
from savnet.letters.concern_report import around, lead, places
from savnet.letters.wording import Wording, wording
from savnet.rules.words import Answer

# What the letter has no sentence for, since only the portal's form asks: nb and nn.
NO_NATIONAL_NUMBER = {
    "nb": "Norsk fødselsnummer er ikke registrert hos oss. {number}",
    "nn": "Norsk fødselsnummer er ikkje registrert hos oss. {number}",
}
DUF_NUMBER = {"nb": "DUF-nummer: {duf}.", "nn": "DUF-nummer: {duf}."}
NO_DUF_NUMBER = {"nb": "DUF-nummer er ikke registrert.", "nn": "DUF-nummer er ikkje registrert."}
NOBODY = {"nb": "Ukjent – enslig mindreårig", "nn": "Ukjend – einsleg mindreårig"}
NOBODY_WHY = {
    "nb": "Barnet er enslig mindreårig uten foreldre i Norge, og vi kjenner ikke til at representant er oppnevnt.",
    "nn": "Barnet er einsleg mindreårig utan foreldre i Noreg, og vi kjenner ikkje til at representant er oppnemnd.",
}
GUARDIAN_WHY_AFTER_RETURN = {
    "nb": "Representant eller verge, ikke forelder. Vi vet ikke om vedkommende kjenner til denne meldingen.",
    "nn": "Representant eller verje, ikkje forelder. Vi veit ikkje om vedkommande kjenner til denne meldinga.",
}
GUARDIAN_WHY = {
    "nb": "Representant eller verge, ikke forelder. Mottaket varsler på telefon, uavhengig av denne meldingen.",
    "nn": "Representant eller verje, ikkje forelder. Mottaket varslar på telefon, uavhengig av denne meldinga.",
}
MISSING_WHY = {
    "nb": "Barnet er savnet og kan ikke orienteres.",
    "nn": "Barnet er sakna og kan ikkje orienterast.",
}
NOT_KNOWN_WHY = {
    "nb": "Vi vet ikke om barnet er orientert.",
    "nn": "Vi veit ikkje om barnet er orientert.",
}
RETURNED_WHY = {
    "nb": "Barnet er ikke orientert ennå.",
    "nn": "Barnet er ikkje orientert enno.",
}


def concern_message(
    report: ConcernReport,
    language: str,
    *,
    municipality: str,
    municipality_name: str,
    lives_at: tuple[str, ...],
    organisation_number: str = "",
) -> ConcernMessage:
    """The letter's content as the portal's form, in the letter's language; raises DoesNotFit.

    The municipality is the receiver's. `lives_at` is where the child is registered as living, as lines: the centre.
    The organisation number is that of the sender's organisation, where it is known.
    """
    words = wording(language)
    return ConcernMessage(
        municipality=municipality,
        municipality_name=municipality_name,
        notifier=_notifier(report, organisation_number),
        children=(_child(report, words, lives_at),),
        guardians=(_guardian(report, words),),
        concern=_concern(report, words),
        history=_rows((*person(report.child, words), *around(report, words))),
        interpreter=_rows(spoken(report.child, words)),
        other_services=_other_services(report, words),
    )


def _notifier(report: ConcernReport, organisation_number: str) -> Notifier:
    sender = report.envelope.sender
    return Notifier(
        name=sender.person,
        role=sender.role,
        phone=sender.phone or sender.on_call,
        email=sender.email,
        office=sender.office,
        address=sender.address,
        organisation_number=organisation_number,
    )


def _child(report: ConcernReport, words: Wording, lives_at: tuple[str, ...]) -> Child:
    told = report.child_informed
    if report.about is not ConcernAbout.RETURN:
        why = MISSING_WHY
    else:
        why = RETURNED_WHY if told.answer is Answer.NO else NOT_KNOWN_WHY
    return Child(
        name=report.child.name,
        address=lives_at,
        informed=told.answer is Answer.YES,
        why_not_informed=f"{why[words.language]} {told.text}",
    )


def _guardian(report: ConcernReport, words: Wording) -> Guardian:
    representative = report.representative
    if representative is None or not one_line(representative.name):
        return Guardian(name=NOBODY[words.language], informed=False, why_not_informed=NOBODY_WHY[words.language])
    why = GUARDIAN_WHY_AFTER_RETURN if report.about is ConcernAbout.RETURN else GUARDIAN_WHY
    return Guardian(
        name=representative.name,
        phone=representative.phone,
        informed=False,
        why_not_informed=why[words.language],
    )


def _concern(report: ConcernReport, words: Wording) -> str:
    paragraphs = [lead(report, words)]
    if report.about is not ConcernAbout.RETURN:
        paragraphs.append(words("concern.presumption"))
    paragraphs.append(report.worries)
    paragraphs.append(_rows(places(report, words), under=words(f"concern.where_{report.about}")))
    paragraphs.append(_number(report.child.duf_number, words))
    return "\n\n".join(one for one in paragraphs if one)


def _number(duf_number: str | None, words: Wording) -> str:
    """The DUF number in words: it is no national number, and must not be taken for one."""
    number = (DUF_NUMBER if duf_number else NO_DUF_NUMBER)[words.language].format(duf=duf_number)
    return NO_NATIONAL_NUMBER[words.language].format(number=number)


def _other_services(report: ConcernReport, words: Wording) -> str:
    told: list[Row] = [
        (words("concern.police_reference"), report.police_reference),
        (words("concern.measures"), _asked(report.measures, words)),
    ]
    return _rows(told)


def _asked(reply: Reply, words: Wording) -> str:
    return said(reply, words) if reply.asked else ""


def _rows(rows: Iterable[Row], under: str = "") -> str:
    """Labels and values, one to a line; what has no value is left out, as in the letter."""
    lines = [f"{label}: {value}" for label, value in rows if value]
    return "\n".join([under, *lines] if under and lines else lines)
