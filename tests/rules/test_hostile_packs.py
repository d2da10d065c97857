"""A malformed or hostile pack is refused with every fault listed; none hangs or ends the reader."""

import json
from multiprocessing import get_context

import pytest

from tests.rules.hostile_packs import PACKS, write_faults

# Far above the two seconds that `benchmarks/hostile_packs.py` measures: only a hang gets there.
TIMEOUT = 60
# A process for each pack, so that one that hangs or ends the reader ends nothing else; each is a
# copy of one that has read the modules already.
APART = get_context("forkserver")
APART.set_forkserver_preload(["tests.rules.hostile_packs"])


@pytest.mark.parametrize("name", PACKS)
def test_a_hostile_pack_is_refused_with_every_fault(tmp_path, name):
    hostile = PACKS[name]
    path = tmp_path / "hostile.yaml"
    path.write_bytes(hostile.make())

    reading = APART.Process(target=write_faults, args=(path, tmp_path / "faults.json"))
    reading.start()
    reading.join(TIMEOUT)
    ended = reading.exitcode
    reading.kill()

    assert 0 == ended
    faults = json.loads((tmp_path / "faults.json").read_text())
    fields = sorted(field for field, _ in faults)
    expected = hostile.fields
    assert expected == (len(fields) if isinstance(expected, int) else tuple(fields))
    assert any(hostile.says in message for _, message in faults)
