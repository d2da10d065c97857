"""
(a) Expansion of a year for generated sites against one `dateutil.rrule` per duty.

Run: python -m benchmarks.expansion [--sites 1000] [--seed 1]

Two ratios: over distinct pairs of cadence and calendar only, and over all duties, where equal
pairs are expanded once. Both sides must give identical due times for every duty; ours also makes
windows, keys, grace and the reasons for moved days. The tables of open days are computed
beforehand, since both sides read them. Only cadences that one rrule expresses are measured:
`benchmarks.rrule_baseline.is_expressible` says which.
"""

import argparse
import gc
import time
from collections.abc import Iterable
from datetime import date, datetime

from benchmarks.rrule_baseline import due_instants, is_expressible
from benchmarks.sites import FIRST, LAST, generate_organisation
from rules.derive import derive
from rules.loader import load_rulebook
from scheduler.cadences.frame import iso
from scheduler.cadences.periods import due_days, periods
from scheduler.cadences.shape import shape_of
from scheduler.day_off import explain_move
from scheduler.duties import Duty, duties
from scheduler.expansion import Expander
from scheduler.occurrence import Occurrence

_TARGETS = (3, 20)
_KINDS = ("opening", "working", "school")


def main() -> None:
    """Measure, check that both sides agree, and print the two ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    every = _duties(asked.sites, asked.seed)
    measured = [duty for duty in every if is_expressible(duty.version)]
    distinct = list({(shape_of(d.version), d.calendar): d for d in measured}.values())
    _warm(measured)
    print(f"(a) expansion of {FIRST.year} for {asked.sites:,} sites, seed {asked.seed}")
    print(
        f"    {len(every):,} duties, of which rrule expresses {len(measured):,}"
        f" on {len({d.calendar for d in measured}):,} calendars"
    )
    _compare("distinct pairs", distinct, _TARGETS[0], repeats=3)
    _compare("all duties", measured, _TARGETS[1], repeats=1)


def _duties(sites: int, seed: int) -> list[Duty]:
    rulebook = load_rulebook()
    organisation = generate_organisation(sites=sites, seed=seed)
    bindings = derive(rulebook, organisation, FIRST)
    return list(duties(bindings, rulebook, organisation, on=FIRST))


def _warm(measured: Iterable[Duty]) -> None:
    """Compute the tables of days beforehand: both sides read them, neither is timed on them."""
    for calendar in {duty.calendar for duty in measured}:
        for kind in _KINDS:
            calendar.counting_years(kind, range(FIRST.year - 1, LAST.year + 2))


def _compare(name: str, chosen: list[Duty], target: int, *, repeats: int) -> None:
    """Time both sides *repeats* times, ours from cold each time, and take the best of each."""
    gc.collect()
    gc.freeze()  # neither side pays for walking the organisation
    slow, quick = [], []
    for _ in range(repeats):
        started = time.perf_counter()
        baseline = [_baseline(duty) for duty in chosen]
        slow.append(time.perf_counter() - started)
        _forget()
        started = time.perf_counter()
        ours = _ours(chosen)
        quick.append(time.perf_counter() - started)
    for duty, expected, found in zip(chosen, baseline, ours, strict=True):
        if expected != [occurrence.due_at for occurrence in found]:
            raise AssertionError(f"{duty.rule.id} at {duty.binding.target}: due times differ.")
    rows = sum(len(found) for found in ours)
    ratio = min(slow) / min(quick)
    print(
        f"    {name}: {len(chosen):,} expansions, {rows:,} due times identical;"
        f" rrule {min(slow):.2f} s, ours {min(quick):.2f} s: {ratio:.1f} times (target {target})"
    )


def _ours(chosen: list[Duty]) -> list[tuple[Occurrence, ...]]:
    expander = Expander()
    return [
        expander.expand(d.version, d.calendar, since=FIRST, until=LAST, context=d.context)
        for d in chosen
    ]


def _forget() -> None:
    """Empty what earlier expansions left in memory."""
    for memory in (periods, due_days, explain_move, iso):
        memory.cache_clear()


def _baseline(duty: Duty) -> list[datetime]:
    since = max(FIRST, duty.version.since)
    until = min(LAST, duty.version.until or date.max)
    return due_instants(duty.version, duty.calendar, since=since, until=until)


if __name__ == "__main__":
    main()
