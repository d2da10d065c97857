"""
(c) Planning four weeks of generated sites into SQLite, twice; without assignment.

Run: python -m benchmarks.planning [--sites 1000] [--days 28] [--seed 1] [--database URL]

Prints seconds (and those of the processor, which a busy machine does not stretch), rows and the
highest memory of the process; the second run changes nothing and must take a third of the first, at
most. Importing the sites is not part of planning and shown apart.
"""

import argparse
import resource
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.sites import generate_organisation
from inspections.database import Sessions, open_database
from inspections.importing import import_organisation
from inspections.planning import PlanResult, plan
from rules.loader import load_rulebook
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook

SINCE = date(2026, 9, 1)
NOW = datetime(2026, 8, 31, 16, 0, tzinfo=UTC)
_SECONDS_A_MILLION = 90.0
_GIGABYTES = 1.5


def main() -> None:
    """Plan twice and print how long it took, for how many rows, with how much memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default=None)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sessions = open_database(asked.database or f"sqlite:///{Path(folder) / 'bench.db'}")
        organisation = generate_organisation(sites=asked.sites, seed=asked.seed)
        _measure(sessions, organisation, days=asked.days)
        sessions.kw["bind"].dispose()


def _measure(sessions: Sessions, organisation: Organisation, *, days: int) -> None:
    rulebook = load_rulebook()
    started = time.perf_counter()
    with sessions.begin() as session:
        import_organisation(session, organisation, now=NOW)
    imported = time.perf_counter() - started
    print(f"(c) planning {days} days of {len(organisation.sites):,} sites; import {imported:.1f} s")
    (first, worked), result = _planned(sessions, rulebook, organisation, days)
    rate = first / result.occurrences * 1_000_000
    print(f"    {result.duties:,} duties bind, {result.may_apply:,} may apply")
    print(
        f"    {result.occurrences:,} rows in {first:.1f} s, of which {worked:.1f} s worked", end=" "
    )
    print(f"= {rate:.0f} s per million", end=" ")
    print(f"(target {_SECONDS_A_MILLION:.0f}); highest memory {_memory():.2f} GB ({_GIGABYTES})")
    (second, worked), again = _planned(sessions, rulebook, organisation, days)
    print(f"    second run {second:.1f} s, of which {worked:.1f} s worked", end=" ")
    print(f"= {second / first:.2f} of the first (target 0.33)")
    print(f"    highest memory of both {_memory():.2f} GB")
    if again.changes.counts:
        raise AssertionError(f"The second run changed {again.changes.counts}.")


def _planned(
    sessions: Sessions, rulebook: RuleBook, organisation: Organisation, days: int
) -> tuple[tuple[float, float], PlanResult]:
    """Return the seconds that passed and those the processor worked, and the result."""
    started, began = time.perf_counter(), time.process_time()
    with sessions.begin() as session:
        result = plan(
            session,
            rulebook,
            organisation_id=organisation.id,
            since=SINCE,
            until=SINCE + timedelta(days=days - 1),
            now=NOW,
            assign=False,
        )
    return (time.perf_counter() - started, time.process_time() - began), result


def _memory() -> float:
    """Return the highest resident memory of this process so far, in gigabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


if __name__ == "__main__":
    main()
