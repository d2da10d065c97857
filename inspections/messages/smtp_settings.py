"""The mail server as one address: `smtp://user:password@host:587?from=xunjian@example.cn`."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from inspections.errors import Refused
from rules.organisation.mail_address import mail_address
from rules.refusal import Refusal
from rules.text import Text

_PORTS = {"smtp": 587, "smtps": 465}
_TLS = ("require", "try", "never")


class MailSettings(Refused):
    """The mail server's address cannot be used; the words never hold the password."""

    code = "mail-settings"


@dataclass(frozen=True)
class SmtpSettings:
    """
    How to reach the mail server.

    Attributes:
        implicit_tls: TLS from the first byte (`smtps`).
        starttls: `require` (also the default), `try`, or `never` for a server in the house.
        sender: Address that mail comes from.
        sender_name: What stands before it.
        timeout: Seconds for each step of the conversation.
    """

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    implicit_tls: bool = False
    starttls: str = "require"
    sender_name: str = "巡检 Xunjian"
    timeout: float = 30.0

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine."""
        return is_loopback(self.host)


def smtp_settings(url: str) -> SmtpSettings:
    """
    Read the address of a mail server.

    `smtps` means TLS at once, port 465; `smtp` means STARTTLS, port 587. In the query `from` is
    needed; `name`, `starttls` (`require`, `try`, `never`) and `timeout` (seconds) may be given.

    Raises:
        MailSettings: If anything is wrong with it.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _wrong("端口应为数字", "the port is no number") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise _wrong("应以 smtp:// 或 smtps:// 加主机名开头", "it begins with smtp:// or smtps://")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    local = is_loopback(parts.hostname)
    starttls = asked.get("starttls", "try" if local else "require")
    if starttls not in _TLS:
        raise _wrong("starttls 应为 require、try 或 never", "starttls is require, try or never")
    settings = SmtpSettings(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        sender=_sender(asked.get("from", "")),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        implicit_tls=parts.scheme == "smtps",
        starttls=starttls,
        sender_name=asked.get("name", "巡检 Xunjian"),
        timeout=_seconds(asked.get("timeout", "30")),
    )
    if not f"{settings.user}{settings.password}".isascii():
        # RFC 4954 leaves it open how others are sent; Python's own client does not send them.
        raise _wrong("用户名和密码只能用英文字符", "user and password are plain ASCII")
    if settings.user and not settings.implicit_tls and starttls != "require" and not local:
        raise _wrong(
            "密码只能经 TLS 发送，请去掉 starttls 或改用 smtps",
            "a password travels by TLS only; leave starttls out or use smtps",
        )
    return settings


def is_loopback(host: str) -> bool:
    """Tell whether *host* names this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _sender(raw: str) -> str:
    try:
        return mail_address(raw)
    except Refusal:
        raise _wrong("缺少 ?from=发件邮箱", "?from=sender@example.cn is missing") from None


def _seconds(raw: str) -> float:
    if not raw.isdecimal() or not 1 <= int(raw) <= 300:
        raise _wrong("timeout 应为 1 到 300 秒", "timeout is 1 to 300 seconds")
    return float(raw)


def _wrong(zh: str, en: str) -> MailSettings:
    return MailSettings(
        Text(
            zh=f"邮件服务器设置有误：{zh}。请改正 XUNJIAN_SMTP_URL。",
            en=f"The mail server's address is wrong: {en}. Please correct XUNJIAN_SMTP_URL.",
        )
    )
