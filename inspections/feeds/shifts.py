"""Published shifts on a calendar: the rows they are told from, and the items made of those."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.feeds.item import FeedItem, Who
from inspections.feeds.occurrences import site_names
from inspections.feeds.scope import Scope
from inspections.models import PersonRow, PostRow, RosterCellRow, RosterRunRow
from rules.text import Text

_Rows = Sequence[Any]
# Site, post, day and code of a shift.
_Slot = tuple[int, str, date, str]


@dataclass(frozen=True)
class ShiftRows:
    """
    What the items are made of; equal rows make equal items.

    Attributes:
        runs: Published rosters that reach into the window, the newest last.
        cells: Places on them that the link's people have or had.
        posts: The posts with their shifts.
    """

    runs: _Rows
    cells: _Rows
    posts: _Rows


def shift_rows(session: Session, scope: Scope) -> ShiftRows:
    """Return the rows of the shifts that a link shows."""
    if scope.choices.shows in {"leaders", "horizon"}:
        return ShiftRows([], [], [])
    since, until = (at.astimezone(scope.zone).date() for at in (scope.since, scope.until))
    query = (
        select(RosterRunRow.id, RosterRunRow.site_id, RosterRunRow.since, RosterRunRow.until)
        .add_columns(RosterRunRow.published_at)
        .where(RosterRunRow.organisation_id == scope.organisation)
        .where(RosterRunRow.published_at.is_not(None))
        .where(RosterRunRow.since < until, RosterRunRow.until >= since)
        .order_by(RosterRunRow.published_at, RosterRunRow.id)
    )
    if scope.site is not None:
        query = query.where(RosterRunRow.site_id == scope.site)
    runs = list(session.execute(query))
    cells = _cells(session, scope, [run.id for run in runs], (since, until))
    return ShiftRows(runs, cells, _posts(session, {run.site_id for run in runs}))


def shift_items(session: Session, scope: Scope, rows: ShiftRows) -> list[FeedItem]:
    """
    Return the items of *rows*.

    Where two published rosters speak of one day of a site, the newer one holds; who had a shift
    only in an older one sees it as handed over.
    """
    runs = {run.id: run for run in rows.runs}
    holds = {(run.site_id, day): run for run in rows.runs for day in _days(run)}
    posts = {(post.site_id, post.key): post for post in rows.posts}
    now: defaultdict[_Slot, list[Any]] = defaultdict(list)
    before: set[_Slot] = set()
    for cell in rows.cells:
        site = runs[cell.run].site_id
        slot = (site, cell.post, cell.day, cell.shift)
        if holds[site, cell.day].id == cell.run:
            now[slot].append(cell)
        else:
            before.add(slot)
    sites = site_names(session, {run.site_id for run in rows.runs})
    maker = _Maker(scope, sites, posts)
    items = [maker.item(slot, holds[slot[0], slot[2]], cells) for slot, cells in now.items()]
    for slot in sorted(before - now.keys()):
        run = holds[slot[0], slot[2]]
        if run.published_at > scope.forgotten_before:
            items.append(maker.item(slot, run, []))
    return [item for item in items if item is not None]


@dataclass(frozen=True)
class _Maker:
    """Makes the item of a shift."""

    scope: Scope
    sites: dict[int, Text]
    posts: dict[tuple[int, str], Any]

    def item(self, slot: _Slot, run: Any, cells: list[Any]) -> FeedItem | None:
        """Return the item, unless post or shift are no longer known; nobody on it: handed over."""
        site, key, day, code = slot
        post = self.posts.get((site, key))
        shift = next((one for one in post.shifts if one["code"] == code), None) if post else None
        if post is None or shift is None:
            return None
        zone = self.scope.zone
        starts = datetime.combine(day, time.fromisoformat(shift["since"]), zone)
        ends = datetime.combine(day, time.fromisoformat(shift["until"]), zone)
        name = Text.model_validate(shift["name"])
        own = self.scope.choices
        return FeedItem(
            kind="shift",
            key=f"shift-{site}-{key}-{day}-{code}",
            known_at=run.published_at,
            site=self.sites[site],
            place=post.name,
            state="published",
            path="/roster",
            title=Text(zh=f"{post.name.zh} {name.zh}", en=f"{post.name.en}, {name.en}"),
            starts=starts,
            ends=ends if ends > starts else ends + timedelta(days=1),
            who=tuple(Who(cell.key, cell.name) for cell in cells),
            audience=f"{own.shows}:{own.person or own.team or ''}" if self.scope.people else "",
            handed_over=not cells,
        )


def _cells(session: Session, scope: Scope, runs: list[int], days: tuple[date, date]) -> _Rows:
    since, until = days
    query = (
        select(
            RosterCellRow.roster_run_id.label("run"),
            RosterCellRow.post,
            RosterCellRow.day,
            RosterCellRow.shift,
            PersonRow.key,
            PersonRow.name,
        )
        .join(PersonRow, PersonRow.id == RosterCellRow.person_id)
        .where(RosterCellRow.roster_run_id.in_(runs))
        .where(RosterCellRow.day >= since, RosterCellRow.day < until)
        .order_by(RosterCellRow.id)
    )
    if scope.people is not None:
        query = query.where(RosterCellRow.person_id.in_(tuple(scope.people)))
    if scope.post is not None:
        query = query.where(RosterCellRow.post == scope.post[1])
    return list(session.execute(query)) if runs else []


def _posts(session: Session, sites: set[int]) -> _Rows:
    query = (
        select(PostRow.site_id, PostRow.key, PostRow.name, PostRow.shifts)
        .where(PostRow.site_id.in_(sites))
        .order_by(PostRow.id)
    )
    return list(session.execute(query)) if sites else []


def _days(run: Any) -> list[date]:
    return [run.since + timedelta(days=n) for n in range((run.until - run.since).days + 1)]
