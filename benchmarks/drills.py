"""
Drills of generated sites over a year, proposed from the duties in the record.

Run: python -m benchmarks.drills [--sites 200] [--seed 1] [--hidden]

Prints seconds of proposing, of looking at the year and at one page of it, how many drills serve how
many demands, and what has no day, by reason. Leaves with status 1 where a demand has neither day
nor reason, or where proposing took longer than the limit. Planning the duties is not part of it.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks.sites import generate_organisation
from inspections.database import open_database
from inspections.drills.kinds import drill_rules, may_be_hidden
from inspections.drills.programme import propose, year_of
from inspections.drills.proposing import Proposed
from inspections.drills.required import required_drills
from inspections.drills.settings import DrillSettings
from inspections.editing import Editor
from inspections.importing import import_organisation
from inspections.planning import plan
from rules.loader import load_rulebook
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook

YEAR = 2026
NOW = datetime(2025, 12, 31, 4, 0, tzinfo=UTC)
_LIMIT_SECONDS = 30.0
_PAGE = 20


def main() -> None:
    """Propose a year of drills and print what it came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hidden", action="store_true", help="all that may be comes unannounced")
    asked = parser.parse_args()
    organisation = generate_organisation(sites=asked.sites, seed=asked.seed)
    rulebook = load_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        sessions = open_database(f"sqlite:///{Path(folder) / 'bench.db'}")
        with sessions.begin() as session:
            _prepare(session, rulebook, organisation)
            told = _measure(session, rulebook, organisation, hidden=asked.hidden)
        sessions.kw["bind"].dispose()
    sys.exit(0 if told else 1)


def _prepare(session: Session, rulebook: RuleBook, organisation: Organisation) -> None:
    import_organisation(session, organisation, now=NOW)
    first = date(YEAR, 1, 1)
    plan(
        session,
        rulebook,
        organisation_id=organisation.id,
        since=first,
        until=first,
        now=NOW,
        assign=False,
    )


def _measure(
    session: Session, rulebook: RuleBook, organisation: Organisation, *, hidden: bool
) -> bool:
    by = Editor(organisation.id, "bench", "safety-officer")
    known = drill_rules(rulebook.for_organisation(organisation)) if hidden else {}
    rules = frozenset(id_ for id_, rule in known.items() if may_be_hidden(rule.versions))
    settings = DrillSettings(hidden=rules)
    started, worked = time.perf_counter(), time.process_time()
    proposed = propose(session, rulebook, organisation.id, YEAR, by=by, now=NOW, settings=settings)
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    started = time.perf_counter()
    year_of(session, rulebook, organisation.id, YEAR, by=by, now=NOW)
    looked = time.perf_counter() - started
    # Nothing that was read before helps who opens a page.
    session.expunge_all()
    page = [site.id for site in organisation.sites[:_PAGE]]
    started = time.process_time()
    year_of(session, rulebook, organisation.id, YEAR, by=by, now=NOW, sites=page)
    turned = time.process_time() - started
    required = required_drills(
        session, rulebook.for_organisation(organisation), organisation, YEAR, now=NOW
    )
    whole = _told(proposed, len(required))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    print(f"    proposed in {seconds:.1f} s, of which {work:.1f} s worked", end=" ")
    print(f"(limit {_LIMIT_SECONDS:.0f} s); looked at in {looked:.1f} s; {memory:.2f} GB at most")
    print(f"    a page of {len(page)} sites worked for {turned:.2f} s")
    return whole and seconds <= _LIMIT_SECONDS


def _told(proposed: Proposed, required: int) -> bool:
    """Print what has a day and what has none; tell whether every demand is one of them."""
    served = sum(len(one.serves) for one in proposed.found) + len(proposed.joined)
    print(f"(j) {len(proposed.found):,} drills serve {served:,} of {required:,} demands of a year")
    hidden = sum(one.hidden for one in proposed.found)
    print(f"    {hidden:,} of them unannounced; {len(proposed.short):,} demands have no day:")
    reasons = Counter(one.reason.en.split(": ", 1)[-1] for one in proposed.short)
    for reason, count in reasons.most_common(5):
        print(f"    {count:,} {reason}")
    proved = sum(one.proved for one in proposed.short)
    print(f"    proved impossible: {proved:,} of {len(proposed.short):,}")
    return served + len(proposed.short) == required


if __name__ == "__main__":
    main()
