"""No pack that the linter accepts makes the engine crash, hang or err; XUNJIAN_FUZZED_PACKS."""

import os
import secrets
import subprocess
import sys

import pytest

from tests.rules.engines import needs_both_engines

_WIDER = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 1
PACKS = int(os.environ.get("XUNJIAN_FUZZED_PACKS", str(20 * _WIDER)))
# Seconds for each pack on a busy machine; one that hangs takes for ever.
PATIENCE = 10


@needs_both_engines
@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_whatever_the_linter_accepts_the_engine_evaluates_rightly():
    seed = int(os.environ.get("XUNJIAN_SEED") or secrets.randbits(24))

    ran = subprocess.run(
        [sys.executable, "-m", "tests.rules.fuzzed_packs", str(seed), str(PACKS)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60 + PATIENCE * PACKS,
    )

    assert 0 == ran.returncode, ran.stderr[-2000:]
    accepted, refused = map(int, ran.stdout.split())
    assert accepted > PACKS // 5
    assert PACKS == accepted + refused
