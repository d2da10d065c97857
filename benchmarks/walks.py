"""
Routes of generated days, against the best order and against OR-Tools' routing.

Run: python -m benchmarks.walks [--days 40] [--seed 0]

A day has 5 to 25 checks at places of one or two sites on a grid, with windows of a whole day, of
half a day and of an hour. Days of 6 checks are held against every order; longer ones against
OR-Tools' routing with one vehicle for each walk, the vehicles in a row without waiting, which gets
two seconds a day and as many walks as ours. All are judged by the same cost: late checks, walks,
then minutes of way; of the peer, way is compared where it
has as few late checks and walks.
"""

import argparse
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations, product
from random import Random

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from scheduler.walks.route import route
from scheduler.walks.timetable import LONGEST_WALK, PAUSE, Order, Setting, Timetable, walks_in
from scheduler.walks.visits import Route, Visit
from scheduler.walks.ways import Leg, Point, Ways

BEGIN = 8 * 60
SETTING = Setting(now=BEGIN)
WINDOWS = ((480, 1080), (480, 1080), (480, 1080), (480, 720), (780, 1050), (600, 690))
_LATE = 1000


def generated(count: int, seed: int) -> tuple[tuple[Visit, ...], Ways]:
    """Return a day of *count* checks; the same for the same seed."""
    draw = Random(f"{seed}/{count}")
    places = [
        (Point(draw.choice("aab"), f"p{number}"), draw.randrange(6), draw.randrange(6))
        for number in range(count)
    ]
    legs = [
        Leg(one, other, max(1, abs(x - u) + abs(y - v)))
        for one, x, y in places
        for other, u, v in places
        if one < other and one.site == other.site
    ]
    visits = tuple(_visit(draw, number, place) for number, (place, _, _) in enumerate(places))
    return visits, Ways((*legs, Leg(Point("a"), Point("b"), 20)))


def _visit(draw: Random, number: int, at: Point) -> Visit:
    opens, due = draw.choice(WINDOWS)
    minutes = draw.randrange(3, 16)
    return Visit(f"{number:02}", at, opens, due, minutes, apart=minutes)


def best_cost(table: Timetable) -> tuple[float, ...]:
    """Return the cost of the best of all orders with all choices of pauses."""
    count = len(table.visits)
    return min(
        table.cost(_joined(visits, pauses))
        for visits in permutations(range(count))
        for pauses in product((False, True), repeat=count - 1)
    )


def _joined(visits: Sequence[int], pauses: Sequence[bool]) -> Order:
    order = [visits[0]]
    for i, pause in zip(visits[1:], pauses, strict=True):
        order += [PAUSE, i] if pause else [i]
    return tuple(order)


def order_of(found: Route, visits: Sequence[Visit]) -> Order:
    """Return the order behind a route."""
    number = {visit.id: i for i, visit in enumerate(visits)}
    order: list[int] = []
    for walk in found.walks:
        order += [PAUSE] if order else []
        order += [number[visit.id] for stop in walk.stops for visit in stop.visits]
    return tuple(order)


