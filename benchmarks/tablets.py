"""Tablets as the server sees them: rounds with photos in an outbox, sent as the device does."""

import http.client
import io
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from PIL import Image

PASSWORD = "bench-password-1"
FIRST_ITEMS, MOST_ITEMS = 12, 50
PHOTOS_BETWEEN, PHOTOS_AT_ONCE = 6, 3
QUICK_SECONDS = 0.4


@dataclass
class Round:
    """One checklist to walk: the occurrence, the answers by item, and how many photos."""

    occurrence: int
    answers: dict[str, Any]
    photos: int


@dataclass
class Tablet:
    """
    One account on one device.

    Attributes:
        taken: Milliseconds of each request, with how many items it settled.
        turns: How often a photo was told to wait for its turn.
        arrived: Milliseconds from the first try of each photo until it was acknowledged.
        statuses: What was acknowledged, counted.
    """

    account: str
    port: int
    items: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    taken: list[tuple[str, float, int]] = field(default_factory=list)
    turns: int = 0
    arrived: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    width: int = 1
    cookie: str = ""
    token: str = ""
    device: str = field(default_factory=lambda: str(uuid4()))

    def walk(self, round_: Round, picture: bytes) -> None:
        """Record a round offline."""
        inspection, begun_at = str(uuid4()), datetime.now(UTC).isoformat()
        last = None
        for number, (item, answer) in enumerate(round_.answers.items()):
            body = {
                "inspection": inspection,
                "occurrence": round_.occurrence,
                "begun_at": begun_at,
                "item": item,
                "value": answer.value,
                "note": answer.note or "",
                "photos_expected": round_.photos if number == 0 else 0,
            }
            last = self._put("answer", body, after=last)
        first = next(iter(round_.answers))
        for number in range(round_.photos):
            # A comment at the end makes each photo differ, as photos do.
            content = picture + b"%16x" % Random(f"{inspection}{number}").getrandbits(64)
            photo, digest = str(uuid4()), sha256(content).hexdigest()
            self.pictures.append((photo, content))
            about = {"photo": photo, "sha256": digest, "inspection": inspection, "item": first}
            self._put("photo", {**about, "caption": ""}, after=last)
        end = {"inspection": inspection, "note": "", "digest": "", "answers": len(round_.answers)}
        self._put("finish", {**end, "photos": round_.photos}, after=last)

    def _put(self, kind: str, body: dict[str, Any], *, after: str | None) -> str:
        text = json.dumps(body, ensure_ascii=False)
        item = {
            "id": str(uuid4()),
            "kind": kind,
            "seq": len(self.items) + 1,
            "account": self.account,
            "device_at": datetime.now(UTC).isoformat(),
            "sha256": sha256(text.encode()).hexdigest(),
            "body": text,
            "after": after,
        }
        self.items.append(item)
        return str(item["id"])

    def sign_in(self) -> None:
        """Sign in as a person does, and fetch a token."""
        connection = self._connect()
        page, _ = self._ask(connection, "GET", "/account/sign-in")
        token = re.search(rb'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        form = {"csrf_token": token[1].decode(), "name": self.account, "password": PASSWORD}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self._ask(connection, "POST", "/account/sign-in", urlencode(form).encode(), headers)
        said, _ = self._ask(connection, "GET", f"/sync/token?device={self.device}")
        self.token = json.loads(said)["token"]
        connection.close()

    def wake(self) -> None:
        """Let the server read its rules: the first request after it started waits for that."""
        self._send(self._connect(), [])

    def sync(self) -> None:
        """Send the words in their order, then photos, a few at a time with their items."""
        lines = [self._connect() for _ in range(PHOTOS_AT_ONCE)]
        for batch in self._batches():
            self._send(lines[0], batch)
        pictures = iter(self.pictures)
        shown = [item for item in self.items if item["kind"] == "photo"]
        with ThreadPoolExecutor(PHOTOS_AT_ONCE) as pool:
            for start in range(0, len(shown), PHOTOS_BETWEEN):
                few = shown[start : start + PHOTOS_BETWEEN]
                self._bring_all(pool, lines, [next(pictures) for _ in few])
                self._send(lines[0], few)
        for line in lines:
            line.close()

    def _batches(self) -> Iterator[list[dict[str, Any]]]:
        words = [item for item in self.items if item["kind"] != "photo"]
        yield words[:FIRST_ITEMS]
        for start in range(FIRST_ITEMS, len(words), MOST_ITEMS):
            yield words[start : start + MOST_ITEMS]

    def _bring_all(
        self, pool: ThreadPoolExecutor, lines: list[Any], waiting: list[tuple[str, bytes]]
    ) -> None:
        while waiting:
            some, waiting = waiting[: self.width], waiting[self.width :]
            start = time.perf_counter()
            list(pool.map(self._in_turn, lines, some))
            quick = time.perf_counter() - start < QUICK_SECONDS
            self.width = min(self.width + 1, PHOTOS_AT_ONCE) if quick else 1

    def _in_turn(self, connection: Any, picture: tuple[str, bytes]) -> None:
        start = time.perf_counter()
        while wait := self._bring(connection, *picture):
            self.turns, self.width = self.turns + 1, 1
            time.sleep(wait)
        self.arrived.append((time.perf_counter() - start) * 1000)

    def _bring(self, connection: Any, photo: str, content: bytes) -> float:
        """Send a photo and return 0, or the seconds after which its turn comes."""
        headers = {
            "X-CSRFToken": self.token,
            "X-Content-SHA256": sha256(content).hexdigest(),
            "Content-Type": "image/jpeg",
            "X-Device": self.device,
        }
        said, took = self._ask(connection, "PUT", f"/sync/photos/{photo}", content, headers)
        answer = json.loads(said)
        if wait := answer.get("retry_in", 0):
            return float(wait)
        self._note("photo bytes", took, [answer])
        return 0

    def _send(self, connection: Any, batch: list[dict[str, Any]]) -> None:
        body = {"device": self.device, "offset_seconds": 0, "items": batch, "waiting": len(batch)}
        headers = {"X-CSRFToken": self.token, "Content-Type": "application/json"}
        sent = json.dumps(body).encode()
        said, took = self._ask(connection, "POST", "/sync/items", sent, headers)
        self._note("items", took, json.loads(said)["answers"])

    def _note(self, what: str, took: float, acks: list[dict[str, Any]]) -> None:
        self.taken.append((what, took, len(acks)))
        for ack in acks:
            status = ack["status"]
            if status != "stored":
                status = f"{status} ({ack.get('problem', {}).get('en', '')})"
            self.statuses[status] = self.statuses.get(status, 0) + 1

    def _connect(self) -> Any:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def _ask(
        self,
        connection: Any,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[bytes, float]:
        start = time.perf_counter()
        connection.request(method, path, body, {"Cookie": self.cookie, **(headers or {})})
        answer = connection.getresponse()
        said = answer.read()
        took = (time.perf_counter() - start) * 1000
        assert answer.status in (200, 302) or b"retry_in" in said, (answer.status, said[:300])
        for set_cookie in answer.headers.get_all("Set-Cookie") or ():
            if set_cookie.startswith("session="):
                self.cookie = set_cookie.split(";")[0]
        return said, took


def a_photo(longest: int = 1600) -> bytes:
    """Return a JPEG as the device shrinks it: some 400 KB with the grain of a camera."""
    draw = Random(1)
    small = Image.frombytes("RGB", (200, 150), draw.randbytes(200 * 150 * 3))
    whole = small.resize((longest, longest * 3 // 4), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    whole.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
