"""A Xunjian and a bridge, both really running; the tests speak to them as task apps do."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = os.environ.get("XUNJIAN_PYTHON", str(ROOT / ".venv" / "bin" / "python"))
MOST_SECONDS = 90


@dataclass(frozen=True)
class Running:
    """Where both are, and a caller who is nobody else's in this run, with two tasks."""

    xunjian: str
    bridge: str
    database: Path
    other: str
    other_password: str
    name: str
    password: str
    evidence: str
    plain: str

    def state(self, key):
        """Return the state of a task, and the kinds of its log in their order."""
        number = int(key.partition("-")[2])
        with sqlite3.connect(self.database) as record:
            (state,) = record.execute(
                "SELECT state FROM occurrence WHERE id = ?", [number]
            ).fetchone()
            query = "SELECT kind FROM occurrence_event WHERE occurrence_id = ? ORDER BY id"
            return [state, *(kind for (kind,) in record.execute(query, [number]))]

    def stop_device(self):
        """Revoke the caller's app password in the record."""
        with sqlite3.connect(self.database) as record:
            record.execute(
                "UPDATE app_password SET revoked_at = '2026-01-01 00:00:00.000000' "
                "WHERE account_id = (SELECT id FROM account WHERE name = ?)",
                [self.name],
            )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, process):
    for _ in range(MOST_SECONDS * 5):
        if process.poll() is not None:
            raise RuntimeError(f"{address} did not start.")
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{address} does not answer.")


@contextmanager
def started(command, address, cwd, **environment):
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(address, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def both(tmp_path_factory):
    """Run Xunjian and the bridge for all tests; yields their addresses, the record, the callers."""
    folder = tmp_path_factory.mktemp("running")
    path = folder / "record.db"
    url = f"sqlite:///{path}"
    seed = [PYTHON, str(Path(__file__).with_name("seed.py")), url]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        seed, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=280
    ).stdout
    ports = free_port(), free_port()
    xunjian, bridge = (f"http://127.0.0.1:{port}" for port in ports)
    serve = [str(Path(PYTHON).with_name("xunjian")), "serve", "--port", str(ports[0])]
    serve += ["--database", url]
    here = [sys.executable, "-c", "from xunjian_caldav.server import main; main()"]
    with ExitStack() as stack:
        stack.enter_context(started(serve, f"{xunjian}/health", ROOT, XUNJIAN_SECRET_KEY="tests"))
        command = [*here, "--xunjian", xunjian, "--port", str(ports[1])]
        stack.enter_context(started(command, f"{bridge}/", folder))
        callers = json.loads(told)
        yield {"xunjian": xunjian, "bridge": bridge, "database": path}, callers


@pytest.fixture
def running(both):
    where, callers = both
    other, mine = callers[0], callers.pop()
    return Running(**where, other=other["name"], other_password=other["password"], **mine)
