"""What somebody wishes of a duty roster, and everything that is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.duty_wishes.shifts_offered import OfferedShift, shifts_offered
from inspections.duty_wishes.standing import standing
from inspections.models import DutyWishRow, OrganisationRow, PersonRow
from rules.faults import Fault
from rules.text import Text

WishKind = Literal["off", "stand", "avoid"]
KINDS: tuple[WishKind, ...] = ("off", "stand", "avoid")
LONGEST_REASON = 200
LONGEST_RUN = 31
FURTHEST = timedelta(days=366)
# More than anybody needs in a year; a page that is sent again and again fills no record.
MOST_OPEN = 60
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AskedWish:
    """
    What is wished; what was not or wrongly filled in is nothing.

    Attributes:
        client_id: UUID made by the page.
        person: Key of whose wish it is.
        since: First day; `until` the last, included.
        cell: Post and shift; nothing for days off.
        reason: At most 200 characters; may be empty.
    """

    client_id: str
    person: str
    kind: WishKind | None
    since: date | None
    until: date | None
    cell: tuple[str, str] | None
    reason: str


def today_of(session: Session, organisation_id: str, now: datetime) -> date:
    """Return the organisation's local day at *now*."""
    zone = ZoneInfo(session.get_one(OrganisationRow, organisation_id).time_zone)
    return now.astimezone(zone).date()


def wish_faults(
    session: Session, asked: AskedWish, person: PersonRow, now: datetime
) -> Iterator[Fault]:
    """Yield every fault of a wish of *person*, by the field of the form."""
    shifts = shifts_offered(session, person.organisation_id, person.sites)
    mine = [one for one in shifts if one.is_for(person)]
    shift = next((one for one in mine if one.cell == asked.cell), None)
    if asked.kind is None:
        yield _fault("kind", _NO_KIND, _CHOOSE)
    elif asked.kind != "off" and shift is None:
        yield _fault("shift", _NO_SHIFT, _CHOOSE)
    if len(asked.reason) > LONGEST_REASON:
        yield _fault("reason", _LONG, _SHORTER)
    today = today_of(session, person.organisation_id, now)
    wrong = list(_wrong_days(asked.since, asked.until, today))
    yield from wrong
    if not wrong and asked.since and asked.until:
        span = asked.since, asked.until
        yield from _too_late(session, person, span, shift if asked.kind != "off" else None, mine)
        yield from _against_others(session, person, asked, (today, *span))


def _wrong_days(since: date | None, until: date | None, today: date) -> Iterator[Fault]:
    if since is None:
        yield _fault("since", _NO_DAY, _ENTER_DAY)
    elif since < today:
        yield _fault("since", _PAST, _FROM_TODAY)
    if until is None:
        yield _fault("until", _NO_DAY, _ENTER_DAY)
    if since and until:
        if until < since:
            yield _fault("until", _BEFORE, _CORRECT)
        elif (until - since).days >= LONGEST_RUN or until > today + FURTHEST:
            yield _fault("until", _FAR, _NEARER)


def _too_late(
    session: Session,
    person: PersonRow,
    span: tuple[date, date],
    shift: OfferedShift | None,
    mine: list[OfferedShift],
) -> Iterator[Fault]:
    """A wish is too late for days whose rosters are published at every site that decides."""
    sites = {shift.site} if shift else {one.site for one in mine}
    if not sites:
        yield _fault("since", _NO_POSTS, _ASK)
        return
    there = standing(session, person.organisation_id, span, sites, published=True)
    day, settled = span[0], []
    while day <= span[1]:
        if all((site, day) in there.covered for site in sites):
            settled.append(day)
        day += _DAY
    if settled:
        last = settled[-1]
        late = Text(
            zh=f"排班表已发布至 {last.isoformat()}，意愿不再改变它。",
            en=f"The roster is published until {last.isoformat()}; wishes change it no more.",
        )
        yield _fault("since", late, _LATER)


def _against_others(
    session: Session, person: PersonRow, asked: AskedWish, days: tuple[date, date, date]
) -> Iterator[Fault]:
    today, since, until = days
    query = select(DutyWishRow).filter_by(person_id=person.id, withdrawn_at=None)
    rows = session.scalars(query.where(DutyWishRow.until >= today)).all()
    if len(rows) >= MOST_OPEN:
        yield _fault("kind", _MANY, _WITHDRAW)
    meeting = (row for row in rows if row.since <= until and since <= row.until)
    if any(_contradict(row, asked) for row in meeting):
        yield _fault("since", _SAID, _WITHDRAW)


def _contradict(row: DutyWishRow, asked: AskedWish) -> bool:
    """Tell whether both cannot be met on one day, or say the same."""
    same = asked.kind == "off" or (row.post, row.shift) == asked.cell
    kinds = {row.kind, asked.kind}
    if len(kinds) == 1:
        return asked.kind == "stand" or same
    return kinds == {"off", "stand"} or (kinds == {"stand", "avoid"} and same)


def _fault(field: str, message: Text, remedy: Text) -> Fault:
    return Fault("wish", 1, field, message, remedy)


_NO_KIND = Text(zh="没有选择意愿。", en="No wish is chosen.")
_NO_SHIFT = Text(
    zh="没有选择班次，或此人不值这个班。",
    en="No shift is chosen, or it is none that this person stands.",
)
_CHOOSE = Text(zh="请从列表中选择。", en="Please choose one from the list.")
_LONG = Text(zh="原因过长。", en="The reason is too long.")
_SHORTER = Text(
    zh=f"请不超过 {LONGEST_REASON} 字。", en=f"At most {LONGEST_REASON} characters, please."
)
_NO_DAY = Text(zh="没有日期，或没有这一天。", en="There is no date, or no such day.")
_ENTER_DAY = Text(zh="请填写如 2026-11-30 的日期。", en="Please enter one such as 2026-11-30.")
_PAST = Text(zh="这一天已过。", en="That day is over.")
_FROM_TODAY = Text(zh="请从今天或以后选择。", en="Please choose today or a later day.")
_BEFORE = Text(zh="最后一天早于第一天。", en="The last day lies before the first.")
_CORRECT = Text(zh="请改正其中一个。", en="Please correct one of the two.")
_FAR = Text(zh="时间过长或过远。", en="The run of days is too long, or too far ahead.")
_NEARER = Text(
    zh=f"一次最多 {LONGEST_RUN} 天，且在一年以内。",
    en=f"At most {LONGEST_RUN} days at once, within a year.",
)
_NO_POSTS = Text(zh="此人没有可值的岗位。", en="There is no post that this person stands.")
_ASK = Text(
    zh="请安全管理员先核对岗位和角色。", en="Please ask a safety officer to check posts and roles."
)
_LATER = Text(
    zh="请选择以后的日期；若不能到岗，请向安全管理员请假。",
    en="Please choose later days; who cannot come asks a safety officer for leave.",
)
_SAID = Text(
    zh="这些日子已有相同或矛盾的意愿。",
    en="There is a wish for these days already that says the same or the opposite.",
)
_MANY = Text(
    zh=f"未结束的意愿已有 {MOST_OPEN} 项。", en=f"There are {MOST_OPEN} wishes ahead already."
)
_WITHDRAW = Text(zh="请先撤回原有的一项。", en="Please withdraw the other one first.")
