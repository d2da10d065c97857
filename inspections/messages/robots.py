"""What group robots of WeCom, DingTalk and Feishu want posted, and what their answers mean."""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from inspections.messages.claims import Claimed

RobotKind = Literal["wecom", "dingtalk", "feishu", "json"]
ROBOT_KINDS: tuple[RobotKind, ...] = get_args(RobotKind)
# Where the makers' robots live; another address would not be theirs.
HOSTS: Mapping[str, frozenset[str]] = {
    "wecom": frozenset({"qyapi.weixin.qq.com"}),
    "dingtalk": frozenset({"oapi.dingtalk.com"}),
    "feishu": frozenset({"open.feishu.cn", "open.larksuite.com"}),
}
# WeCom takes 4096 octets of Markdown, DingTalk and Feishu about 20 000; one limit serves all.
MOST_OCTETS = 4000
# Answers that mean "too fast" or "busy": WeCom, DingTalk, Feishu.
_BUSY = frozenset({45009, 45033, -1, 130101, 410100, 11232, 9499})


@dataclass(frozen=True)
class Post:
    """One request: query parameters to add, and the body."""

    query: str
    body: bytes


def post_for(kind: str, message: Claimed, secret: str | None, *, now: datetime) -> Post:
    """Return what to post for *message*; *now* goes into the signature where there is a secret."""
    query = ""
    content = _CONTENT[kind](message)
    if secret and kind == "dingtalk":
        query = urlencode(_dingtalk_signature(secret, now))
    if secret and kind == "feishu":
        content = {**_feishu_signature(secret, now), **content}
    return Post(query, json.dumps(content, ensure_ascii=False).encode())


def json_signature(secret: str, body: bytes) -> str:
    """Return the value of `X-Xunjian-Signature`: `sha256=` and the HMAC of the body in hex."""
    return "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()


def answer_code(kind: str, body: bytes) -> int | None:
    """Return the code inside a robot's answer, 0 for success; nothing where it holds none."""
    if kind == "json":
        return 0
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    names = ("code", "StatusCode") if kind == "feishu" else ("errcode",)
    found = next(
        (answer.get(name) for name in names if isinstance(answer, dict) and name in answer), None
    )
    return found if isinstance(found, int) else None


def is_busy(code: int) -> bool:
    """Tell whether the code means that the robot takes the message later."""
    return code in _BUSY


def _wecom(message: Claimed) -> dict[str, Any]:
    content = _cut(f"**{message.subject}**\n{message.body}")
    return {"msgtype": "markdown", "markdown": {"content": content}}


def _dingtalk(message: Claimed) -> dict[str, Any]:
    # In Markdown a single line break is none; two blanks before it make it one.
    text = _cut(f"### {message.subject}\n\n{message.body}".replace("\n", "  \n"))
    return {"msgtype": "markdown", "markdown": {"title": message.subject, "text": text}}


def _feishu(message: Claimed) -> dict[str, Any]:
    lines = [[_feishu_piece(line)] for line in _cut(message.body).split("\n")]
    post = {"zh_cn": {"title": message.subject, "content": lines}}
    return {"msg_type": "post", "content": {"post": post}}


def _feishu_piece(line: str) -> dict[str, str]:
    if line.startswith(("http://", "https://")):
        return {"tag": "a", "text": line, "href": line}
    return {"tag": "text", "text": line}


def _json(message: Claimed) -> dict[str, Any]:
    return {
        "id": message.message_id,
        "kind": message.kind,
        "about": message.about,
        "subject": message.subject,
        "body": message.body,
        "created_at": message.created_at.isoformat(),
    }


_CONTENT = {"wecom": _wecom, "dingtalk": _dingtalk, "feishu": _feishu, "json": _json}


def _dingtalk_signature(secret: str, now: datetime) -> dict[str, str]:
    """The time in milliseconds, and the HMAC of time and secret under the secret."""
    stamp = str(int(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(digest).decode("ascii")}


def _feishu_signature(secret: str, now: datetime) -> dict[str, str]:
    """The time in seconds, and the HMAC of nothing under time and secret."""
    stamp = str(int(now.timestamp()))
    digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(digest).decode("ascii")}


def _cut(text: str) -> str:
    """Return *text* cut at a line end where it is too long, saying so."""
    if len(text.encode()) <= MOST_OCTETS:
        return text
    kept: list[str] = []
    left = MOST_OCTETS - 8
    for line in text.split("\n"):
        left -= len(line.encode()) + 1
        if left < 0:
            break
        kept.append(line)
    return "\n".join([*kept, "……"])
