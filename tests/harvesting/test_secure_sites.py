"""https: the address that was checked is connected to, the name of the URL is what its certificate is for."""

import datetime
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import anyio
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tasks.harvesting.addresses import AllowedHosts, ask_system
from tasks.harvesting.connecting import Connections
from tasks.harvesting.fetching import FetchLimits, HttpAnswer, NoAnswer, fetch


def certificate(folder: Path, name: str) -> Path:
    """A self-signed certificate with its key, in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(built.public_bytes(serialization.Encoding.PEM) + key.private_bytes(*form))
    return path


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = f"<html><body>{self.headers['Host']}</body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@contextmanager
def serving(pem: Path) -> Iterator[tuple[int, list[str | None]]]:
    """The port of a server with this certificate, and the names that clients have asked it for (SNI)."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.sni_callback = lambda _socket, name, _context: names.append(name)  # type: ignore[assignment]
    server = HTTPServer(("127.0.0.14", 0), Page)
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server.server_port, names
    server.shutdown()
    server.server_close()


def fetched(port: int) -> HttpAnswer:
    async def ask() -> HttpAnswer:
        connections = Connections(AllowedHosts.read(["secure.test=127.0.0.14"]), ask_system)
        try:
            headers = (("Host", f"secure.test:{port}"),)
            return await fetch(connections, "secure.test", f"https://secure.test:{port}/", "page", headers, FetchLimits(5.0, 2**16))
        finally:
            await connections.close("secure.test")

    return anyio.run(ask)


def test_the_certificate_is_for_the_name_and_the_connection_to_the_checked_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pem = certificate(tmp_path, "secure.test")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with serving(pem) as (port, names):
        answer = fetched(port)
    assert (answer.status, answer.address, names) == (200, "127.0.0.14", ["secure.test"])
    assert f"secure.test:{port}".encode() in answer.packed


@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_certificate_of_another_name_or_of_nobody_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_trusted: bool):
    pem = certificate(tmp_path, "other.test" if is_trusted else "secure.test")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem if is_trusted else certificate(tmp_path, "else.test")))
    with serving(pem) as (port, _names), pytest.raises(NoAnswer, match="connection_failed"):
        fetched(port)
