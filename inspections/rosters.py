"""Solve, keep and publish the rosters of an organisation's posts."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.duty_bonds.problems import with_bonds
from inspections.duty_wishes.problems import with_wishes
from inspections.errors import NotFound, Refused, WrongState
from inspections.gates import closed_gates
from inspections.importing import load_from_record
from inspections.kept_rosters import SolvedRoster, keep_roster
from inspections.lookup import existing, site_ids
from inspections.models import PersonRow, RosterCellRow, RosterRunRow, SiteRow
from inspections.person_titles import person_titles
from inspections.reactions.staffing import with_staffing_needs
from inspections.sleepless_nights import resting_after_sleepless_nights
from rules.derive import derive
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.roster.building import TERM, roster_problem, with_blocked
from scheduler.roster.problem import Cell, RosterProblem
from scheduler.roster.solver import solve

_SLEEPLESS = timedelta(days=14)
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
    steps: int | None = None,
) -> SolvedRoster:
    """
    Solve the roster of all posts from *since* to *until*, included, and keep it as drafts by site.

    It takes at most so many *seconds*, and *steps* as `scheduler.roster.solver.solve` counts them.

    Solving takes its time; who must not keep others from writing meanwhile asks for the problem,
    solves it and keeps the roster by itself.
    """
    problem = roster_question(
        session, rulebook, organisation_id=organisation_id, since=since, until=until, now=now
    )
    roster = solve(problem, seconds=seconds, seed=seed, steps=steps)
    return keep_roster(
        session, problem, roster, organisation_id=organisation_id, seed=seed, now=now
    )


def roster_question(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    since: date,
    until: date,
    now: datetime,
    sites: Collection[str] = (),
) -> RosterProblem:
    """
    Return what there is to roster from *since* to *until*, included.

    Who did not pass a check of the day, or rests after a sleepless night, is not rostered; the
    last published roster is to be changed as little as the rest allows, and then come the wishes.
    With *sites*, only their people, and the posts of every site where these work.
    """
    organisation = load_from_record(session, organisation_id, sites=sites)
    book = rulebook.for_organisation(organisation)
    bindings = derive(book, organisation, since)
    problem = roster_problem(organisation, (since, until), rulebook=book, bindings=bindings)
    blocked = resting_after_sleepless_nights(
        session, book, organisation_id=organisation_id, since=since - _SLEEPLESS
    )
    here = site_ids(session, organisation) if sites else None
    gates = closed_gates(session, book, organisation_id=organisation_id, now=now, sites=here)
    blocked |= {(gate.person, gate.day): gate.text for gate in gates}
    problem = with_blocked(_with_the_past(session, organisation_id, problem, here), blocked)
    problem = replace(problem, titles=person_titles())
    problem = with_bonds(session, organisation_id, with_wishes(session, organisation_id, problem))
    return with_staffing_needs(session, book, organisation, problem)


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
    note_change(
        session,
        organisation=run.organisation_id,
        by=by,
        action="roster.published",
        subject=f"roster-run/{run.id}",
        before=None,
        after={"since": run.since, "until": run.until},
        now=now,
    )


def site_of_roster(session: Session, roster_run_id: int, *, organisation_id: str) -> str:
    """
    Return the key of the site that a roster is of.

    Raises:
        NotFound: If the organisation has none with this id.
    """
    query = (
        select(SiteRow.key)
        .join(RosterRunRow, RosterRunRow.site_id == SiteRow.id)
        .where(RosterRunRow.id == roster_run_id, RosterRunRow.organisation_id == organisation_id)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(Text(zh="排班表", en="roster"), roster_run_id)
    return found


def published_cells(
    session: Session,
    organisation_id: str,
    since: date,
    until: date,
    *,
    sites: Collection[int] | None = None,
) -> Stored:
    """
    Return who stands where; the last published roster of a site and day holds.

    With *sites*, ids of rows, at these alone.
    """
    query = (
        select(RosterRunRow)
        .filter_by(organisation_id=organisation_id)
        .where(RosterRunRow.published_at.is_not(None))
        .where(RosterRunRow.since <= until, RosterRunRow.until >= since)
        .order_by(RosterRunRow.published_at, RosterRunRow.id)
    )
    if sites is not None:
        query = query.where(RosterRunRow.site_id.in_(sites))
    runs = session.scalars(query).all()
    holds = {(run.site_id, day): run.id for run in runs for day in _days(run, since, until)}
    cells = (
        select(PersonRow.key, RosterCellRow)
        .join(PersonRow, RosterCellRow.person_id == PersonRow.id)
        .where(RosterCellRow.roster_run_id.in_([run.id for run in runs]))
    )
    site_of = {run.id: run.site_id for run in runs}
    return {
        (person, cell.day): (cell.post, cell.shift)
        for person, cell in session.execute(cells)
        if holds.get((site_of[cell.roster_run_id], cell.day)) == cell.roster_run_id
    }


def _days(run: RosterRunRow, since: date, until: date) -> Iterator[date]:
    day = max(run.since, since)
    while day <= min(run.until, until):
        yield day
        day += timedelta(days=1)


def _with_the_past(
    session: Session,
    organisation_id: str,
    problem: RosterProblem,
    sites: Collection[int] | None,
) -> RosterProblem:
    since, until = problem.since, problem.until
    days = since - TERM, since - timedelta(days=1)
    before = published_cells(session, organisation_id, *days, sites=sites)
    previous = published_cells(session, organisation_id, since, until, sites=sites)
    posts = {(post.id, shift.code) for post in problem.posts for shift in post.shifts}
    people = {person.id for person in problem.people}

    def still_there(cells: Stored) -> Stored:
        return {at: cell for at, cell in cells.items() if at[0] in people and cell in posts}

    return replace(problem, history=still_there(before), previous=still_there(previous))
