"""Raw rows of the roster benchmark: one for each run, kept as JSON lines."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

Key = tuple[str, str, int, int, float]


@dataclass(frozen=True)
class Row:
    """
    One run of one contender, as the audit judges it.

    Attributes:
        version: Tells versions of the contender apart.
        limit: Seconds allowed from the start of the process.
        others: Seconds of the processor that other programs took of the same cores meanwhile.
        wall: Seconds until the process ended.
        cpu: Seconds of the processor that it used.
        cost: Of the best legal roster; nothing if none was found.
        bound: The highest bound told; nothing if none was.
        violations: Of the best legal roster, else of the last one told; nothing without any.
        rosters: How many were told.
        wrong_claims: Rosters whose cost or legality the contender told otherwise than the audit.
        trace: [seconds, cost, bound] where either became better, at most ten times a second.
    """

    contender: str
    version: str
    instance: int
    seed: int
    limit: float
    date: str
    others: float
    wall: float
    cpu: float
    peak_mb: float
    cost: int | None
    bound: int | None
    violations: int | None
    rosters: int
    wrong_claims: int
    trace: list[tuple[float, int | None, int | None]]

    def key(self) -> Key:
        """Return what tells this run from others."""
        return (self.contender, self.version, self.instance, self.seed, self.limit)


def read_rows(file: Path) -> dict[Key, Row]:
    """Return the rows of a file by their keys; none where there is no file."""
    if not file.exists():
        return {}
    rows = (Row(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines())
    return {row.key(): row for row in rows}


def keep_row(file: Path, row: Row) -> None:
    """Write the row in place of those of other versions of the same run."""
    same = _run_of(row)
    others = (each for each in read_rows(file).values() if _run_of(each) != same)
    _write(file, [*others, row])


def _run_of(row: Row) -> tuple[str, int, int, float]:
    return (row.contender, row.instance, row.seed, row.limit)


def _write(file: Path, rows: Iterable[Row]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(asdict(row)) + "\n" for row in rows)
    # Written beside and moved over, so that no run is lost where this is stopped meanwhile.
    beside = file.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
