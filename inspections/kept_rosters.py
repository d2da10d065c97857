"""Keep a solved roster in the record, as a draft for each site."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inspections.models import PersonRow, RosterCellRow, RosterRunRow, SiteRow
from inspections.record_digest import digest_of
from scheduler.roster.audit import violations
from scheduler.roster.gaps import gaps
from scheduler.roster.problem import Roster, RosterProblem


@dataclass(frozen=True)
class SolvedRoster:
    """A roster as solved, with the run of each site by its key."""

    problem: RosterProblem
    roster: Roster
    runs: dict[str, int]


def keep_roster(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    problem: RosterProblem,
    roster: Roster,
    *,
    organisation_id: str,
    seed: int,
    now: datetime,
    only: Collection[str] = (),
) -> SolvedRoster:
    """
    Keep a roster as drafts by site, each with what the audit has against it.

    With *only*, keys of sites, of these alone.
    """
    sites = _sites(session, organisation_id)
    people = _people(session, organisation_id)
    runs: dict[str, int] = {}
    for site in sorted({post.site for post in problem.posts if not only or post.site in only}):
        posts = frozenset(post.id for post in problem.posts if post.site == site)
        run = RosterRunRow(
            organisation_id=organisation_id,
            site_id=sites[site],
            since=problem.since,
            until=problem.until,
            seed=seed,
            inputs_digest=digest_of(repr(problem)),
            result=_result(roster, posts, _against(problem, roster, posts)),
            created_at=now,
        )
        session.add(run)
        session.flush()
        runs[site] = run.id
        rows = _cells(roster, posts, people, run.id)
        if rows:
            session.execute(insert(RosterCellRow), rows)
    return SolvedRoster(problem, roster, runs)


def _against(problem: RosterProblem, roster: Roster, posts: frozenset[str]) -> list[dict[str, str]]:
    """Return what keeps one site's posts from being published; another site's gap does not."""
    texts = [gap.text for gap in gaps(problem, roster) if gap.post in posts]
    texts += [broken.text for broken in violations(problem, roster)]
    return [{"zh": text.zh, "en": text.en} for text in texts]


def _result(roster: Roster, posts: frozenset[str], against: list[Any]) -> dict[str, Any]:
    uncovered = [
        {
            "post": each.post,
            "day": each.day.isoformat(),
            "shift": each.shift,
            "missing": each.missing,
            "reason": {"zh": each.reason.zh, "en": each.reason.en},
            "helps": [{"zh": text.zh, "en": text.en} for text in each.helps],
        }
        for each in roster.uncovered
        if each.post in posts
    ]
    return {"status": roster.status, "uncovered": uncovered, "against": against}


def _cells(
    roster: Roster, posts: frozenset[str], people: dict[str, int], run_id: int
) -> list[dict[str, Any]]:
    filled: list[dict[str, Any]] = [
        {"post": cell[0], "day": day, "shift": cell[1], "person_id": people[person], "reason": None}
        for (person, day), cell in sorted(roster.cells.items())
        if cell is not None and cell[0] in posts
    ]
    empty: list[dict[str, Any]] = [
        {
            "post": each.post,
            "day": each.day,
            "shift": each.shift,
            "person_id": None,
            "reason": each.reason,
        }
        for each in roster.uncovered
        if each.post in posts
        for _ in range(each.missing)
    ]
    return [{**row, "roster_run_id": run_id, "pinned": False} for row in (*filled, *empty)]


def _sites(session: Session, organisation_id: str) -> dict[str, int]:
    query = select(SiteRow.key, SiteRow.id).filter_by(organisation_id=organisation_id)
    return {row.key: row.id for row in session.execute(query)}


def _people(session: Session, organisation_id: str) -> dict[str, int]:
    query = select(PersonRow.key, PersonRow.id).filter_by(organisation_id=organisation_id)
    return {row.key: row.id for row in session.execute(query)}
