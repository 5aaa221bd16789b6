"""Mail that comes to our own address and is no receipt, however much it looks like one: written by chance.

Programs' answers in four languages and many systems, reports of delivery and of being shown, people who write back and
quote link and code, signed receipts, and all of these broken. Everybody and every number is invented.
"""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from random import Random

from soak.receiving.letters import Sent, drawn_name

OURS = "varsling@savnet.example"
AWAY = (
    "Jeg er ute av kontoret til mandag. Meldingen din er mottatt og blir lest da.",
    "Eg er ikkje på kontoret. Meldinga di er motteken, og eg svarar når eg er attende.",
    "I am out of the office. Your message has been received and will be read on my return.",
    "Ich bin nicht im Büro. Ihre Nachricht ist eingegangen.",
)
TICKETS = (
    "Takk for henvendelsen. Den er mottatt og registrert som sak {number}. Saksbehandler: {name}.",
    "Takk for at du tok kontakt. Meldinga er motteken. Saksnummer {number}. Helsing {name}.",
    "Your request has been received and registered as ticket #{number}. Assigned to: {name}.",
    "Bekreftelse på mottatt bekymringsmelding. Referanse: {number}. Mottatt av {name}.",
)
REPLIES = (
    "Hei, vi bekrefter at vi har mottatt meldingen. Saksnummer {number}. Mvh {name}",
    "Vi har fått den, og ser på saka i dag. Ref. {number}. Helsing {name}",
    "Received, thank you. Our reference is {number}. {name}",
    "Mottatt!\n\n> Bekreft at meldingen er mottatt: {link}\n> Kode: {code}\n",
    "{name} har mottatt meldingen med kode {code}, referanse {number}.\n\n{link}?code={code}&by_name={name}",
)
MARKS: tuple[dict[str, str], ...] = (
    {"Auto-Submitted": "auto-replied"},
    {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    {"X-Autoreply": "yes"},
    {"Precedence": "bulk"},
    {"X-Autorespond": "Mottatt"},
    {},
)
SENDERS = (
    "bv@granvik.example",
    "postmottak@granvik.example",
    "ingen-svar@system.example",
    "MAILER-DAEMON@mx.example",
    "",
)
ACTIONS = ("failed", "delayed", "relayed", "delivered", "expanded", "Failed", "read", "received")
STATUSES = ("5.1.1", "5.7.1", "4.4.7", "4.4.1", "2.0.0", "2.1.5", "9.9.9", "")
DISPOSITIONS = ("displayed", "deleted", "dispatched", "processed", "denied", "displayed/error")
MOST_BROKEN = 6


def drawn_mail(one: Sent, random: Random, now: datetime) -> tuple[str, bytes]:
    """A mail, and what it is."""
    kind = random.choices(list(KINDS), [often for _, often in KINDS.values()])[0]
    return kind, KINDS[kind][0](one, random, now)


def away(one: Sent, random: Random, now: datetime) -> bytes:
    return _letter(
        one, random, now, random.choice(AWAY), subject=random.choice(("Autosvar", "Fravær", "Automatic reply"))
    )


def ticket(one: Sent, random: Random, now: datetime) -> bytes:
    return _letter(one, random, now, random.choice(TICKETS), subject="[Sak #{number}] Mottatt: Melding")


def reply(one: Sent, random: Random, now: datetime) -> bytes:
    """A person, or what looks like one: no mark of a program."""
    return _letter(one, random, now, random.choice(REPLIES), subject="SV: Melding", marks={})


def _letter(
    one: Sent, random: Random, now: datetime, text: str, *, subject: str, marks: dict[str, str] | None = None
) -> bytes:
    words = {
        "number": f"{random.randrange(20, 27)}/{random.randrange(10**5):05}",
        "name": drawn_name(random),
        "link": f"https://savnet.example/k/{one.secret.token}/",
        "code": one.secret.spoken,
    }
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = random.choice(SENDERS) or "<>", OURS, subject.format(**words)
    mail["Date"] = format_datetime(now)
    mail[random.choice(("In-Reply-To", "References"))] = f"<{one.id}@savnet.example>"
    for name, value in (random.choice(MARKS) if marks is None else marks).items():
        mail[name] = value
    mail.set_content(text.format(**words))
    if random.random() < 0.3:
        mail.add_alternative(f"<p>{text.format(**words)}</p>", subtype="html")
    return mail.as_bytes()


def delivery_report(one: Sent, random: Random, now: datetime) -> bytes:
    """What a mail server says (RFC 3464): of the right receiver or another, of a letter that it names or does not."""
    receiver = random.choice((one.mail, one.mail.upper(), "en-annen@granvik.example"))
    receivers = random.choice((1, 1, 2))
    said = [f"Action: {random.choice(ACTIONS)}\r\nStatus: {random.choice(STATUSES)}\r\n" for _ in range(receivers)]
    blocks = "\r\n".join(f"Final-Recipient: rfc822; {receiver}\r\n{one}" for one in said)
    envelope = random.choice(("", f"Original-Envelope-Id: {one.id}\r\n"))
    told = f"{envelope}Reporting-MTA: dns; mx.example\r\n\r\n{blocks}"
    return _report(one, random, now, "message/delivery-status", told)


def shown_report(one: Sent, random: Random, now: datetime) -> bytes:
    """What a mail program says of itself (RFC 8098): that it showed the letter, or threw it away."""
    told = (
        f"Reporting-UA: Postleser; 9.1\r\nFinal-Recipient: rfc822; {one.mail}\r\n"
        f"Original-Message-ID: <{one.id}@savnet.example>\r\n"
        f"Disposition: {random.choice(('manual-action/MDN-sent-manually', 'automatic-action/MDN-sent-automatically'))};"
        f" {random.choice(DISPOSITIONS)}\r\n"
    )
    return _report(one, random, now, "message/disposition-notification", told)


def _report(one: Sent, random: Random, now: datetime, kind: str, told: str) -> bytes:
    headers = f"Message-ID: <{one.id}@savnet.example>\r\nSubject: Melding\r\n"
    return (
        f"From: {random.choice(SENDERS) or '<>'}\r\nTo: {random.choice((OURS, 'postmaster@savnet.example'))}\r\n"
        f"Date: {format_datetime(now)}\r\nMessage-ID: <{random.randrange(10**12)}@mx.example>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind.partition("/")[2]}; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nMottatt av {drawn_name(random)}.\r\n"
        f"--b\r\nContent-Type: {kind}\r\n\r\n{told}\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{headers}\r\n--b--\r\n"
    ).encode()


def plain_bounce(one: Sent, random: Random, now: datetime) -> bytes:
    """A report as old servers write it: text, and no part that a program could read."""
    status = random.choice(("550 5.1.1 User unknown", "452 4.2.2 Mailbox full", "250 2.0.0 Delivered to mailbox"))
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = "postmaster@granvik.example", random.choice((OURS, "postmaster@savnet.example"))
    mail["Subject"], mail["Date"] = "Undelivered Mail Returned to Sender", format_datetime(now)
    mail.set_content(f"{one.mail}: {status}\n\nMessage-ID: <{one.id}@savnet.example>\nKode: {one.secret.spoken}")
    return mail.as_bytes()


def signed_receipt(one: Sent, random: Random, now: datetime) -> bytes:
    """What S/MIME calls a signed receipt (RFC 2634): a program made it, and no person's name is in it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Date"] = one.mail, OURS, format_datetime(now)
    mail["Subject"], mail["In-Reply-To"] = "Receipt", f"<{one.id}@savnet.example>"
    mail.set_content(
        random.randbytes(300), maintype="application", subtype="pkcs7-mime", params={"smime-type": "signed-receipt"}
    )
    return mail.as_bytes()


def broken(one: Sent, random: Random, now: datetime) -> bytes:
    """Any of the others, cut, with bytes that don't belong, or with a part of itself in the wrong place."""
    others = [write for name, (write, _) in KINDS.items() if name != "mail, broken"]
    raw = bytearray(random.choice(others)(one, random, now))
    for _ in range(random.randint(1, MOST_BROKEN)):
        at = random.randrange(max(1, len(raw)))
        match random.randrange(4):
            case 0:
                raw[at : at + random.randrange(40)] = b""
            case 1:
                raw[at:at] = random.randbytes(random.randrange(20))
            case 2:
                raw[at:at] = raw[: random.randrange(200)]
            case _:
                raw[at:] = raw[at:].replace(b"\r\n", b"\n")
    return bytes(raw)


KINDS: dict[str, tuple[Callable[[Sent, Random, datetime], bytes], int]] = {
    "mail, out of office": (away, 4),
    "mail, ticket system": (ticket, 4),
    "mail, reply that quotes link and code": (reply, 4),
    "mail, report of delivery, failure or delay": (delivery_report, 6),
    "mail, report that it was shown": (shown_report, 4),
    "mail, bounce in plain text": (plain_bounce, 2),
    "mail, S/MIME signed receipt": (signed_receipt, 2),
    "mail, broken": (broken, 4),
}
