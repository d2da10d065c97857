"""The proxy does to requests what it is told to, and nothing else."""

import http.client
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.campaign.faulty_proxy import Fault, FaultyProxy


class _Echo(BaseHTTPRequestHandler):
    """Answers with what it was sent, and remembers it."""

    got: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.headers.get("X-CSRFToken", ""), body))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Keep quiet."""


@pytest.fixture
def echo():
    handler = type("_Here", (_Echo,), {"got": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_given: None  # requests that are cut are what these tests do
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    proxy = FaultyProxy(server.server_port)
    proxy.got = handler.got
    yield proxy
    proxy.close()
    server.shutdown()
    server.server_close()
    thread.join()


def _post(proxy, body=b"x" * 100_000):
    connection = http.client.HTTPConnection(proxy.address.removeprefix("http://"), timeout=10)
    try:
        connection.request("POST", "/here", body, {"X-CSRFToken": "fresh"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_without_a_plan_everything_arrives_as_it_was(echo):
    answer = _post(echo)

    assert (200, b"x" * 100_000) == answer
    assert [("fresh", b"x" * 100_000)] == echo.got


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        (Fault.LOST_BEFORE, False),
        (Fault.LOST_HALFWAY, False),
        (Fault.ANSWER_LOST, True),
        (Fault.ANSWER_HALVED, True),
    ],
)
def test_a_lost_request_or_answer_ends_in_an_error(echo, fault, arrives):
    echo.plan = lambda _request: fault

    with pytest.raises((http.client.HTTPException, OSError)):
        _post(echo)

    assert arrives == (("fresh", b"x" * 100_000) in echo.got)
    assert [("POST", "/here", fault)] == echo.seen


@pytest.mark.parametrize(
    ("fault", "status", "arrives"),
    [
        (Fault.ERROR_INSTEAD, 503, False),
        (Fault.ERROR_AFTER, 500, True),
        (Fault.STRANGER, 200, False),
    ],
)
def test_another_answer_may_come_instead(echo, fault, status, arrives):
    echo.plan = lambda _request: fault

    found, body = _post(echo)

    assert status == found
    assert body.startswith(b"<")
    assert arrives == bool(echo.got)


def test_a_stale_token_takes_the_place_of_the_fresh_one(echo):
    echo.plan = lambda _request: Fault.STALE_TOKEN

    _post(echo, b"body")

    assert [("long-gone", b"body")] == echo.got


def test_a_slow_answer_comes_after_its_time(echo):
    echo.plan, echo.slow_seconds = (lambda _request: Fault.SLOW), 0.3
    start = time.monotonic()

    answer = _post(echo, b"late")

    assert (200, b"late") == answer
    assert 0.3 <= time.monotonic() - start


def test_a_shut_proxy_refuses_and_opens_again_on_the_same_port(echo):
    address = echo.address
    echo.shut()

    with pytest.raises(ConnectionRefusedError):
        _post(echo)
    echo.heal()

    assert address == echo.address
    assert (200, b"back") == _post(echo, b"back")


def test_a_plan_sees_which_request_it_is(echo):
    echo.plan = lambda request: Fault.ERROR_INSTEAD if request.number == 1 else None

    answers = [_post(echo, b"x")[0] for _ in range(3)]

    assert [200, 503, 200] == answers
