"""Invented people and offices that the letters' tests write about."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from savnet.letters import (
    CallSheet,
    Cancellation,
    CancelledAppointment,
    Child,
    ConcernAbout,
    ConcernReport,
    Contact,
    CopyCover,
    Envelope,
    LastObserved,
    Letter,
    NamedResident,
    News,
    Notice,
    OfficeMessage,
    Packet,
    Photo,
    PoliceReport,
    Receiver,
    Reply,
    Sender,
    SentCopy,
    Sex,
    SuspicionNotice,
    Task,
    Traces,
)
from savnet.rules.words import (
    Answer,
    AppointmentKind,
    Channel,
    ConcernKind,
    InformationKind,
    Priority,
    Recipient,
    ReturnedHow,
    Standard,
)

WRITTEN = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
BELIEVED = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)

SENDER = Sender(
    office="Granlia mottak",
    address=("Granliveien 0", "0000 Granli"),
    person="Turid Nattvakt",
    role="Nattvakt",
    phone="+47 00 00 12 34",
    on_call="+47 00 00 12 00",
    email="vakt@granlia.example",
)
POLICE = Receiver(
    kind=Recipient.POLICE_DISTRICT,
    name="Innlandet politidistrikt",
    address=("Operasjonssentralen", "Postboks 0", "0000 Granli"),
    phone="+47 00 00 11 00",
)
CHILD_WELFARE = Receiver(
    kind=Recipient.CHILD_WELFARE,
    name="Barnevernstjenesten i Granli kommune",
    address=("Rådhusplassen 0", "0000 Granli"),
    phone="+47 00 00 22 00",
)
REGION = Receiver(kind=Recipient.REGION, name="UDI Region Øst", address=("Postboks 0", "0000 Granli"))
BFE = Receiver(kind=Recipient.BFE, name="UDI, Barnefaglig enhet", address=("Postboks 0", "0000 Granli"))
KOR = Receiver(kind=Recipient.KOR, name="UDI, Koordineringsenheten", address=("Postboks 0", "0000 Granli"))
LAWYER = Receiver(kind=Recipient.LAWYER, name="Advokat Ola Paragraf", phone="+47 00 00 33 00")
REPRESENTATIVE = Receiver(
    kind=Recipient.REPRESENTATIVE,
    name="Kari Representant",
    address=("Bakkegata 0", "0000 Granli"),
    phone="+47 00 00 44 00",
)

SELAM = Child(
    name="Selam Tesfay",
    name_in_original_script="ሰላም ተስፋይ",
    aliases=("Selamawit",),
    duf_number="202500112233",
    born=date(2010, 5, 4),
    born_uncertain=True,
    identity_uncertain=True,
    sex=Sex.FEMALE,
    citizenship="Eritrea",
    languages=("tigrinja", "litt engelsk"),
    interpreter=Reply.yes("Ja, tigrinja"),
)
YUSUF = replace(
    SELAM,
    name="Yusuf Rahimi",
    name_in_original_script="یوسف رحیمی",
    aliases=(),
    sex=Sex.MALE,
    citizenship="Afghanistan",
)

ITEMS = {
    "a-3": Reply.yes("2. mars kl. 15.40 ved hovedinngangen, med ryggsekk."),
    "a-4": Reply.yes("Sa til romkameraten dagen før at hun skulle møte noen hun kjente fra nettet. Virket urolig."),
    "a-5": Reply(Answer.NO, "Klær, sko og lader ligger igjen på rommet."),
    "a-6": Reply.yes("Fetter i Storvik, og venninnen Miriam Haile på mottaket."),
    "a-7": Reply.yes("Miriam Haile sier at hun kan være hos en bekjent i Storvik."),
    "a-8": Reply(Answer.NO),
    "a-9": Reply.yes("En ukjent mann ventet utenfor mottaket to kvelder på rad. Bekymring for menneskehandel."),
    "a-10": Reply(Answer.NOT_OBTAINED, "Advokaten er ikke nådd. Miriam prøver å finne nummeret til fetteren."),
    "a-11": Reply(Answer.UNKNOWN),
}


def envelope(receiver: Receiver, duty: str, *, basis: str, reference: str = "7F3A91C2") -> Envelope:
    return Envelope(sender=SENDER, receiver=receiver, written_at=WRITTEN, reference=reference, duty=duty, basis=basis)


def photo() -> Photo:
    """A drawing of nobody."""
    image = Image.new("RGB", (300, 400), "#c9d4da")
    draw = ImageDraw.Draw(image)
    draw.ellipse((90, 70, 210, 220), fill="#8796a0")
    draw.ellipse((40, 240, 260, 520), fill="#8796a0")
    data = BytesIO()
    image.save(data, "JPEG", quality=85)
    return Photo(data=data.getvalue(), taken=date(2026, 1, 12))


POLICE_REPORT = PoliceReport(
    envelope=envelope(POLICE, "a-1", basis="a-12"),
    child=SELAM,
    scope="1-3",
    handover=Channel.IN_PERSON,
    absence_noticed_at=datetime(2026, 3, 2, 17, 0, tzinfo=UTC),
    believed_at=BELIEVED,
    items=ITEMS,
    last_observed=LastObserved(
        at=datetime(2026, 3, 2, 14, 40, tzinfo=UTC), place="Hovedinngangen", by="Per Dagvakt, miljøarbeider"
    ),
    named_residents=(
        NamedResident(
            name="Miriam Haile", knows="Har fått meldinger fra henne etter kl. 16", with_whom="En bekjent i Storvik"
        ),
    ),
    traces=Traces(
        description=Reply.yes("Ca. 165 cm, slank, svart langt hår i flette, arr over venstre øyebryn"),
        clothing=Reply.yes("Grønn boblejakke, svart bukse, hvite joggesko, grå ryggsekk"),
        phones=Reply.yes("+47 00 00 55 10 (kontantkort), svarer ikke"),
        bank_card=Reply(Answer.NO),
        earlier_disappearances=Reply(Answer.NO),
    ),
    dangers=("Eiendelene er igjen på rommet", "Ukjent mann utenfor mottaket to kvelder på rad"),
)
CONCERN_REPORT = ConcernReport(
    envelope=envelope(CHILD_WELFARE, "b-4", basis="b-4", reference="0B77E4D1"),
    child=SELAM,
    about=ConcernAbout.DISAPPEARANCE,
    missing_since=BELIEVED,
    worries="Hun har snakket om å møte noen hun kjenner fra nettet, og en ukjent mann har ventet utenfor mottaket. "
    "Vi frykter at hun er lokket bort og utnyttes.",
    whereabouts=Reply.yes("Kan være hos en fetter eller en bekjent i Storvik. Adressen er ikke kjent."),
    possible_cities=("Storvik",),
    representative=Contact(name="Kari Representant", phone="+47 00 00 44 00"),
    police_told_at=WRITTEN,
    measures=Reply(Answer.UNKNOWN),
    earlier_disappearances=Reply(Answer.NO),
)
RETURN_REPORT = replace(
    CONCERN_REPORT,
    envelope=envelope(CHILD_WELFARE, "b-9", basis="b-9", reference="5D20AA90"),
    about=ConcernAbout.RETURN,
    returned_at=datetime(2026, 3, 7, 9, 30, tzinfo=UTC),
    worries="Hun forteller at en voksen mann tok telefonen hennes og bestemte hvor hun fikk gå.",
    whereabouts=Reply.yes("I en leilighet i Storvik sammen med to voksne hun ikke vil si navnet på."),
    possible_cities=(),
    child_informed=Reply.yes("Ja, hun vet at vi melder fra"),
)
CANCELLATION = Cancellation(
    envelope=envelope(BFE, "d-2", basis="d-6", reference="C4410E77"),
    child=SELAM.identity(),
    missing_since=BELIEVED,
    appointments=(
        CancelledAppointment(kind=AppointmentKind.ASYLUM_INTERVIEW, at=datetime(2026, 3, 4, 8, 0, tzinfo=UTC)),
    ),
    priority=Priority.HIGH,
)
COPY_COVER = CopyCover(
    envelope=envelope(REGION, "d-5", basis="d-6", reference="91AB03F5"),
    copies=(
        SentCopy(letter=POLICE_REPORT, sent_at=WRITTEN, channel=Channel.IN_PERSON),
        SentCopy(letter=CONCERN_REPORT, sent_at=WRITTEN, channel=Channel.ENCRYPTED_EMAIL),
    ),
)


def notice(receiver: Receiver, news: News, *, basis: str = "a-12") -> Notice:
    """A notice that is handed everything there is to know."""
    back = news is News.RETURNED
    return Notice(
        envelope=envelope(receiver, "4-14" if back else "2.2-7", basis=basis, reference="E18D5B60"),
        child=SELAM,
        news=news,
        at=datetime(2026, 3, 7, 9, 30, tzinfo=UTC),
        missing_since=BELIEVED,
        how=ReturnedHow.FOUND_BY_OTHER if back else None,
        kind=None if back else InformationKind.SIGHTING,
        municipality="Storvik",
        text="" if back else "Sett på jernbanestasjonen sammen med en voksen mann.",
        source="" if back else "Togvert Nils Konduktør",
        their_reference="SAK-2026-000",
    )


SUSPICION_NOTICE = SuspicionNotice(
    envelope=envelope(REGION, "4-18", basis="d-6", reference="22D9C3B8"),
    child=SELAM.identity(),
    returned_at=datetime(2026, 3, 7, 9, 30, tzinfo=UTC),
    kinds=(ConcernKind.TRAFFICKING, ConcernKind.NEGLECT),
    child_welfare="Granli kommune",
    child_welfare_told_at=datetime(2026, 3, 7, 11, 0, tzinfo=UTC),
)
OFFICE_MESSAGE = OfficeMessage(
    envelope=envelope(
        Receiver(kind=Recipient.DECISION_UNIT, name="Vedtaksenheten", address=("Postboks 0", "0000 Granli")),
        "3-6",
        basis="3-6",
        reference="5C0FFEE5",
    ),
    child=SELAM,
    centre="Granlia mottak",
    missing_since=BELIEVED,
    kind=InformationKind.ABROAD,
    municipality="Storvik",
    text="En venn sier at barnet er i Sverige.",
)
CALL_SHEET = CallSheet(
    envelope=envelope(LAWYER, "c-1", basis="c-1", reference="3E5F7710"), child=SELAM.identity(), missing_since=BELIEVED
)
PACKET = Packet(
    sender=SENDER,
    written_at=WRITTEN,
    reference="A0B1C2D3",
    tasks=(
        Task(
            duty="a-1",
            receiver=POLICE,
            channel=Channel.IN_PERSON,
            standard=Standard.AT_ONCE,
            latest=datetime(2026, 3, 3, 19, 0, tzinfo=UTC),
        ),
        Task(duty="b-4", receiver=CHILD_WELFARE, channel=Channel.POST, standard=Standard.WITHOUT_UNDUE_DELAY),
        Task(duty="c-1", receiver=LAWYER, channel=Channel.PHONE, standard=Standard.NONE),
        Task(duty="d-2", receiver=BFE, channel=Channel.PHONE, standard=Standard.IMMEDIATELY),
        Task(
            duty="d-4",
            receiver=Receiver(kind=Recipient.SESAM, name="Sesam"),
            channel=Channel.SYSTEM,
            standard=Standard.AS_SOON_AS_POSSIBLE,
            latest=datetime(2026, 3, 3, 19, 0, tzinfo=UTC),
        ),
        Task(duty="d-5", receiver=REGION, channel=Channel.POST, standard=Standard.NONE),
    ),
    letters=(replace(POLICE_REPORT, items={}), CONCERN_REPORT, CANCELLATION, CALL_SHEET),
)

LETTERS: dict[str, Letter | Packet] = {
    "police_report": replace(POLICE_REPORT, photo=photo()),
    "concern_report": CONCERN_REPORT,
    "return_report": RETURN_REPORT,
    "known_address_report": replace(
        CONCERN_REPORT,
        envelope=envelope(replace(CHILD_WELFARE, name="Barnevernstjenesten i Storvik kommune"), "b-8", basis="b-8"),
        about=ConcernAbout.KNOWN_ADDRESS,
        known_address="Havnegata 0, 0000 Storvik",
        possible_cities=(),
    ),
    "cancellation": CANCELLATION,
    "copy_cover": COPY_COVER,
    "return_to_police": notice(POLICE, News.RETURNED),
    "whereabouts_to_police": notice(POLICE, News.WHEREABOUTS),
    "whereabouts_to_kor": notice(KOR, News.WHEREABOUTS, basis="d-6"),
    "return_to_representative": notice(REPRESENTATIVE, News.RETURNED, basis="c-1"),
    "suspicion_notice": SUSPICION_NOTICE,
    "office_message": OFFICE_MESSAGE,
    "request_to_police": replace(OFFICE_MESSAGE, envelope=envelope(POLICE, "4-6", basis="4-6"), kind=None),
    "call_sheet": CALL_SHEET,
    "packet": PACKET,
}
"""One of each, in many guises."""
