"""A server of its own process, so that its processor time is told apart from the clients'."""

import socket
import time

from waitress import serve

from web import create_app

CLIENTS = 4


def serve_feeds(url: str, port: int) -> None:
    """Serve the record at *url* until ended."""
    app = create_app({"DATABASE_URL": url, "SECRET_KEY": "bench", "FEED_LIMIT": "1000000/hour"})
    serve(app, host="127.0.0.1", port=port, threads=CLIENTS, ident=None)


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    """
    Wait until something listens on *port*.

    Raises:
        TimeoutError: After half a minute.
    """
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on {port}")
