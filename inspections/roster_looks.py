"""A look at a kept roster: the problem that it answers, and who stands where in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.lookup import site_by_key, sites_by_keys
from inspections.models import PersonRow, RosterCellRow, RosterRunRow
from inspections.rosters import Stored, published_cells, roster_question
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.roster.building import with_blocked
from scheduler.roster.problem import RosterProblem

_ELSEWHERE = Text(zh="当天在其他场所值班", en="on duty at another site that day")


@dataclass(frozen=True)
class RosterLook:
    """
    The newest roster of a site that covers a day.

    Attributes:
        problem: Of the people of the site and all posts where they may stand.
        cells: Every day of everyone; other sites as published.
        run: Its id.
        is_published: Whether people see it already.
    """

    problem: RosterProblem
    cells: Stored
    run: int
    is_published: bool


def roster_look(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    site: str,
    day: date,
    now: datetime,
) -> RosterLook:
    """
    Return the roster, a draft or not, with today's facts about people and posts.

    Raises:
        NotFound: If the organisation has no such site, or no roster of it covers the day.
    """
    run = newest_roster(session, site_by_key(session, organisation_id, site).id, day)
    if run is None:
        raise NotFound(Text(zh="排班表", en="roster"), day.isoformat())
    problem = site_problem(
        session,
        rulebook,
        organisation_id=organisation_id,
        site=site,
        span=(run.since, run.until),
        now=now,
    )
    own = {post.id for post in problem.posts if post.site == site}
    elsewhere = published_cells(
        session,
        organisation_id,
        run.since,
        run.until,
        sites=sites_by_keys(session, organisation_id, {post.site for post in problem.posts}),
    )
    cells = {key: cell for key, cell in elsewhere.items() if cell and cell[0] not in own}
    known = {(post.id, shift.code) for post in problem.posts for shift in post.shifts}
    people = {person.id for person in problem.people}
    stood = {**cells, **dict(_cells_of(session, run.id))}
    return RosterLook(
        problem,
        {key: cell for key, cell in stood.items() if key[0] in people and cell in known},
        run.id,
        run.published_at is not None,
    )


def with_neighbours(
    session: Session, rulebook: RuleBook, look: RosterLook, *, organisation_id: str, now: datetime
) -> RosterLook:
    """
    Return the look with everybody who stands the posts of other sites that its people stand too.

    Without them those posts would seem to lack people. Sites without a published roster in these
    days are left out, and who stands at yet another site on a day stands nothing else on it.
    """
    near = {post.site for post in look.problem.posts}
    if len(near) == 1:
        return look
    span = look.problem.since, look.problem.until
    problem = roster_question(
        session,
        rulebook,
        organisation_id=organisation_id,
        since=span[0],
        until=span[1],
        now=now,
        sites=tuple(sorted(near)),
    )
    ids = sites_by_keys(session, organisation_id, {post.site for post in problem.posts})
    people = {person.id for person in problem.people}
    published = {
        key: cell
        for key, cell in published_cells(session, organisation_id, *span, sites=ids).items()
        if cell and key[0] in people
    }
    site_of = {post.id: post.site for post in problem.posts}
    stood = {site_of[cell[0]] for cell in (*published.values(), *look.cells.values()) if cell}
    posts = tuple(post for post in problem.posts if post.site in stood & near)
    known = {(post.id, shift.code) for post in posts for shift in post.shifts}
    away = {key: _ELSEWHERE for key, cell in published.items() if cell not in known}
    own = {person.id for person in look.problem.people}
    others = {key: cell for key, cell in published.items() if cell in known and key[0] not in own}
    around = with_blocked(replace(problem, posts=posts, previous={}), away)
    return replace(look, problem=around, cells={**others, **look.cells})


def site_problem(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    site: str,
    span: tuple[date, date],
    now: datetime,
) -> RosterProblem:
    """Return the problem of a site's people and of all posts where they may stand."""
    problem = roster_question(
        session,
        rulebook,
        organisation_id=organisation_id,
        since=span[0],
        until=span[1],
        now=now,
        sites=(site,),
    )
    return replace(problem, previous={})


def newest_roster(session: Session, site_id: int, day: date) -> RosterRunRow | None:
    """Return the newest roster of a site that covers a day, a draft or not."""
    query = (
        select(RosterRunRow)
        .filter_by(site_id=site_id)
        .where(RosterRunRow.since <= day, RosterRunRow.until >= day)
        .order_by(RosterRunRow.id.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _cells_of(session: Session, run_id: int) -> Iterable[tuple[tuple[str, date], tuple[str, str]]]:
    query = (
        select(PersonRow.key, RosterCellRow.day, RosterCellRow.post, RosterCellRow.shift)
        .join(PersonRow, RosterCellRow.person_id == PersonRow.id)
        .where(RosterCellRow.roster_run_id == run_id)
    )
    return [((who, day), (post, shift)) for who, day, post, shift in session.execute(query)]
