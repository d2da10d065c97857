"""Circles: rules that conclude facts, each of which waits for what another of them concludes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """What a rule reads and what it concludes, as names of facts."""

    reads: frozenset[str]
    concludes: frozenset[str]


def circling(steps: Mapping[str, Step]) -> frozenset[str]:
    """
    Return the keys of the steps that lie in a circle, or on a way between two circles.

    Steps that read nothing still open, and steps that nothing still open reads, are taken away
    until none is left to take.
    """
    backwards = {
        key: Step(reads=step.concludes, concludes=step.reads) for key, step in steps.items()
    }
    forward = _left(steps, steps)
    return frozenset(_left(backwards, forward))


def _left(steps: Mapping[str, Step], among: Collection[str]) -> set[str]:
    """Return the steps of *among* that read, over any number of steps, a fact in a circle."""
    concluders: dict[str, int] = {}
    readers: dict[str, list[str]] = {}
    for key in among:
        for fact in steps[key].concludes:
            concluders[fact] = concluders.get(fact, 0) + 1
        for fact in steps[key].reads:
            readers.setdefault(fact, []).append(key)
    waits = {key: sum(fact in concluders for fact in steps[key].reads) for key in among}
    ready = [key for key, count in waits.items() if not count]
    left = set(among)
    while ready:
        key = ready.pop()
        left.discard(key)
        for fact in steps[key].concludes:
            concluders[fact] -= 1
            if not concluders[fact]:
                for reader in readers.get(fact, ()):
                    waits[reader] -= 1
                    if not waits[reader]:
                        ready.append(reader)
    return left
