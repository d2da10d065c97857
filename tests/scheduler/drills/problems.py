"""Sites with drills, drawn by Hypothesis, and their best cover found by trying everything."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import strategies as st

from rules.text import Text
from scheduler.drills.problem import DayNote, DrillWanted, Leader, SiteDrills

FIRST = date(2027, 3, 1)
LENGTH = 14


def said(words: str) -> Text:
    return Text(zh=words, en=words)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def wanted(draw, number: int) -> DrillWanted:
    since = draw(st.integers(0, LENGTH - 1))
    until = draw(st.integers(since, LENGTH - 1))
    series = draw(st.sampled_from(["s", "t"]))
    return DrillWanted(
        id=f"{series}/{number}",
        series=series,
        kind=draw(st.sampled_from(["evacuation", "power-cut"])),
        title=said("疏散演练"),
        since=day(since),
        until=day(until),
        min_gap_days=draw(st.sampled_from([0, 0, 3])),
        priority=draw(st.sampled_from([0, 1, 2])),
        announced=draw(st.sampled_from([True, True, False])),
    )


@st.composite
def sites(draw, *, most: int = 6, announced: bool | None = None) -> SiteDrills:
    some = [draw(wanted(number)) for number in range(draw(st.integers(1, most)))]
    if announced is not None:
        some = [DrillWanted(**{**vars(one), "announced": announced}) for one in some]
    notes = {
        day(number): (DayNote(said("停课"), draw(st.sampled_from([None, 300]))),)
        for number in draw(st.sets(st.integers(0, LENGTH - 1)))
    }
    leaders = [
        Leader(f"w{number}", said(f"甲{number}"), frozenset(map(day, draw(_DAYS))))
        for number in range(draw(st.integers(0, 3)))
    ]
    return SiteDrills("main", FIRST, day(LENGTH - 1), tuple(some), notes, tuple(leaders))


_DAYS = st.sets(st.integers(0, LENGTH - 1))


def fewest_missing(problem: SiteDrills) -> tuple[int, int, int]:
    """Return how many drills of each priority cannot be placed at best."""
    return min(_missing(problem, chosen) for chosen in _choices(problem))


def _choices(problem: SiteDrills) -> Iterator[tuple[date | None, ...]]:
    days = [
        [None, *(one for one in map(day, range(LENGTH)) if _may(problem, wanted, one))]
        for wanted in problem.wanted
    ]
    return (chosen for chosen in product(*days) if _is_apart(problem, chosen))


def _may(problem: SiteDrills, one: DrillWanted, on: date) -> bool:
    return one.since <= on <= one.until and problem.is_open(on)


def _is_apart(problem: SiteDrills, chosen: tuple[date | None, ...]) -> bool:
    for series in {one.series for one in problem.wanted}:
        mine = [
            (on, one)
            for one, on in zip(problem.wanted, chosen, strict=True)
            if one.series == series and on is not None
        ]
        gap = problem.gap(series)
        days = sorted(on for on, _ in mine)
        if any((later - earlier).days < gap for earlier, later in pairwise(days)):
            return False
    return True


def _missing(problem: SiteDrills, chosen: tuple[date | None, ...]) -> tuple[int, int, int]:
    short = [one.priority for one, on in zip(problem.wanted, chosen, strict=True) if on is None]
    return short.count(0), short.count(1), short.count(2)
