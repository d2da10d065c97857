"""
Which addresses may be posted to: nobody may make the server knock at doors inside the house.

Only `https` at addresses of the open internet, and for the makers' robots only at their hosts.
`XUNJIAN_WEBHOOK_LOOPBACK=1` admits this machine as well, also by `http`, for tests and for
bridges beside the server. The address is looked up once and that very address is connected to,
so that a name cannot change its meaning between check and use.
"""

import ipaddress
import os
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from inspections.errors import Refused
from inspections.messages.robots import HOSTS
from inspections.messages.smtp_settings import is_loopback
from rules.text import Text


class WebhookRefused(Refused):
    """An address that is not posted to; the words never repeat it, since it is a secret."""

    code = "webhook-address"


@dataclass(frozen=True)
class Door:
    """Where to connect: the checked IP address beside the name that it was found by."""

    scheme: str
    host: str
    port: int
    ip: str
    path: str


def loopback_allowed() -> bool:
    """Tell whether this installation posts to its own machine."""
    return os.environ.get("XUNJIAN_WEBHOOK_LOOPBACK") == "1"


def check_address(url: str, kind: str, *, loopback: bool) -> str:
    """
    Return the host of *url* where it is one that robots of *kind* may have.

    Raises:
        WebhookRefused: If it is not; no name is looked up yet.
    """
    parts = _parts(url)
    host = parts.hostname or ""
    if loopback and is_loopback(host):
        return host
    if parts.scheme != "https":
        raise _refused("只能用 https 地址", "only https addresses are posted to")
    if parts.username or parts.password:
        raise _refused("地址里不能有用户名和密码", "it must not hold a user or a password")
    if kind in HOSTS and host not in HOSTS[kind]:
        wanted = ", ".join(sorted(HOSTS[kind]))
        raise _refused(f"该机器人的主机应为 {wanted}", f"the host of this robot is {wanted}")
    if kind not in HOSTS and _is_inner(host):
        raise _refused("不能用内网地址", "it must not lie inside a private network")
    return host


def door(url: str, kind: str, *, loopback: bool) -> Door:
    """
    Look the host up and return where to connect.

    Raises:
        WebhookRefused: If the address is not posted to, or the name means a machine inside.
        OSError: If the name is not known.
    """
    host = check_address(url, kind, loopback=loopback)
    parts = _parts(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    ours = loopback and is_loopback(host)
    if not ours and any(not ipaddress.ip_address(one).is_global for one in addresses):
        raise _refused("该主机名指向内网", "the name means a machine in a private network")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Door(parts.scheme, host, port, addresses[0], path)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        raise _refused("不是网址", "it is no address") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _refused("不是网址", "it is no address")
    if not url.isascii() or any(character.isspace() for character in url.strip()):
        raise _refused("网址里有空格或非英文字符", "it holds blanks or other scripts")
    return parts


def _is_inner(host: str) -> bool:
    if host == "localhost" or "." not in host.strip("."):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _refused(zh: str, en: str) -> WebhookRefused:
    return WebhookRefused(
        Text(
            zh=f"不能向这个地址发送：{zh}。请从群机器人的设置页重新复制。",
            en=f"This address is not posted to: {en}. Please copy it again from the robot's page.",
        )
    )
