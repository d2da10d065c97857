"""Scenarios, shifts and buildings in turns: the one taken least so far comes next."""

from collections import Counter
from dataclasses import replace

from scheduler.drills.problem import DrillEvent, Rotation, SiteDrills


def with_turns(problem: SiteDrills, events: tuple[DrillEvent, ...]) -> tuple[DrillEvent, ...]:
    """
    Return the *events*, by day, each with what it takes of the rotations of its kind.

    Over the horizon no option is taken more than once more often than another, and each is taken
    where there are as many drills as options.
    """
    counts = {
        (kind, name): Counter({option: rotation.past.get(option, 0) for option in rotation.options})
        for kind, rotations in problem.rotations.items()
        for name, rotation in rotations.items()
    }
    made = []
    for event in events:
        takes = {}
        for name, rotation in problem.rotations.get(event.kind, {}).items():
            takes[name] = option = _next(rotation, counts[event.kind, name])
            counts[event.kind, name][option] += 1
        made.append(replace(event, takes=takes))
    return tuple(made)


def _next(rotation: Rotation, taken: Counter[str]) -> str:
    return min(rotation.options, key=lambda option: taken[option])
