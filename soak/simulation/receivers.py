"""What receivers do: confirm, twice or wrongly, say that it is not theirs, answer by machine, or nothing."""

from uuid import UUID

from savnet.casework import receipt_links, receipts, receiver_page, returned_mail
from savnet.casework.receiver_page import Answer, Outcome
from savnet.delivery.models import Message
from savnet.rules.words import Channel
from soak.simulation.life import Life

ANSWERS = ("silent", "silent", "confirm", "confirm", "wrong first", "not theirs", "phone")
ASKED = ("police_district", "child_welfare")


def confirm_on_the_page(life: Life) -> None:
    """Some confirm, some mistype first, some say that it is somebody else's; a third say nothing."""
    for letter in _asked(life):
        declined = letter.obligation == "a-1" and life.chance(0, "receivers")
        match "not theirs" if declined else life.random.choice(ANSWERS):
            case "confirm":
                _answer(life, letter)
            case "wrong first":
                _answer(life, letter, wrong=True)
                _answer(life, letter)
                _answer(life, letter)
            case "not theirs":
                _not_theirs(life, letter)
            case "phone":
                _told_on_the_phone(life, letter)


def _asked(life: Life) -> list[Message]:
    letters = Message.objects.filter(case_id=life.case, recipient__in=ASKED, withdrawal=None)
    return list(letters.defer("sealed_letter", "sealed_data").order_by("composed_at", "id"))


def _answer(
    life: Life, letter: Message, *, wrong: bool = False, theirs: bool = True, where: str = ""
) -> Outcome | None:
    secret = receipt_links.to_read_out(letter, now=life.now)
    if secret is None:
        return None
    code = "00000000" if wrong and secret.code != "00000000" else secret.code
    given = Answer(code=code, by_name="Vakthavende", reference="26/7", theirs=theirs, municipality=where, why="Flyttet")
    outcome = receiver_page.answer(secret.token, given, source="somewhere", now=life.now)
    life.tell(f"{letter.obligation} on the page, {'theirs' if theirs else f'not theirs but {where}'}: {outcome}")
    if outcome is Outcome.TAKEN and theirs:
        life.truth.receipts.add(letter.id)
    return outcome


def _not_theirs(life: Life, letter: Message) -> None:
    """Any letter can be declined; only the reports are to go on to somebody else."""
    goes_on, where = letter.obligation in {"a-1", "b-4", "b-8"}, life.random.choice(("9902", "9903", ""))
    if _answer(life, letter, theirs=False, where=where) is Outcome.TAKEN:
        life.truth.astray.append((letter.id, where if goes_on else "", life.now))
        if goes_on and life.truth.missing_since:
            life.truth.astray_while_missing.add(life.now)


def _told_on_the_phone(life: Life, letter: Message) -> None:
    receipts.record_receipt(
        letter.id, by_name="Vakthavende", reference="26/8", at=life.now, by=life.someone, now=life.now
    )
    life.truth.receipts.add(letter.id)


def answer_by_machine(life: Life) -> None:
    """An out-of-office answer, and one that says that it was received: neither is anybody's receipt."""
    for letter in _asked(life):
        _mail(life, letter.id, letter.address, "Auto-Submitted: auto-replied\n")
        if life.chance(0.3):
            _mail(life, letter.id, letter.address, "")


def _mail(life: Life, message_id: UUID, address: str, header: str) -> None:
    raw = (
        f"From: {address}\nSubject: Sv\nMessage-ID: <{life.random.random()}@x.example>\n{header}"
        f"In-Reply-To: <{message_id}@savnet.example>\n\nMottatt, takk. Ref. 123.\n"
    )
    returned_mail.take_in_one(raw.encode(), now=life.now)


def bounce(life: Life) -> None:
    """Hand in the reports of failure that have come by now."""
    for one in [one for one in life.wire.to_bounce if one[2] <= life.now]:
        life.wire.to_bounce.remove(one)
        message_id, address, _ = one
        life.wire.bounced.add(message_id)
        life.tell(f"{Channel.ENCRYPTED_EMAIL} {message_id.hex[:8].upper()} came back")
        returned_mail.take_in_one(_report(message_id, address), now=life.now)


def _report(message_id: UUID, address: str) -> bytes:
    return (
        "From: MAILER-DAEMON@x.example\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nFailed.\n"
        f"--b\nContent-Type: message/delivery-status\n\nOriginal-Envelope-Id: {message_id}\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    ).encode()
