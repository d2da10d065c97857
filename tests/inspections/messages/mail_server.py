"""A real mail server on loopback (aiosmtpd) that can be told to misbehave at any step."""

import asyncio
import contextlib
import os
import signal
import socket
import threading
from email import message_from_bytes
from email.policy import default
from types import SimpleNamespace

from aiosmtpd.controller import Controller


class Box:
    """
    What arrived, and how the server behaves.

    Attributes:
        answers: What the server says to RCPT or DATA instead of taking the mail, used up in order.
        kill_at: `RCPT` or `DATA`: kill the process `victim` at that step, DATA after taking it.
        silent: Take the mail and never answer.
    """

    def __init__(self):
        self.mails = []
        self.answers = {"RCPT": [], "DATA": []}
        self.kill_at = None
        self.victim = None
        self.silent = threading.Event()
        self.released = threading.Event()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.kill_at == "RCPT":
            self._kill()
        if self.answers["RCPT"]:
            return self.answers["RCPT"].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.answers["DATA"]:
            return self.answers["DATA"].pop(0)
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        if self.kill_at == "DATA":
            self._kill()
        if self.silent.is_set():
            await asyncio.to_thread(self.released.wait, 30)
        return "250 OK"

    def _kill(self):
        self.kill_at = None
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.victim(), signal.SIGKILL)


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def mail_server():
    """Run the server; yields its box and the address to send to."""
    box = Box()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    try:
        yield SimpleNamespace(
            box=box,
            port=port,
            url=f"smtp://127.0.0.1:{port}?from=xunjian@example.cn&timeout=5",
        )
    finally:
        box.released.set()
        controller.stop()
