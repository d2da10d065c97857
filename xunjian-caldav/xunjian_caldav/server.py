"""`xunjian-caldav`: serve the bridge."""

import argparse
import os
from functools import partial

from radicale import Application as Radicale
from radicale import config

from xunjian_caldav.auth import Auth
from xunjian_caldav.door import Door
from xunjian_caldav.guard import Application, guarded
from xunjian_caldav.rights import Rights
from xunjian_caldav.storage import Storage


def application(xunjian: str) -> Application:
    """Return the bridge to the Xunjian at this address, as a WSGI application."""
    configuration, door = config.load(), Door(xunjian)
    configuration.update(
        {
            "auth": {"type": partial(Auth, door=door)},
            "storage": {"type": partial(Storage, door=door)},
            "rights": {"type": Rights},
            "web": {"type": "none"},
            "logging": {"level": "warning"},
        },
        "xunjian-caldav",
    )
    return guarded(Radicale(configuration))


def main() -> None:
    """Serve until Ctrl+C."""
    from waitress import serve

    parser = argparse.ArgumentParser(
        prog="xunjian-caldav",
        description="CalDAV bridge to Xunjian. Put an HTTPS proxy in front of it: app passwords "
        "travel with every request.",
        epilog="Example: xunjian-caldav --xunjian http://127.0.0.1:8000 --port 5232",
    )
    address = os.environ.get("XUNJIAN_ADDRESS", "http://127.0.0.1:8000")
    parser.add_argument("--xunjian", default=address, help="where Xunjian is (%(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=5232, help="port to listen on (%(default)s)")
    parser.add_argument("--threads", type=int, default=8, help="requests at once (%(default)s)")
    given = parser.parse_args()
    serve(
        application(given.xunjian),
        host=given.host,
        port=given.port,
        threads=given.threads,
        ident=None,
    )
