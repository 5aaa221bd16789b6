"""A real IMAP server under TLS with one folder: as much of the protocol as reading one's own mailbox takes."""

import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Imap:
    """The server. `mails` are the messages by number; what is marked as deleted goes when it is expunged."""

    context: ssl.SSLContext
    password: str = "hemmelig"
    uidplus: bool = True
    mails: dict[int, bytes] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    marked: set[int] = field(default_factory=set)

    def __enter__(self) -> "Imap":
        imap = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("* OK ready")
                for line in self.rfile:
                    tag, _, command = line.decode().strip().partition(" ")
                    self.say(f"{tag} {imap.answer(self.say, command)}")

            def say(self, text: str | bytes) -> None:
                self.wfile.write((text.encode() if isinstance(text, str) else text) + b"\r\n")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self.server.daemon_threads = True
        self.server.socket = self.context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def answer(self, say: Any, command: str) -> str:  # noqa: C901 - one line for each command of the protocol
        """Carry out one command."""
        match command.split():
            case ["CAPABILITY"]:
                say("* CAPABILITY IMAP4rev1" + (" UIDPLUS" if self.uidplus else ""))
            case ["LOGIN", _, password] if password.strip('"') != self.password:
                return "NO wrong password"
            case ["SELECT", folder] if folder != "INBOX":
                return "NO no such folder"
            case ["SELECT", _]:
                say(f"* {len(self.mails)} EXISTS")
            case ["UID", "SEARCH", "UNDELETED", "FROM", _]:
                say("* SEARCH " + " ".join(str(one) for one in self.mails if one not in self.deleted))
            case ["UID", "FETCH", number, "(BODY.PEEK[])"]:
                raw = self.mails[int(number)]
                say(f"* {number} FETCH (UID {number} BODY[] {{{len(raw)}}}".encode() + b"\r\n" + raw + b")")
            case ["UID", "SEARCH", "UNDELETED", "UNKEYWORD", _, "SINCE", _]:
                say("* SEARCH " + " ".join(str(one) for one in self.mails if one not in self.deleted | self.marked))
            case ["UID", "FETCH", number, part] if part.startswith("(BODY.PEEK[]<0."):
                raw = self.mails[int(number)][: int(part.removeprefix("(BODY.PEEK[]<0.").rstrip(">)"))]
                say(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(raw)}}}".encode() + b"\r\n" + raw + b")")
            case ["UID", "STORE", number, "+FLAGS", "(SavnetTakenIn)"]:
                self.marked.add(int(number))
            case ["UID", "STORE", number, "+FLAGS", "(\\Deleted)"]:
                self.deleted.add(int(number))
            case ["UID", "EXPUNGE", number]:
                self.deleted.discard(int(number))
                del self.mails[int(number)]
            case ["LOGOUT"]:
                say("* BYE")
            case ["LOGIN", *_]:
                pass
            case _:
                return "BAD unknown"
        return "OK done"
