"""
Compiles the dynamic program and keeps the machine code, so that the first roster need not wait.

Run after installing: python -m scheduler.roster.warm
"""

from dataclasses import replace
from datetime import date, time

import numpy as np

from rules.text import Text
from scheduler.roster.core.problem import FREE, CoreProblem, Employee, Shift
from scheduler.roster.effort import Effort
from scheduler.roster.exchange.kernel import search
from scheduler.roster.exchange.tables import Numbering, tables
from scheduler.roster.groups import Group
from scheduler.roster.objective import PRIORITIES
from scheduler.roster.pricing.pricer import Pricer
from scheduler.roster.pricing.sizes import limits_for_search
from scheduler.roster.problem import RosterPerson, RosterPost, RosterProblem, RosterShift
from scheduler.roster.search.annealing import LocalSearch
from scheduler.roster.slots import Slots


def warm() -> None:
    """Call every compiled function once."""
    problem = _smallest()
    pricer = Pricer(problem, limits_for_search(problem))
    local = LocalSearch(problem, pricer, Effort(ends_at=np.inf), seed=0)
    local.complete(local.best, local.everyone)
    local.improve_at(1, heat=1.0)
    pricer.price(local.everyone, np.zeros((problem.days, 1)), each=1)
    slots = Slots(_smallest_of_posts())
    group = Group(slots, ("post",))
    numbering = Numbering(slots, group.may)
    figures = tables(numbering, group.fair, dict.fromkeys(PRIORITIES, 1))
    search(figures, numbering.rows({}), (1, 1, 1, 1, 1), 0, 10, 0.0)


def _smallest() -> CoreProblem:
    days = 7
    employee = Employee(
        "a",
        minutes_min=0,
        minutes_max=days,
        run_min=1,
        run_max=5,
        rest_min=1,
        weekends_max=1,
        shift_max=(days,),
    )
    cover = np.ones((days, 1), dtype=np.int64)
    return CoreProblem(
        days,
        (Shift("D", 1),),
        (employee,),
        forbidden=np.zeros((1, 1), dtype=np.bool_),
        days_off=np.zeros((1, days), dtype=np.bool_),
        pins=np.full((1, days), FREE, dtype=np.int16),
        requests=np.zeros((1, days, 2), dtype=np.int64),
        need=cover,
        under=cover,
        over=cover,
    )


def _smallest_of_posts() -> RosterProblem:
    name = Text(zh="-", en="-")
    day, person = date(2026, 1, 5), RosterPerson("a", name, ("site",))
    post = RosterPost("post", "site", name, (RosterShift("D", name, time(8), time(16)),))
    return RosterProblem(day, day, "UTC", (post,), (person, replace(person, id="b")))


if __name__ == "__main__":
    warm()
