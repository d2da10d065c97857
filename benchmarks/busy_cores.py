"""How long cores have worked, for whomever: what other programs take away is then known."""

import os
from collections.abc import Iterable
from pathlib import Path

# User, nice, system, interrupts of both kinds, and what a host of this machine kept for itself.
_WORKED = (1, 2, 3, 6, 7, 8)


def busy_seconds(cores: Iterable[int]) -> float:
    """Return the seconds that the cores have worked since the machine started."""
    names = {f"cpu{number}" for number in cores}
    lines = (line.split() for line in Path("/proc/stat").read_text().splitlines())
    ticks = sum(int(line[at]) for line in lines if line[0] in names for at in _WORKED)
    return ticks / os.sysconf("SC_CLK_TCK")
