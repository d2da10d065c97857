"""Solve, keep and publish the rosters of an organisation's posts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inspections.errors import Refused, WrongState
from inspections.gates import closed_gates
from inspections.importing import load_from_record
from inspections.lookup import existing
from inspections.models import AuditRow, PersonRow, RosterCellRow, RosterRunRow, SiteRow
from inspections.person_titles import person_titles
from inspections.record_digest import digest_of
from inspections.sleepless_nights import resting_after_sleepless_nights
from rules.derive import derive
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.roster.audit import violations
from scheduler.roster.building import roster_problem, with_blocked
from scheduler.roster.gaps import gaps
from scheduler.roster.problem import Cell, Roster, RosterProblem
from scheduler.roster.solver import solve

LOOK_BACK = timedelta(days=14)
Stored = dict[tuple[str, date], Cell | None]


class RosterIncomplete(Refused):
    """A roster with a gap or a broken rule is not published; `reasons` says which."""

    code = "roster-incomplete"

    def __init__(self, reasons: tuple[Text, ...]) -> None:
        self.reasons = reasons
        first = reasons[0]
        super().__init__(
            Text(
                zh=f"排班表还有 {len(reasons)} 处问题，不能发布。首先：{first.zh}",
                en=f"The roster has {len(reasons)} problems and cannot be published. "
                f"The first: {first.en}",
            )
        )


@dataclass(frozen=True)
class SolvedRoster:
    """A roster as solved, with the run of each site by its key."""

    problem: RosterProblem
    roster: Roster
    runs: dict[str, int]


def solve_rosters(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    since: date,
    until: date,
    now: datetime,
    seed: int = 0,
    seconds: float = 30.0,
) -> SolvedRoster:
    """
    Solve the roster of all posts from *since* to *until*, included, and keep it as drafts by site.

    Who did not pass a check of the day, or rests after a sleepless night, is not rostered; the
    last published roster is changed as little as the rest allows.
    """
    organisation = load_from_record(session, organisation_id)
    book = rulebook.for_organisation(organisation)
    bindings = derive(book, organisation, since)
    problem = roster_problem(organisation, (since, until), rulebook=book, bindings=bindings)
    blocked = resting_after_sleepless_nights(
        session, book, organisation_id=organisation_id, since=since - LOOK_BACK
    )
    gates = closed_gates(session, book, organisation_id=organisation_id, now=now)
    blocked |= {(gate.person, gate.day): gate.text for gate in gates}
    problem = with_blocked(_with_the_past(session, organisation_id, problem), blocked)
    problem = replace(problem, titles=person_titles())
    roster = solve(problem, seconds=seconds, seed=seed)
    runs = _keep(session, organisation_id, problem, roster, seed=seed, now=now)
    return SolvedRoster(problem, roster, runs)


def publish_roster(session: Session, roster_run_id: int, *, by: str, now: datetime) -> None:
    """
    Publish a draft; its cells are then kept by later solves where rules still allow it.

    Raises:
        RosterIncomplete: If a place is not filled or a rule is broken.
        WrongState: If it is published already.
    """
    run = existing(session, RosterRunRow, roster_run_id)
    if run.published_at is not None:
        published = Text(zh="已发布", en="published")
        raise WrongState(step=Text(zh="再次发布", en="publishing it again"), state=published)
    against = tuple(Text(**words) for words in run.result["against"])
    if against:
        raise RosterIncomplete(against)
    run.published_at, run.published_by = now, by
    session.add(
        AuditRow(
            organisation_id=run.organisation_id,
            at=now,
            by=by,
            action="roster.published",
            subject=f"roster-run/{run.id}",
            data={"since": run.since.isoformat(), "until": run.until.isoformat()},
        )
    )
    session.flush()


def published_cells(session: Session, organisation_id: str, since: date, until: date) -> Stored:
    """Return who stands where; the last published roster of a site and day holds."""
    runs = session.scalars(
        select(RosterRunRow)
        .filter_by(organisation_id=organisation_id)
        .where(RosterRunRow.published_at.is_not(None))
        .where(RosterRunRow.since <= until, RosterRunRow.until >= since)
        .order_by(RosterRunRow.published_at, RosterRunRow.id)
    ).all()
    holds = {(run.site_id, day): run.id for run in runs for day in _days(run, since, until)}
    query = (
        select(PersonRow.key, RosterCellRow)
        .join(PersonRow, RosterCellRow.person_id == PersonRow.id)
        .where(RosterCellRow.roster_run_id.in_([run.id for run in runs]))
    )
    site_of = {run.id: run.site_id for run in runs}
    return {
        (person, cell.day): (cell.post, cell.shift)
        for person, cell in session.execute(query)
        if holds.get((site_of[cell.roster_run_id], cell.day)) == cell.roster_run_id
    }


def _days(run: RosterRunRow, since: date, until: date) -> Iterator[date]:
    day = max(run.since, since)
    while day <= min(run.until, until):
        yield day
        day += timedelta(days=1)


def _with_the_past(session: Session, organisation_id: str, problem: RosterProblem) -> RosterProblem:
    since, until = problem.since, problem.until
    before = published_cells(session, organisation_id, since - LOOK_BACK, since - timedelta(days=1))
    previous = published_cells(session, organisation_id, since, until)
    posts = {(post.id, shift.code) for post in problem.posts for shift in post.shifts}
    people = {person.id for person in problem.people}

    def still_there(cells: Stored) -> Stored:
        return {at: cell for at, cell in cells.items() if at[0] in people and cell in posts}

    return replace(problem, history=still_there(before), previous=still_there(previous))


def _keep(  # noqa: PLR0913 (the parts of one run)
    session: Session,
    organisation_id: str,
    problem: RosterProblem,
    roster: Roster,
    *,
    seed: int,
    now: datetime,
) -> dict[str, int]:
    sites = _sites(session, organisation_id)
    people = _people(session, organisation_id)
    runs: dict[str, int] = {}
    for site in sorted({post.site for post in problem.posts}):
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
    return runs


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
