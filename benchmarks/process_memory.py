"""The most memory that a process and its children have held, asked of Linux while they run."""

from pathlib import Path


class PeakMemory:
    """
    Peaks of the processes of one session, each by itself.

    Pages that processes share count once for each of them.
    """

    def __init__(self, session: int) -> None:
        self.session = session
        self._peaks: dict[str, int] = {}

    def look(self) -> None:
        """Take down what the processes have held at most so far."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                # The name in brackets may hold blanks; state, parent, group and session follow.
                after = (process / "stat").read_text().rpartition(")")[2].split()
                if int(after[3]) == self.session:
                    # One that has just ended says nothing any more.
                    known = self._peaks.get(process.name, 0)
                    self._peaks[process.name] = max(known, _high_water_kb(process))
            except (OSError, IndexError):
                continue  # it ended meanwhile

    def megabytes(self) -> float:
        """Return the sum of the peaks."""
        return round(sum(self._peaks.values()) / 1024, 1)


def _high_water_kb(process: Path) -> int:
    for line in (process / "status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    return 0
