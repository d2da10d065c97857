import datetime as dt
import ssl
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from inspections.messages.delivery import deliver
from inspections.messages.smtp_carrier import SmtpCarrier
from inspections.messages.smtp_settings import smtp_settings
from inspections.models import MessageRow
from tests.inspections.messages.conftest import NOW, draft, put_drafts
from tests.inspections.messages.mail_server import Box, free_port

USER, PASSWORD = "xunjian", "p@ss:word/1"
TYPED = "p%40ss%3Aword%2F1"
# Implicit TLS is not known to the test server's session.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = Path(tmp_path_factory.mktemp("tls")) / "localhost.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


def authenticate(_server, _session, _envelope, _mechanism, given):
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    # Not handled: the server itself answers 535.
    return AuthResult(success=right, handled=right)


@contextmanager
def server(certificate, *, implicit):
    """Run a server that takes mail by TLS only, from who signed in."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    box, port = Box(), free_port()
    ways = {"ssl_context": context} if implicit else {"tls_context": context}
    controller = Controller(
        box,
        hostname="localhost",
        port=port,
        ready_timeout=10,
        authenticator=authenticate,
        auth_required=True,
        # Implicit TLS is not known to the session, which would then offer no sign-in.
        auth_require_tls=not implicit,
        require_starttls=not implicit,
        **ways,
    )
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


def send(sessions, url):
    carrier = SmtpCarrier(smtp_settings(url))
    return deliver(sessions, {"mail": carrier}, clock=lambda: NOW)


def address(port, *, implicit, password=TYPED):
    scheme = "smtps" if implicit else "smtp"
    more = "from=xunjian@example.cn&starttls=require&timeout=5"
    return f"{scheme}://{USER}:{password}@localhost:{port}?{more}"


@pytest.mark.parametrize("implicit", [True, False])
def test_mail_goes_by_tls_from_who_signed_in(school, certificate, monkeypatch, implicit):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    put_drafts(school, draft())

    with server(certificate, implicit=implicit) as (box, port):
        told = send(school, address(port, implicit=implicit))

    assert (1, 1) == (told.sent, len(box.mails))


@pytest.mark.parametrize("implicit", [True, False])
def test_a_certificate_that_nobody_vouches_for_gets_neither_password_nor_mail(
    school, certificate, implicit
):
    put_drafts(school, draft())

    with server(certificate, implicit=implicit) as (box, port):
        told = send(school, address(port, implicit=implicit))

    assert (1, []) == (told.later, box.mails)
    assert "SSLCertVerificationError" in told.reasons[0].text.en


def test_a_wrong_password_is_told_without_repeating_it(school, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    put_drafts(school, draft())

    with server(certificate, implicit=False) as (box, port):
        told = send(school, address(port, implicit=False, password="wrong-secret"))

    assert (1, []) == (told.later, box.mails)
    with school() as session:
        reason = session.scalars(select(MessageRow)).one().reason
    assert "sign-in-refused" == reason["code"], reason
    assert "wrong-secret" not in str(reason)


def test_settings_never_show_their_password():
    settings = smtp_settings(f"smtps://{USER}:{TYPED}@mail.example.cn?from=a@example.cn")

    assert PASSWORD == settings.password
    assert PASSWORD not in repr(settings)
