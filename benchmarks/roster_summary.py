"""The summary of a roster benchmark in Markdown: tables, and how the engine stands to each peer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf
from statistics import geometric_mean, median

from benchmarks.contenders.starting import OURS
from benchmarks.roster_rows import Row
from benchmarks.roster_table import (
    BEST_KNOWN,
    EARLY,
    best_of,
    cost_at,
    grouped,
    primal_integral,
    table,
)


def summary(rows: Sequence[Row], *, cores: int) -> Iterator[str]:
    """Yield lines of Markdown: a table for each limit, and what was rescored."""
    for limit in sorted({row.limit for row in rows}):
        mine = [row for row in rows if row.limit == limit]
        yield from (_heading(mine, limit, cores), "", *table(mine), "")
        yield from (*comparison(mine, OURS), "")
    if any(row.instance not in BEST_KNOWN for row in rows):
        yield "\\* measured from the best of these runs, as no best known cost is at hand."
    for name in dict.fromkeys(row.contender for row in rows):
        told = sum(row.rosters for row in rows if row.contender == name)
        wrong = sum(row.wrong_claims for row in rows if row.contender == name)
        yield f"- {name}: {told} rosters rescored, {wrong} of them priced otherwise than it said."


def _heading(rows: Sequence[Row], limit: float, cores: int) -> str:
    seeds = len({row.seed for row in rows})
    taken = max(row.others / row.wall for row in rows) / cores
    days = sorted({row.date[:10] for row in rows})
    return (
        f"{' to '.join(dict.fromkeys((days[0], days[-1])))}: {limit:g} s a run, median / worst of "
        f"{seeds} seeds, {cores} cores, of which other programs took at most {taken:.0%}"
    )


def comparison(rows: Sequence[Row], ours: str) -> list[str]:
    """Return a sentence for each other contender: where ours is ahead, even, or behind it."""
    lines = []
    for peer in dict.fromkeys(row.contender for row in rows if row.contender != ours):
        early = _standing(rows, (ours, peer), lambda row: cost_at(row, EARLY))
        late = _standing(rows, (ours, peer), lambda row: inf if row.cost is None else row.cost)
        shares = _integral_shares(rows, (ours, peer))
        if shares:
            lines.append(
                f"- {ours} beside {peer}, medians of seeds: at 10 s {early}; at the end {late}; "
                f"primal integral {geometric_mean(shares):.2f} of the other's (geometric mean)."
            )
    return lines


def _standing(rows: Iterable[Row], names: tuple[str, str], figure: Callable[[Row], float]) -> str:
    pairs = _pairs(rows, names, figure)
    ahead = sum(mine < theirs for mine, theirs in pairs)
    even = sum(mine == theirs for mine, theirs in pairs)
    return f"better on {ahead}, even on {even}, worse on {len(pairs) - ahead - even}"


def _integral_shares(rows: Sequence[Row], names: tuple[str, str]) -> list[float]:
    best = best_of(rows)
    pairs = _pairs(rows, names, lambda row: primal_integral(row, best.get(row.instance, inf)))
    return [max(mine, 0.001) / max(theirs, 0.001) for mine, theirs in pairs]


def _pairs(
    rows: Iterable[Row], names: tuple[str, str], figure: Callable[[Row], float]
) -> list[tuple[float, float]]:
    groups = grouped(rows)
    middle = {key: median(map(figure, mine)) for key, mine in groups.items()}
    numbers = dict.fromkeys(number for number, _ in groups)
    keys = [((number, names[0]), (number, names[1])) for number in numbers]
    return [(middle[a], middle[b]) for a, b in keys if a in middle and b in middle]
