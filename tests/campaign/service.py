"""A `xunjian serve` process of its own, to be ended and started like a real server."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
# On SIGUSR1 it writes down what each thread does, for walks that come to a stop.
_SERVE = """
import faulthandler, signal
faulthandler.register(signal.SIGUSR1, all_threads=True)
from web.cli import main
main()
"""
_STARTS_WITHIN_SECONDS = 90


class Service:
    """
    Serves the record at *url* on one port, as often as it is started.

    Attributes:
        home: Where the process runs and keeps its evidence.
        code: Where it finds its program; another folder is another version of it.
    """

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        self.code = REPOSITORY
        self.url = url
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def evidence(self) -> Path:
        """Where photos are kept."""
        return self.home / "var" / "evidence"

    def start(self) -> None:
        """
        Start the process and wait until it answers.

        Raises:
            TimeoutError: If it does not within a minute and a half; its output is in `serve.log`.
        """
        with (self.home / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    _SERVE,
                    "serve",
                    "--port",
                    str(self.port),
                    "--database",
                    self.url,
                ],
                cwd=self.home,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join([str(self.code), str(REPOSITORY)]),
                    "XUNJIAN_SECRET_KEY": "campaign",
                },
                stdout=log,
                stderr=log,
            )
        for _ in range(_STARTS_WITHIN_SECONDS * 10):
            if self._answers():
                return
            time.sleep(0.1)
        raise TimeoutError((self.home / "serve.log").read_text("utf-8")[-2000:])

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process; with `SIGKILL` in the middle of whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            process.wait(timeout=30)

    def restart(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the process and start it anew."""
        self.stop(how)
        self.start()

    def upgrade(self, code: Path) -> None:
        """End the process and start the program that stands in *code*."""
        self.stop()
        self.code = code
        self.start()

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
