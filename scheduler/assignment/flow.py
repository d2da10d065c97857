"""The cheapest flow of minutes, and what a minute of each person is worth in it (OR-Tools)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from scheduler.assignment.book import Book, Signature
from scheduler.assignment.bundles import bundles
from scheduler.assignment.crew import Crew, Done
from scheduler.assignment.draft import Draft
from scheduler.assignment.network import DONE, Network
from scheduler.assignment.parts import narrowed
from scheduler.assignment.problem import AssignmentProblem, MinutePrices
from scheduler.assignment.regions import MOST_TASKS, Region, homes, regions

_FAR = 10**17
# Prices are as good as they are: a bound from earlier ones is lower, but never wrong.
_MOST_ROUNDS = 3000


@dataclass(frozen=True)
class Flow:
    """
    Where minutes go when tasks may be split.

    Attributes:
        minutes: By what decides on the candidates (the day among it) and by person.
    """

    minutes: Mapping[tuple[Signature, str], int]
    prices: MinutePrices


@dataclass(frozen=True)
class _Piece:
    """A region's part of the problem, and whose prices it is asked for."""

    problem: AssignmentProblem
    region: Region
    people: frozenset[str]


def cheapest_flow(
    problem: AssignmentProblem,
    crew: Crew | None = None,
    *,
    most: int = MOST_TASKS,
    done: Done | None = None,
) -> Flow | None:
    """
    Return the cheapest flow with its prices; nothing where the solver found none.

    Args:
        problem: What is to be planned.
        crew: Who solves the regions of a large problem.
        most: Tasks of a region.
        done: Called with how many regions are solved and how many there are.
    """
    # A network is solved whole or not at all, so that no clock ends it.
    found = (crew or Crew()).each(
        _flow_in, list(_pieces(problem, regions(problem, most=most))), ends=inf, done=done
    )
    minutes: dict[tuple[Signature, str], int] = {}
    people: dict[str, int] = {}
    days: dict[tuple[str, date], int] = {}
    for flow in found:
        if flow is None:
            return None
        minutes.update(flow.minutes)
        people.update(flow.prices.people)
        days.update(flow.prices.days)
    return Flow(minutes, MinutePrices(people, days))


def _pieces(problem: AssignmentProblem, found: Sequence[Region]) -> Iterator[_Piece]:
    home = homes(problem, [region.core for region in found])
    for number, region in enumerate(found):
        near = [one for one in problem.workers if not region.sites.isdisjoint(one.sites)]
        known = {worker.id for worker in near}
        fixed = {id_ for id_, who in problem.fixed.items() if not known.isdisjoint(who)}
        tasks = (task for task in problem.tasks if task.site in region.sites or task.id in fixed)
        mine = frozenset(who for who in known if home.get(who) == number)
        yield _Piece(narrowed(problem, tasks, near, {}), region, mine)


def _flow_in(piece: _Piece, _ends: float) -> Flow | None:
    """Return the flow at the core of a region, with the prices of those at home there."""
    draft = Draft(Book(piece.problem), bundles(piece.problem))
    found = _flow_of(Network(draft, piece.region.sites))
    if found is None:
        return None
    return Flow(
        {key: each for key, each in found.minutes.items() if key[0][0] in piece.region.core},
        MinutePrices(
            {who: price for who, price in found.prices.people.items() if who in piece.people},
            {key: price for key, price in found.prices.days.items() if key[0] in piece.people},
        ),
    )


def _flow_of(network: Network) -> Flow | None:
    arcs = network.arcs
    if not arcs.tails:
        return Flow({}, MinutePrices({}, {}))
    columns = [
        np.array(column, dtype=np.int64)
        for column in (arcs.tails, arcs.heads, arcs.room, arcs.price)
    ]
    supply = np.array(network.supply, dtype=np.int64)
    supply[DONE] = -supply.sum()
    solver = min_cost_flow.SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(*columns)
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int64), supply)
    if solver.solve() != solver.OPTIMAL:
        return None
    flows = solver.flows(numbers)
    worth = _distances(columns, flows, len(supply))
    minutes = {key: int(flows[arc]) for key, arc in network.choices.items() if flows[arc]}
    return Flow(minutes, _prices(network, worth))


def _prices(network: Network, worth: Any) -> MinutePrices:
    people = {person: int(worth[node]) for person, node in network.people.items()}
    return MinutePrices(
        people,
        {key: int(worth[node]) - people[key[0]] for key, node in network.days.items()},
    )


def _distances(columns: list[Any], flows: Any, nodes: int) -> Any:
    """
    Return what one minute more at each node would cost: the shortest way that is still open.

    A way is open along an arc with room left and, at its price back, against one that is used.
    """
    tails, heads, room, price = columns
    onward, back = flows < room, flows > 0
    since = np.concatenate([tails[onward], heads[back]])
    until = np.concatenate([heads[onward], tails[back]])
    costs = np.concatenate([price[onward], -price[back]])
    order = np.argsort(since, kind="stable")
    since, until, costs = since[order], until[order], costs[order]
    starts = np.flatnonzero(np.r_[True, since[1:] != since[:-1]])
    sources = since[starts]
    found = np.full(nodes, _FAR, dtype=np.int64)
    found[DONE] = 0
    for _ in range(_MOST_ROUNDS):
        shorter = np.minimum(found[sources], np.minimum.reduceat(found[until] + costs, starts))
        shorter[sources == DONE] = 0
        if np.array_equal(shorter, found[sources]):
            break
        found[sources] = shorter
    return found
