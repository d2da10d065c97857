"""Enter a pairing or a separation of people of a site, and end it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.duty_wishes.shifts_offered import people_to_stand
from inspections.editing import Editor, may_edit
from inspections.errors import NotFound, WrongState
from inspections.lookup import site_by_key
from inspections.models import DutyBondRow, SiteRow
from rules.faults import Fault, InputInvalid
from rules.text import Text

BondKind = Literal["with", "apart"]
KINDS: tuple[BondKind, ...] = ("with", "apart")
LONGEST_REASON = 200
# More companions than this say nothing any more; a site has hardly more such agreements.
MOST_OTHERS, MOST_AT_A_SITE = 12, 100
_SITE = Text(zh="场所", en="site")
_BOND = Text(zh="搭班约定", en="pairing")


@dataclass(frozen=True)
class AskedBond:
    """
    What is entered; what was not or wrongly filled in is nothing.

    Attributes:
        site: Key of the site.
        person: Key of who stands only with one of the *others*, or is kept apart from them.
        since: First day; `until` the last, nothing without end.
        until_given: Whether something was typed as the last day.
    """

    site: str
    kind: BondKind | None
    person: str
    others: tuple[str, ...]
    reason: str
    since: date | None
    until: date | None
    until_given: bool = False

    @property
    def people(self) -> list[str]:
        """Return everybody, the person first."""
        return [self.person, *self.others]


def enter_bond(session: Session, asked: AskedBond, *, editor: Editor, now: datetime) -> int:
    """
    Keep a pairing or separation and return its id; rosters made already stay as they are.

    Raises:
        InputInvalid: If people, reason or days are missing or wrong, or it stands there already.
        NotAllowed: If the role does not edit.
        NotFound: If there is no such site, or out of scope.
    """
    may_edit(editor)
    site = _site(session, asked.site, editor)
    faults = [*_faults(session, asked, site), *_same(session, asked, site)]
    if faults or asked.kind is None or asked.since is None:
        raise InputInvalid(faults)
    row = DutyBondRow(
        organisation_id=editor.organisation,
        site_id=site.id,
        kind=asked.kind,
        people=asked.people,
        reason=asked.reason,
        since=asked.since,
        until=asked.until,
        by=editor.by,
        entered_at=now,
    )
    session.add(row)
    session.flush()
    _note(session, row, "bond.entered", editor, now)
    return row.id


def end_bond(session: Session, bond_id: int, *, editor: Editor, now: datetime) -> str:
    """
    Let a pairing or separation bind nobody any more; return the key of its site.

    Raises:
        NotAllowed: If the role does not edit.
        NotFound: If there is none, or its site is out of scope.
        WrongState: If it was ended already.
    """
    may_edit(editor)
    query = select(DutyBondRow).filter_by(id=bond_id, organisation_id=editor.organisation)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(_BOND, bond_id)
    site = _site(session, session.get_one(SiteRow, row.site_id).key, editor)
    if row.ended_at is not None:
        raise WrongState(step=Text(zh="结束", en="ending it"), state=Text(zh="已结束", en="ended"))
    row.ended_at, row.ended_by = now, editor.by
    session.flush()
    _note(session, row, "bond.ended", editor, now)
    return site.key


def _site(session: Session, key: str, editor: Editor) -> SiteRow:
    if not editor.sees(key):
        raise NotFound(_SITE, key)
    return site_by_key(session, editor.organisation, key)


def _faults(session: Session, asked: AskedBond, site: SiteRow) -> Iterator[Fault]:
    known = {key for key, _name in people_to_stand(session, site.organisation_id, site.key)}
    if asked.kind is None:
        yield _fault("kind", _NO_KIND, _CHOOSE)
    if asked.person not in known:
        yield _fault("person", _NO_PERSON, _CHOOSE)
    others = set(asked.others)
    if not 0 < len(asked.others) <= MOST_OTHERS or not others <= known or asked.person in others:
        yield _fault("others", _NO_OTHERS, _CHOOSE_OTHERS)
    if not 0 < len(asked.reason) <= LONGEST_REASON:
        yield _fault("reason", _NO_REASON, _SAY_WHY)
    if asked.since is None:
        yield _fault("since", _NO_DAY, _ENTER_DAY)
    if asked.until_given and asked.until is None:
        yield _fault("until", _NO_DAY, _ENTER_DAY)
    elif asked.since and asked.until and asked.until < asked.since:
        yield _fault("until", _BEFORE, _CORRECT)


def _same(session: Session, asked: AskedBond, site: SiteRow) -> Iterator[Fault]:
    """Whatever says the same of the same people on one of the days stands there already."""
    query = select(DutyBondRow).filter_by(site_id=site.id, ended_at=None)
    if asked.since is not None:
        query = query.where(or_(DutyBondRow.until.is_(None), DutyBondRow.until >= asked.since))
    rows = session.scalars(query).all()
    if len(rows) >= MOST_AT_A_SITE:
        yield _fault("kind", _MANY, _END_ONE)
    for row in rows:
        later = asked.until is not None and row.since > asked.until
        alike = row.kind == asked.kind and set(row.people) == set(asked.people)
        if alike and not later and (row.kind == "apart" or row.people[0] == asked.person):
            yield _fault("person", _THERE, _END_ONE)
            return


def _fault(field: str, message: Text, remedy: Text) -> Fault:
    return Fault("bond", 1, field, message, remedy)


def _note(session: Session, row: DutyBondRow, action: str, editor: Editor, now: datetime) -> None:
    said = {
        "kind": row.kind,
        "people": row.people,
        "since": row.since,
        "until": row.until,
        "reason": row.reason,
    }
    ended = action == "bond.ended"
    note_change(
        session,
        organisation=editor.organisation,
        by=editor.by,
        action=action,
        subject=f"bond/{row.id}",
        before=said if ended else None,
        after=None if ended else said,
        now=now,
    )


_NO_KIND = Text(zh="没有选择约定。", en="Nothing is chosen.")
_NO_PERSON = Text(
    zh="没有选择人员，或此人不值守这里的岗位。",
    en="Nobody is chosen, or somebody who stands no post here.",
)
_CHOOSE = Text(zh="请从列表中选择。", en="Please choose one from the list.")
_NO_OTHERS = Text(
    zh="没有选择另外的人员，或选了本人，或人数过多。",
    en="No others are chosen, or the person too, or too many.",
)
_CHOOSE_OTHERS = Text(
    zh=f"请选择 1 至 {MOST_OTHERS} 名其他人员。", en=f"Please choose 1 to {MOST_OTHERS} others."
)
_NO_REASON = Text(zh="没有原因，或过长。", en="There is no reason, or it is too long.")
_SAY_WHY = Text(
    zh=f"请写明原因，不超过 {LONGEST_REASON} 字。",
    en=f"Please say why, in at most {LONGEST_REASON} characters.",
)
_NO_DAY = Text(zh="没有日期，或没有这一天。", en="There is no date, or no such day.")
_ENTER_DAY = Text(zh="请填写如 2026-11-30 的日期。", en="Please enter one such as 2026-11-30.")
_BEFORE = Text(zh="最后一天早于第一天。", en="The last day lies before the first.")
_CORRECT = Text(zh="请改正其中一个。", en="Please correct one of the two.")
_THERE = Text(
    zh="这些人在这些日子已有同样的约定。",
    en="The same stands there for these people on these days.",
)
_MANY = Text(
    zh=f"本场所已有 {MOST_AT_A_SITE} 项约定。", en=f"There are {MOST_AT_A_SITE} at this site."
)
_END_ONE = Text(zh="请先结束原有的一项。", en="Please end the other one first.")
