"""Which sites are rostered together, and the rest of the organisation as it stands."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import site_by_key
from inspections.models import PersonRow
from inspections.queries.roster_week import staffed_sites
from inspections.rosters import roster_question
from rules.rulebook import RuleBook
from scheduler.roster.draft import pin_faults
from scheduler.roster.problem import RosterPost, RosterProblem
from scheduler.roster.slots import Slots

# More sites that share people than this take longer than a page may; then each is made by itself.
MOST_TOGETHER = 8


def rostered_together(
    session: Session, organisation_id: str, site: str, *, scope: Collection[str] = ()
) -> tuple[str, ...]:
    """
    Return the sites whose posts are rostered with those of *site*, as people work at both.

    Where these are very many, or some are out of *scope*, only the site itself.

    Raises:
        NotFound: If the organisation has no such site.
    """
    site_by_key(session, organisation_id, site)
    staffed = {key for key, _name in staffed_sites(session, organisation_id)}
    query = select(PersonRow.sites).filter_by(organisation_id=organisation_id, ended_on=None)
    shared = [set(sites) & staffed for sites in session.scalars(query)]
    found, before = {site}, set[str]()
    while found != before and len(found) <= MOST_TOGETHER:
        before = set(found)
        found = found.union(*(sites for sites in shared if sites & found))
    fits = len(found) <= MOST_TOGETHER and (not scope or found <= set(scope))
    return tuple(sorted(found)) if fits else (site,)


def question_of_sites(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    sites: Collection[str],
    span: tuple[date, date],
    now: datetime,
) -> RosterProblem:
    """
    Return what there is to roster at *sites* over the days of *span*, both included.

    What their people stand at other sites is settled as published.
    """
    problem = roster_question(
        session,
        rulebook,
        organisation_id=organisation_id,
        since=span[0],
        until=span[1],
        now=now,
        sites=sites,
    )
    own = {post.id for post in problem.posts if post.site in sites}
    posts = tuple(post if post.id in own else _wanting_nobody(post) for post in problem.posts)
    elsewhere = {key: cell for key, cell in problem.previous.items() if cell and cell[0] not in own}
    settled = replace(problem, posts=posts, pins={**problem.pins, **elsewhere})
    # Who fell ill since it was published does not stand there any more.
    broken = {(person.id, day) for person, day, _code in pin_faults(Slots(settled))}
    return replace(
        settled, pins={key: cell for key, cell in settled.pins.items() if key not in broken}
    )


def _wanting_nobody(post: RosterPost) -> RosterPost:
    shifts = tuple(replace(shift, minimum=0, preferred=None, maximum=None) for shift in post.shifts)
    return replace(post, shifts=shifts, coverage=())
