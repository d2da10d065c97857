"""Calendar clients of this machine; a test that lacks one is skipped, and CI installs them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("XUNJIAN_CLIENTS") or Path.home() / ".cache" / "xunjian-clients")
INSTALL = "run tests/feed_clients/install"


def run(*command: object, **given: object) -> str:
    """Return what the command prints; what it complains of is part of a failure."""
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=240, check=False, **given
    )
    assert 0 == done.returncode, f"{command[0]}: {done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="session")
def in_clients():
    """Return the path of a program of the clients' own environment."""

    def program(name: str) -> Path:
        path = FOLDER / "venv" / "bin" / name
        if not path.exists():
            pytest.skip(f"no {name}: {INSTALL}")
        return path

    return program


@pytest.fixture(scope="session")
def icaljs():
    """Return the command that reads a feed with ical.js."""
    if shutil.which("node") is None or not (FOLDER / "node_modules" / "ical.js").exists():
        pytest.skip(f"no node with ical.js: {INSTALL}")
    return ["node", HERE / "readers" / "icaljs_reader.mjs", FOLDER]


@pytest.fixture(scope="session")
def libical(tmp_path_factory):
    """Return the program that reads a feed with libical, compiled for this session."""
    if shutil.which("gcc") is None or not Path("/usr/include/libical/ical.h").exists():
        pytest.skip("no gcc with libical-dev")
    path = tmp_path_factory.mktemp("libical") / "reader"
    run("gcc", "-O1", "-o", path, HERE / "readers" / "libical_reader.c", "-lical")
    return path
