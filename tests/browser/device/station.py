"""The application on one port, which can go away, come back, and be slow."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.serving import ThreadedWSGIServer


class Station(ThreadedWSGIServer):
    """
    A server as tablets meet it.

    Attributes:
        delay: Seconds before it answers anything.
        broken: Paths that it answers with a 503.
        held: Paths that are not answered until the station recovers.
        under_way: Addresses that it has not begun to answer.
        away: Whether it hangs up on everybody. It keeps its port meanwhile: a port that is given
            up may be somebody else's when the test wants it back.
    """

    daemon_threads = True

    def __init__(self, app: Flask) -> None:
        super().__init__("127.0.0.1", 0, self._answer)
        self._application = app
        self.delay = 0.0
        self.away = False
        self.broken: set[str] = set()
        self.held: set[str] = set()
        self.under_way: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def recover(self) -> None:
        self.delay, self.away = 0.0, False
        self.held.clear()
        self.broken.clear()

    def process_request(self, request: Any, client_address: Any) -> None:
        if self.away:
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked = f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
        self.under_way.append(asked)
        time.sleep(self.delay)
        while environ["PATH_INFO"] in self.held:
            time.sleep(0.05)
        self.under_way.remove(asked)
        if environ["PATH_INFO"] in self.broken:
            start("503 Service Unavailable", [("Content-Type", "text/html")])
            return [b"<p>later</p>"]
        return self._application(environ, start)
