"""Who leads which drill: everybody once first, then whoever has led least and is there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from scheduler.drills.problem import DrillEvent, SiteDrills


def with_leaders(
    problem: SiteDrills,
    events: tuple[DrillEvent, ...],
    settled: Mapping[tuple[date, str], str],
) -> tuple[tuple[DrillEvent, ...], tuple[str, ...]]:
    """Return the *events* with leaders, and who leads none in the horizon."""
    led = Counter({one.id: one.led for one in problem.leaders})
    led.update(settled.values())
    made = []
    for event in events:
        leader = settled.get((event.day, event.kind)) or _least_led(problem, event.day, led)
        if leader is not None and (event.day, event.kind) not in settled:
            led[leader] += 1
        made.append(replace(event, leader=leader))
    return tuple(made), tuple(one.id for one in problem.leaders if not led[one.id])


def _least_led(problem: SiteDrills, day: date, led: Counter[str]) -> str | None:
    there = [one.id for one in problem.leaders if day not in one.away]
    return min(there, key=lambda one: led[one], default=None)
