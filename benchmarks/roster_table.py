"""What rows of the roster benchmark tell: gaps, primal integrals, bounds and memory."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from benchmarks.roster_rows import Row

# Best solutions as published for the Curtois & Qu shift scheduling instances; all of these but 22
# (bound 30240) are proved optimal.
BEST_KNOWN = {
    1: 607,
    2: 828,
    3: 1001,
    4: 1716,
    5: 1143,
    6: 1950,
    7: 1056,
    8: 1300,
    10: 4631,
    12: 4040,
    13: 1348,
    18: 4459,
    20: 4769,
    22: 30241,
}
EARLY = 10.0
_HEAD = (
    "instance",
    "contender",
    "gap at 10 s",
    "gap at the end",
    "primal integral, s",
    "own proved gap",
    "peak MB",
    "violations",
)


def best_of(rows: Iterable[Row]) -> dict[int, int]:
    """Return what gaps are measured from: the best known cost, else the best of these rows."""
    found: dict[int, int] = {}
    for row in rows:
        if row.cost is not None:
            found[row.instance] = min(row.cost, found.get(row.instance, row.cost))
    return found | {number: BEST_KNOWN[number] for number in found if number in BEST_KNOWN}


def cost_at(row: Row, seconds: float) -> float:
    """Return the cost of the best roster told within so many seconds; infinite without any."""
    return min(
        (price for at, price, _ in row.trace if price is not None and at <= seconds), default=inf
    )


def gap(cost: float, best: float) -> float:
    """Return how far the cost is above the best, as a share of the best."""
    return inf if cost == inf else (cost - best) / best


def primal_integral(row: Row, best: float) -> float:
    """
    Return the seconds of the limit, each weighed by how far the roster of the moment is off.

    The weight is 1 before there is a roster and else (cost - best) / cost, so that 0 is perfect
    and the limit the worst (Berthold 2013).
    """
    known = [(at, price) for at, price, _ in row.trace if price is not None and at < row.limit]
    steps = [(0.0, inf), *known, (row.limit, 0)]
    return sum((after - at) * _weight(price, best) for (at, price), (after, _) in pairwise(steps))


def _weight(cost: float, best: float) -> float:
    return 1.0 if cost == inf else max(0.0, (cost - best) / max(cost, 1))


def proved_gap(row: Row) -> float:
    """Return how much less than its own roster the contender left possible, as a share of it."""
    if row.cost is None or row.bound is None:
        return inf
    return (row.cost - row.bound) / max(row.cost, 1)


def table(rows: Sequence[Row]) -> list[str]:
    """Return lines of Markdown: the median and the worst of the seeds, each contender apart."""
    best = best_of(rows)
    lines = [_line(_HEAD), _line(["---"] * len(_HEAD))]
    for (number, name), mine in grouped(rows).items():
        aim = best.get(number, inf)
        mark = "" if number in BEST_KNOWN else "*"
        cells = (
            f"{number}{mark}",
            name,
            _both([gap(cost_at(row, EARLY), aim) for row in mine], ".1%"),
            _both([gap(inf if row.cost is None else row.cost, aim) for row in mine], ".1%"),
            _both([primal_integral(row, aim) for row in mine], ".2f"),
            _both([proved_gap(row) for row in mine], ".1%"),
            f"{max(row.peak_mb for row in mine):.0f}",
            _violations(mine),
        )
        lines.append(_line(cells))
    return lines


def grouped(rows: Iterable[Row]) -> dict[tuple[int, str], list[Row]]:
    """Return the runs of each contender on each instance."""
    groups: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.instance, row.contender), []).append(row)
    return groups


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _both(figures: Sequence[float], shape: str) -> str:
    ordered = sorted(figures)
    middle, worst = median(ordered), ordered[-1]
    return " / ".join("none" if one == inf else format(one, shape) for one in (middle, worst))


def _violations(rows: Sequence[Row]) -> str:
    counts = [row.violations for row in rows]
    return "no roster" if None in counts else str(max(each or 0 for each in counts))
