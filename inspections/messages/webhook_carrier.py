"""Posts to group robots; no redirect is followed, and no address ever reaches a log."""

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from inspections.messages.carrier import InDoubt, LostClaim, NeverTaken, TryLater
from inspections.messages.claims import Claimed
from inspections.messages.robots import answer_code, is_busy, json_signature, post_for
from inspections.messages.webhook_gate import Door, WebhookRefused, door

_MOST_ANSWER = 64 * 1024


@dataclass(frozen=True)
class OpenedWebhook:
    """A robot with its secrets unsealed."""

    kind: str
    address: str = field(repr=False)
    secret: str | None = field(repr=False)


class WebhookCarrier:
    """Posts each message to its robot, one connection each."""

    channel = "webhook"

    def __init__(
        self,
        robots: Mapping[int, OpenedWebhook],
        *,
        clock: Callable[[], datetime],
        loopback: bool,
        timeout: float = 15.0,
    ) -> None:
        self._robots = robots
        self._clock = clock
        self._loopback = loopback
        self._timeout = timeout

    def hand_over(self, message: Claimed, *, begin: Callable[[], bool]) -> None:
        """
        Post one message.

        Raises:
            TryLater: If the robot cannot be reached or asks for patience.
            NeverTaken: If it was stopped, its address is refused, or it refuses the message.
            InDoubt: If it did not answer after it had the message.
            LostClaim: If another sender has the message.
        """
        robot = self._robots.get(message.webhook or 0)
        if robot is None:
            raise NeverTaken("stopped", zh="该机器人已停用。", en="This robot was stopped.")
        where = self._where(robot)
        post = post_for(robot.kind, message, robot.secret, now=self._clock())
        path = where.path
        if post.query:
            path += ("&" if "?" in path else "?") + post.query
        connection = self._connect(where)
        try:
            if not begin():
                raise LostClaim
            status, body = self._ask(connection, path, _headers(robot, where, post.body), post.body)
        finally:
            connection.close()
        _judge(robot.kind, status, body)

    def close(self) -> None:
        """Nothing stays open between messages."""

    def _where(self, robot: OpenedWebhook) -> Door:
        try:
            return door(robot.address, robot.kind, loopback=self._loopback)
        except WebhookRefused as refusal:
            raise NeverTaken(refusal.code, zh=refusal.text.zh, en=refusal.text.en) from None
        except OSError:
            raise TryLater(
                "unknown-host", zh="查不到机器人的主机名。", en="The robot's host is not known."
            ) from None

    def _connect(self, where: Door) -> http.client.HTTPConnection:
        try:
            raw = socket.create_connection((where.ip, where.port), timeout=self._timeout)
            if where.scheme == "https":
                context = ssl.create_default_context()
                raw = context.wrap_socket(raw, server_hostname=where.host)
        except OSError as error:
            kind = type(error).__name__
            raise TryLater(
                "unreachable", zh=f"连不上机器人（{kind}）。", en=f"It cannot be reached ({kind})."
            ) from None
        connection = http.client.HTTPConnection(where.host, where.port, timeout=self._timeout)
        connection.sock = raw
        return connection

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> tuple[int, bytes]:
        try:
            connection.request("POST", path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read(_MOST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            kind = type(error).__name__
            raise InDoubt(
                "no-answer",
                zh=f"消息已交出，机器人没有回答（{kind}）。可能已收到。",
                en=f"It was handed over; the robot did not answer ({kind}). It may have arrived.",
            ) from None


def _headers(robot: OpenedWebhook, where: Door, body: bytes) -> dict[str, str]:
    headers = {
        "Host": where.host if where.port in {80, 443} else f"{where.host}:{where.port}",
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Xunjian",
    }
    if robot.kind == "json" and robot.secret:
        headers["X-Xunjian-Signature"] = json_signature(robot.secret, body)
    return headers


def _judge(kind: str, status: int, body: bytes) -> None:
    if status == http.client.TOO_MANY_REQUESTS or status >= 500:
        raise TryLater(
            "busy", zh=f"机器人忙（HTTP {status}）。", en=f"The robot is busy (HTTP {status})."
        )
    if not 200 <= status < 300:
        raise NeverTaken(
            "http", zh=f"机器人拒收（HTTP {status}）。", en=f"The robot refused it (HTTP {status})."
        )
    code = answer_code(kind, body)
    if code == 0:
        return
    if code is not None and is_busy(code):
        raise TryLater("busy", zh=f"机器人限流（{code}）。", en=f"The robot limits us ({code}).")
    raise NeverTaken(
        "robot", zh=f"机器人拒收（代码 {code}）。", en=f"The robot refused it (code {code})."
    )
