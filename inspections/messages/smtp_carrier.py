"""Mail by SMTP, step by step: the record is told right before the server could take a message."""

import smtplib
import ssl
from collections.abc import Callable
from email.generator import BytesGenerator
from email.policy import SMTP
from io import BytesIO

from inspections.messages.carrier import InDoubt, LostClaim, NeverTaken, TryLater, Unreachable
from inspections.messages.claims import Claimed
from inspections.messages.mail_text import as_mail
from inspections.messages.smtp_settings import SmtpSettings
from rules.organisation.mail_address import ascii_address

_BROKEN = (smtplib.SMTPException, OSError)
Answer = tuple[int, bytes]


class SmtpCarrier:
    """Hands mail to one server over one connection, opened when first needed."""

    channel = "mail"

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def hand_over(self, message: Claimed, *, begin: Callable[[], bool]) -> None:
        """
        Hand one mail over.

        Raises:
            Unreachable: If the server does not answer or does not let us in.
            TryLater: If it puts the message off.
            NeverTaken: If it refuses the recipient or the message for good.
            InDoubt: If it did not answer after it had the whole message.
            LostClaim: If another sender has the message.
        """
        server = self._server or self._open()
        sender, recipient = _ascii(self._settings.sender), _ascii(message.address or "")
        mail = _bytes(as_mail(message, self._settings))
        self._ask(lambda: server.mail(sender, ()), server)
        self._ask(lambda: server.rcpt(recipient), server, recipient=True)
        self._ask(lambda: server.docmd("DATA"), server, wanted=3)
        if not begin():
            # In the middle of DATA nothing but hanging up takes a message back.
            self._drop()
            raise LostClaim
        self._send(server, mail)

    def check(self) -> str:
        """
        Connect and sign in; return what the server calls itself.

        Raises:
            Unreachable: If that fails.
        """
        server = self._server or self._open()
        return (server.ehlo_resp or server.helo_resp or b"").decode(errors="replace").split("\n")[0]

    def close(self) -> None:
        """Leave the server; what it says to that does not matter any more."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except _BROKEN:
                server.close()

    def _open(self) -> smtplib.SMTP:
        try:
            self._server = self._connect()
            self._sign_in(self._server)
        except smtplib.SMTPAuthenticationError as error:
            self._drop()
            raise Unreachable(
                "sign-in-refused",
                zh=f"邮件服务器不接受用户名或密码（{error.smtp_code}）。",
                en=f"The mail server refuses user or password ({error.smtp_code}).",
            ) from None
        except _BROKEN as error:
            self._drop()
            raise _unreachable(error) from None
        return self._server

    def _connect(self) -> smtplib.SMTP:
        here = self._settings
        if here.implicit_tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(here.host, here.port, timeout=here.timeout, context=context)
        server = smtplib.SMTP(here.host, here.port, timeout=here.timeout)
        server.ehlo_or_helo_if_needed()
        if here.starttls == "require" or (
            here.starttls == "try" and server.has_extn("starttls") and not here.is_loopback
        ):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        return server

    def _sign_in(self, server: smtplib.SMTP) -> None:
        """Sign in by the first way that both know; trying all of them locks accounts out."""
        if not self._settings.user:
            return
        server.ehlo_or_helo_if_needed()
        server.user, server.password = self._settings.user, self._settings.password or ""
        offered = server.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            code, said = server.auth("PLAIN", server.auth_plain)
        elif "LOGIN" in offered:
            code, said = server.auth("LOGIN", server.auth_login)
        else:
            raise smtplib.SMTPNotSupportedError("It offers no way to sign in that is known here.")
        if code not in {235, 503}:
            raise smtplib.SMTPAuthenticationError(code, said)

    def _ask(
        self,
        step: Callable[[], Answer],
        server: smtplib.SMTP,
        *,
        wanted: int = 2,
        recipient: bool = False,
    ) -> None:
        """Take one step before the message itself: if it breaks, the server surely has nothing."""
        try:
            code, said = step()
        except _BROKEN as error:
            self._drop()
            raise _unreachable(error) from None
        if code // 100 == wanted:
            return
        _reset(server)
        if code == 421:
            self._drop()
        words = _said(code, said)
        if code // 100 == 5:
            name = "recipient-refused" if recipient else "message-refused"
            raise NeverTaken(name, zh=f"邮件服务器拒收：{words}", en=f"Refused: {words}")
        raise TryLater("put-off", zh=f"邮件服务器要求稍后再试：{words}", en=f"Put off: {words}")

    def _send(self, server: smtplib.SMTP, mail: bytes) -> None:
        try:
            server.send(mail)
            code, said = server.getreply()
        except _BROKEN as error:
            self._drop()
            raise InDoubt(
                "no-answer",
                zh=f"邮件已交出，服务器没有回答（{type(error).__name__}）。可能已收到。",
                en=f"The mail was handed over and the server did not answer "
                f"({type(error).__name__}). It may have arrived.",
            ) from None
        if code // 100 == 2:
            return
        words = _said(code, said)
        if code // 100 == 4:
            raise TryLater("put-off", zh=f"邮件服务器要求稍后再试：{words}", en=f"Put off: {words}")
        raise NeverTaken("message-refused", zh=f"邮件服务器拒收：{words}", en=f"Refused: {words}")

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


def _ascii(address: str) -> str:
    """Return *address* for the envelope."""
    plain = ascii_address(address)
    if plain is None:
        raise NeverTaken(
            "address",
            zh="邮箱地址含有邮件服务器不能处理的字符。请更正人员资料里的邮箱。",
            en="The address holds characters that mail servers cannot take. "
            "Please correct it with the person.",
        )
    return plain


def _bytes(mail: object) -> bytes:
    """Return the mail as SMTP wants it: dots doubled, ended by a line with one dot."""
    buffer = BytesIO()
    BytesGenerator(buffer, policy=SMTP).flatten(mail)  # type: ignore[arg-type]
    text = buffer.getvalue().replace(b"\r\n.", b"\r\n..")
    return text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _reset(server: smtplib.SMTP) -> None:
    try:
        server.rset()
    except _BROKEN:
        server.close()


def _unreachable(error: Exception) -> Unreachable:
    # Only the kind of error: its words may repeat what we sent.
    kind = type(error).__name__
    return Unreachable(
        "unreachable",
        zh=f"连不上邮件服务器（{kind}）。",
        en=f"The mail server cannot be reached ({kind}).",
    )


def _said(code: int, said: bytes) -> str:
    return f"{code} {said.decode(errors='replace')}"[:200]