class Peer:
    """OR-Tools' routing: each walk a vehicle that never waits and follows the one before."""

    def __init__(self, table: Timetable, ways: Ways, walks: int) -> None:
        visits = table.visits
        count = len(visits)
        starts, ends = [count] * walks, [count + 1] * walks
        self._index = pywrapcp.RoutingIndexManager(count + 2, walks, starts, ends)
        self._model = pywrapcp.RoutingModel(self._index)
        self._walks = walks
        ways_of = [[round(10 * ways.minutes(a.at, b.at)) for b in visits] for a in visits]
        self._add_ways(ways_of, count)
        self._add_time(table, ways_of)

    def _add_ways(self, ways_of: list[list[int]], count: int) -> None:
        def way(start: int, end: int) -> int:
            one, other = self._index.IndexToNode(start), self._index.IndexToNode(end)
            return ways_of[one][other] if max(one, other) < count else 0

        self._model.SetArcCostEvaluatorOfAllVehicles(self._model.RegisterTransitCallback(way))

    def _add_time(self, table: Timetable, ways_of: list[list[int]]) -> None:
        visits = table.visits
        count = len(visits)

        def taken(start: int, end: int) -> int:
            one, other = self._index.IndexToNode(start), self._index.IndexToNode(end)
            work = 10 * visits[one].minutes if one < count else 0
            return work + (ways_of[one][other] if max(one, other) < count else 0)

        callback = self._model.RegisterTransitCallback(taken)
        self._model.AddDimension(callback, 0, 14400, False, "time")  # noqa: FBT003 (their API)
        time_ = self._model.GetDimensionOrDie("time")
        for i, visit in enumerate(visits):
            node = self._index.NodeToIndex(i)
            time_.CumulVar(node).SetMin(10 * max(BEGIN, visit.opens))
            latest = round(10 * (table.due[i] - visit.minutes))
            time_.SetCumulVarSoftUpperBound(node, latest, _LATE)
        solver = self._model.solver()
        for walk in range(self._walks):
            first, last = (time_.CumulVar(f(walk)) for f in (self._model.Start, self._model.End))
            first.SetMin(10 * BEGIN)
            solver.Add(last - first <= 10 * LONGEST_WALK)
        for before, after in pairwise(range(self._walks)):
            solver.Add(
                time_.CumulVar(self._model.Start(after)) >= time_.CumulVar(self._model.End(before))
            )

    def order(self, seconds: int) -> Order | None:
        """Return its order, or nothing where it found none."""
        search = pywrapcp.DefaultRoutingSearchParameters()
        search.first_solution_strategy = (
            routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        )
        search.local_search_metaheuristic = (
            routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        )
        search.time_limit.FromSeconds(seconds)
        found = self._model.SolveWithParameters(search)
        if found is None:
            return None
        order: list[int] = []
        for walk in range(self._walks):
            order += [PAUSE, *self._stops(found, walk)]
        return tuple(order)

    def _stops(self, found: pywrapcp.Assignment, walk: int) -> Iterator[int]:
        at = found.Value(self._model.NextVar(self._model.Start(walk)))
        while not self._model.IsEnd(at):
            yield self._index.IndexToNode(at)
            at = found.Value(self._model.NextVar(at))


def against_every_order(days: int, seed: int) -> dict[str, float]:
    """Hold short days against the best of all orders."""
    best, worse = 0, []
    for number in range(days):
        visits, ways = generated(6, seed + number)
        table = Timetable(visits, ways, SETTING)
        ours, least = table.cost(order_of(route(visits, ways, SETTING), visits)), best_cost(table)
        best += ours == least
        worse.append(ours[6] - least[6])
    return {"days": days, "best": best, "minutes_of_way_more": sum(worse)}


def against_routing(days: int, seed: int, seconds: int) -> dict[str, object]:
    """Hold longer days against OR-Tools' routing."""
    took: list[float] = []
    outcomes = {"better": 0, "equal": 0, "worse": 0, "peer_later_or_none": 0}
    ours_way = peer_way = 0.0
    for number in range(days):
        visits, ways = generated(10 + number % 16, 1000 + seed + number)
        table = Timetable(visits, ways, SETTING)
        began = time.perf_counter()
        order = order_of(route(visits, ways, SETTING), visits)
        took.append(time.perf_counter() - began)
        walks = len(list(walks_in(order)))
        theirs = Peer(table, ways, walks).order(seconds)
        ours, peer = table.cost(order), table.cost(theirs) if theirs else None
        if peer is None or peer[:6] > ours[:6]:
            outcomes["peer_later_or_none"] += 1
            continue
        ours_way, peer_way = ours_way + ours[6], peer_way + peer[6]
        kind = "better" if ours[:7] < peer[:7] else "equal" if ours[:7] == peer[:7] else "worse"
        outcomes[kind] += 1
    return {
        "days": days,
        **outcomes,
        "way_against_peer": round(ours_way / peer_way, 3) if peer_way else None,
        "seconds_median": round(statistics.median(took), 3),
        "seconds_most": round(max(took), 3),
        "peer_seconds_each": seconds,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=2)
    chosen = parser.parse_args()
    print(
        json.dumps(
            {
                "against_every_order": against_every_order(min(chosen.days, 20), chosen.seed),
                "against_routing": against_routing(chosen.days, chosen.seed, chosen.seconds),
            }
        )
    )


if __name__ == "__main__":
    main()
