"""Memory stays flat however many events are reacted to; XUNJIAN_MEMORY_EVENTS says how many."""

import os
import subprocess
import sys

import pytest

_WIDER = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 1
EVENTS = int(os.environ.get("XUNJIAN_MEMORY_EVENTS", str(20_000 * _WIDER)))
MEGABYTE = 1_000_000


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_memory_is_flat_over_many_events():
    ran = subprocess.run(
        [sys.executable, "-m", "tests.rules.reaction_memory", str(EVENTS)],
        capture_output=True,
        text=True,
        check=True,
    )

    early, late, found = map(int, ran.stdout.split())

    assert found > EVENTS // 10
    assert (late - early) < 32 * MEGABYTE, f"{early / 1e6:.0f} MB, then {late / 1e6:.0f} MB"
