"""What people of the posts wish of the first rosters, and who is kept apart."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.duty_bonds.entering import AskedBond, enter_bond
from inspections.duty_wishes.checking import AskedWish, WishKind, today_of
from inspections.duty_wishes.entering import enter_wish
from inspections.duty_wishes.shifts_offered import OfferedShift, shifts_offered
from inspections.editing import Editor
from inspections.models import DutyWishRow, PersonRow
from inspections.queries.roster_week import staffed_sites

# A post of fewer people has no room for wishes beside its cover.
_FEWEST_PEOPLE = 6
_WEEK = timedelta(days=7)
# What is wished, on how many days, from which day of next week or the week after, and why.
_WISHES: tuple[tuple[WishKind, int, int, str], ...] = (
    ("off", 2, 5, "孩子的运动会"),
    ("stand", 3, 1, "晚上要照顾老人"),
    ("avoid", 7, 7, "最近睡眠不好"),
)
_APART = "近亲属，不同时同岗"


def enter_wishes(session: Session, organisation_id: str, *, now: datetime, seed: int) -> int:
    """
    Enter wishes and one separation at every post of many people; return how many wishes.

    Only the first demonstration enters any: the rosters that they are for are published then.
    """
    query = select(DutyWishRow.id).filter_by(organisation_id=organisation_id).limit(1)
    if session.scalar(query) is not None:
        return 0
    today = today_of(session, organisation_id, now)
    monday = today - timedelta(days=today.weekday()) + _WEEK
    count = 0
    for site, _name in staffed_sites(session, organisation_id):
        shifts = shifts_offered(session, organisation_id, (site,))
        for post in dict.fromkeys(one.post for one in shifts):
            of_post = [one for one in shifts if one.post == post]
            count += _at_post(session, organisation_id, of_post, (monday, now), seed)
    return count


def _at_post(
    session: Session,
    organisation_id: str,
    shifts: list[OfferedShift],
    days: tuple[date, datetime],
    seed: int,
) -> int:
    monday, now = days
    first = shifts[0]
    people = _people(session, organisation_id, first)
    if len(people) < _FEWEST_PEOPLE:
        return 0
    draw = Random(f"wishes:{organisation_id}:{first.site}:{first.post}:{seed}")  # noqa: S311
    draw.shuffle(people)
    officer = Editor(organisation_id, "demo", "safety-officer")
    apart = AskedBond(first.site, "apart", people[-1], (people[-2],), _APART, monday, None)
    enter_bond(session, apart, editor=officer, now=now)
    for person, wish in zip(people, _WISHES, strict=False):
        asked = _wish(person, wish, shifts, monday, draw)
        enter_wish(session, asked, editor=Editor(organisation_id, person, "inspector"), now=now)
    return len(_WISHES)


def _people(session: Session, organisation_id: str, shift: OfferedShift) -> list[str]:
    query = select(PersonRow).filter_by(organisation_id=organisation_id, ended_on=None)
    rows = session.scalars(query.order_by(PersonRow.position))
    return [row.key for row in rows if shift.is_for(row)]


def _wish(
    person: str,
    wish: tuple[WishKind, int, int, str],
    shifts: list[OfferedShift],
    monday: date,
    draw: Random,
) -> AskedWish:
    kind, days, after, reason = wish
    since = monday + timedelta(days=after)
    cell = {"off": None, "stand": shifts[0].cell, "avoid": shifts[-1].cell}[kind]
    client_id = str(UUID(int=draw.getrandbits(128), version=4))
    until = since + timedelta(days=days - 1)
    return AskedWish(client_id, person, kind, since, until, cell, reason)
