"""Published shifts on a calendar."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import PersonRow, PostRow, RosterCellRow, RosterRunRow, SiteRow
from inspections.queries.feed_item import FeedItem
from inspections.subscriptions import Link
from rules.text import Text

Slot = tuple[int, str, date, str]


def shift_items(
    session: Session, link: Link, span: tuple[datetime, datetime], zone: ZoneInfo
) -> list[FeedItem]:
    """
    Return the published shifts of the link's person, or of its site, that start in *span*.

    Where two published rosters speak of one day of a site, the newer one holds.
    """
    since, until = (instant.astimezone(zone).date() for instant in span)
    query = (
        select(RosterCellRow, RosterRunRow, SiteRow, PersonRow)
        .join(RosterRunRow, RosterRunRow.id == RosterCellRow.roster_run_id)
        .join(SiteRow, SiteRow.id == RosterRunRow.site_id)
        .join(PersonRow, PersonRow.id == RosterCellRow.person_id)
        .where(RosterRunRow.organisation_id == link.organisation)
        .where(RosterRunRow.published_at.is_not(None))
        .where(RosterCellRow.day >= since, RosterCellRow.day < until)
        .order_by(RosterCellRow.id)
    )
    if link.site:
        query = query.where(SiteRow.key == link.site)
    rows = session.execute(query).all()
    newest: dict[tuple[int, date], int] = {}
    for cell, run, site, _person in rows:
        key = (site.id, cell.day)
        newest[key] = max(newest.get(key, 0), run.id)
    shown: defaultdict[Slot, list[tuple[RosterRunRow, SiteRow, PersonRow]]] = defaultdict(list)
    for cell, run, site, person in rows:
        mine = not link.person or person.key == link.person
        if mine and newest[site.id, cell.day] == run.id:
            shown[site.id, cell.post, cell.day, cell.shift].append((run, site, person))
    posts = _posts(session, {site for site, *_ in shown})
    return [
        item
        for slot, found in shown.items()
        if (item := _item(slot, found, posts, zone)) is not None
    ]


def _item(
    slot: Slot,
    found: list[tuple[RosterRunRow, SiteRow, PersonRow]],
    posts: dict[tuple[int, str], PostRow],
    zone: ZoneInfo,
) -> FeedItem | None:
    site_id, post_key, day, code = slot
    post = posts.get((site_id, post_key))
    shift = next((one for one in post.shifts if one["code"] == code), None) if post else None
    if post is None or shift is None:
        return None
    run, site, _ = found[0]
    starts = datetime.combine(day, time.fromisoformat(shift["since"]), zone)
    ends = datetime.combine(day, time.fromisoformat(shift["until"]), zone)
    name = Text.model_validate(shift["name"])
    return FeedItem(
        kind="shift",
        key=f"shift-{site_id}-{post_key}-{day}-{code}",
        revision=run.id,
        changed_at=run.published_at or run.created_at,
        site=site.name,
        place=post.name,
        state="published",
        ref=run.id,
        starts=starts,
        ends=ends if ends > starts else ends + timedelta(days=1),
        day=day,
        title=Text(zh=f"{post.name.zh} {name.zh}", en=f"{post.name.en}, {name.en}"),
        who=tuple(person.name for _, _, person in found),
    )


def _posts(session: Session, sites: set[int]) -> dict[tuple[int, str], PostRow]:
    query = select(PostRow).where(PostRow.site_id.in_(sites))
    return {(row.site_id, row.key): row for row in session.scalars(query)}
