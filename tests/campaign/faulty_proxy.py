"""A proxy of our own between browser and server, which loses, delays and spoils on demand."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import StrEnum

_MOST_SECONDS = 60


class Fault(StrEnum):
    """What may happen to one request."""

    LOST_BEFORE = "lost before the server saw it"
    LOST_HALFWAY = "lost halfway to the server"
    ANSWER_LOST = "done, and the answer lost"
    ANSWER_HALVED = "done, and half the answer lost"
    ERROR_INSTEAD = "a 503 instead of asking the server"
    ERROR_AFTER = "done, and a 500 for an answer"
    SLOW = "answered after 20 seconds"
    STALE_TOKEN = "sent with a form token that is no longer valid"
    STRANGER = "answered by somebody else's sign-in page"


@dataclass(frozen=True)
class Request:
    """
    One request as it came from the browser.

    Attributes:
        number: How many came before it.
    """

    number: int
    method: str
    path: str
    raw: bytes


Plan = Callable[[Request], Fault | None]


def _nothing(_request: Request) -> None:
    return None


class FaultyProxy:
    """
    Listens on a port of 127.0.0.1 and passes requests on, one connection each.

    Attributes:
        plan: Says what happens to each request; may be changed at any time.
        seen: What happened so far: method, path and fault.
        slow_seconds: How long `Fault.SLOW` takes.
        under_way: Paths of requests that are not answered yet, by number.
    """

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.plan: Plan = _nothing
        self.seen: list[tuple[str, str, Fault | None]] = []
        self.slow_seconds = 20.0
        self.under_way: dict[int, str] = {}
        self._listener: socket.socket | None = None
        self._port = 0
        self._numbers = iter(range(10**9))
        self._leaving = threading.Event()
        self.open()

    @property
    def address(self) -> str:
        """Where the browser finds the service."""
        return f"http://127.0.0.1:{self._port}"

    def open(self) -> None:
        """Listen, on the same port as before."""
        listener = socket.create_server(("127.0.0.1", self._port), backlog=64)
        self._port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._serve, args=(listener,), daemon=True).start()

    def shut(self) -> None:
        """Refuse every connection, as a machine does that runs no server."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def heal(self) -> None:
        """Pass everything on again."""
        self.plan = _nothing
        if self._listener is None:
            self.open()

    def close(self) -> None:
        """Shut, and let go of requests that wait."""
        self.shut()
        self._leaving.set()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                browser, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(browser,), daemon=True).start()

    def _pass_on(self, browser: socket.socket) -> None:
        with closing(browser), suppress(OSError):
            browser.settimeout(_MOST_SECONDS)
            raw = _whole_request(browser)
            if not raw:
                return
            method, path, *_ = raw.split(b" ", 2)
            request = Request(next(self._numbers), method.decode(), path.decode(), raw)
            fault = self.plan(request)
            self.seen.append((request.method, request.path, fault))
            self.under_way[request.number] = request.path
            try:
                self._with(fault, request, browser)
            finally:
                del self.under_way[request.number]

    def _with(self, fault: Fault | None, request: Request, browser: socket.socket) -> None:
        if fault in _INSTEAD:
            browser.sendall(_INSTEAD[fault])
        elif fault is Fault.LOST_HALFWAY:
            self._halfway(request)
        elif fault is Fault.SLOW and self._leaving.wait(self.slow_seconds):
            return
        elif fault is not Fault.LOST_BEFORE:
            raw = _stale(request.raw) if fault is Fault.STALE_TOKEN else request.raw
            self._answer(fault, self._asked(raw), browser)

    def _answer(self, fault: Fault | None, parts: Iterator[bytes], browser: socket.socket) -> None:
        if fault is Fault.ERROR_AFTER:
            _drained(parts)
            browser.sendall(_page(500, b"Internal Server Error", b"<p>broken</p>"))
        elif fault is Fault.ANSWER_LOST:
            _drained(parts)
        elif fault is Fault.ANSWER_HALVED:
            whole = b"".join(parts)
            browser.sendall(whole[: len(whole) // 2])
        else:
            for part in parts:
                browser.sendall(part)

    def _asked(self, raw: bytes) -> Iterator[bytes]:
        """Yield the answer of the server, as it comes."""
        with socket.create_connection(("127.0.0.1", self.upstream), _MOST_SECONDS) as server:
            server.sendall(_closing(raw))
            while part := server.recv(65536):
                yield part

    def _halfway(self, request: Request) -> None:
        with socket.create_connection(("127.0.0.1", self.upstream), _MOST_SECONDS) as server:
            server.sendall(request.raw[: len(request.raw) * 2 // 3])
            time.sleep(0.05)


def _whole_request(browser: socket.socket) -> bytes:
    """Read one request with its body; nothing where the browser went away."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        part = browser.recv(65536)
        if not part:
            return b""
        raw += part
    head, _, body = raw.partition(b"\r\n\r\n")
    length = int(_header(head, b"content-length") or 0)
    while len(body) < length:
        part = browser.recv(65536)
        if not part:
            return b""
        body += part
    return head + b"\r\n\r\n" + body


def _header(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return b""


def _without(head: bytes, name: bytes) -> bytes:
    lines = head.split(b"\r\n")
    return b"\r\n".join(line for line in lines if line.partition(b":")[0].strip().lower() != name)


def _closing(raw: bytes) -> bytes:
    """Ask for one answer on this connection, so that its end is the end of the answer."""
    head, _, body = raw.partition(b"\r\n\r\n")
    return _without(head, b"connection") + b"\r\nConnection: close\r\n\r\n" + body


def _stale(raw: bytes) -> bytes:
    head, _, body = raw.partition(b"\r\n\r\n")
    if not _header(head, b"x-csrftoken"):
        return raw
    return _without(head, b"x-csrftoken") + b"\r\nX-CSRFToken: long-gone\r\n\r\n" + body


def _drained(parts: Iterator[bytes]) -> None:
    for _ in parts:
        pass


def _page(status: int, reason: bytes, html: bytes) -> bytes:
    head = b"HTTP/1.1 %d %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n" % (
        status,
        reason,
        len(html),
    )
    return head + b"Connection: close\r\n\r\n" + html


_INSTEAD = {
    Fault.ERROR_INSTEAD: _page(503, b"Service Unavailable", b"<p>later</p>"),
    Fault.STRANGER: _page(200, b"OK", b"<title>Free WiFi</title><form></form>"),
}
