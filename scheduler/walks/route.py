"""The route of one person's day: walks in order, places in order, and what that saves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scheduler.walks.search import Search, inserted
from scheduler.walks.timetable import PAUSE, Order, Setting, Timetable
from scheduler.walks.visits import Route, Stop, Visit, Walk
from scheduler.walks.ways import Ways

# Orders tried; a person's day is at its best long before, and a page shall not wait.
STEPS = 4000
# What is done at one place in one window moves as one up to so many minutes.
LONGEST_STAY = 60


def route(visits: Iterable[Visit], ways: Ways, setting: Setting, *, steps: int = STEPS) -> Route:
    """
    Return the walks in which one person does *visits*.

    Late is worst, by law first; then few walks, none longer than two hours; then short ways; then
    each visit early; then the house's order of places. The same visits and steps give the same
    route.
    """
    wanted = sorted(visits, key=lambda visit: (visit.due, visit.opens, visit.id))
    together = _together(wanted)
    table = Timetable([whole for whole, _ in together], ways, setting)
    order = _best_order(table, ways, steps)
    by_due = Timetable(wanted, ways, setting).ways_along(range(len(wanted)))
    taken = table.ways_along(i for i in order if i != PAUSE)
    return Route(
        tuple(_walks(table, order, [members for _, members in together])),
        served=sum(visit.apart for visit in wanted) - _effort(wanted),
        walked=round(sum(by_due) - sum(taken), 6),
    )


def _best_order(table: Timetable, ways: Ways, steps: int) -> Order:
    """Search from two beginnings: by due time, and by the house's order."""
    every = range(len(table.visits))
    by_rank = sorted(every, key=lambda i: (ways.rank(table.visits[i].at), i))
    starts = (inserted(table, every), inserted(table, by_rank))
    return Search(table, steps).best_of(starts)


def _together(visits: Sequence[Visit]) -> list[tuple[Visit, tuple[Visit, ...]]]:
    """Join what is done at one place in one window, so that there is less to put in order."""
    open_groups: dict[tuple[object, ...], list[Visit]] = {}
    groups: list[list[Visit]] = []
    for visit in visits:
        key = (visit.at, visit.opens, visit.due, visit.priority)
        group = open_groups.get(key)
        if group is None or _effort(group) + visit.minutes > LONGEST_STAY:
            group = open_groups[key] = []
            groups.append(group)
        group.append(visit)
    return [(replace(group[0], minutes=_effort(group)), tuple(group)) for group in groups]


def _effort(visits: Iterable[Visit]) -> int:
    return sum(visit.minutes for visit in visits)


def _walks(table: Timetable, order: Order, members: Sequence[tuple[Visit, ...]]) -> Iterator[Walk]:
    """Yield the walks of *order*, with what is done at one place in a row as one stop."""
    for steps in table.walks(order):
        stops: list[Stop] = []
        for step in steps:
            visits = members[step.visit]
            if stops and stops[-1].at == visits[0].at:
                stops[-1] = replace(stops[-1], visits=(*stops[-1].visits, *visits))
            else:
                stops.append(Stop(visits[0].at, visits, step.way, step.begins))
        yield Walk(tuple(stops))
