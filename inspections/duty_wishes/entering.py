"""Enter a wish for a duty roster, one's own or as an officer that of somebody else; withdraw it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.duty_wishes.checking import AskedWish, today_of, wish_faults
from inspections.duty_wishes.listing import wish_row
from inspections.editing import Editor, may_edit
from inspections.errors import FormUsedAlready, NotFound, WrongState
from inspections.lookup import person_by_key
from inspections.models import DutyWishRow, PersonRow
from rules.faults import InputInvalid
from rules.text import Text

_PERSON = Text(zh="人员", en="person")
_WISH = Text(zh="值班意愿", en="duty wish")


def enter_wish(session: Session, asked: AskedWish, *, editor: Editor, now: datetime) -> int:
    """
    Keep a wish and return its id; one that was sent before stays one.

    Raises:
        FormUsedAlready: If the form kept another wish before.
        InputInvalid: If days or shift are missing or wrong, it contradicts another wish of the
            person, or the roster of those days is published already.
        NotAllowed: If it is somebody else's and the role does not edit.
        NotFound: If there is no such person, or out of scope.
    """
    person = _person(session, asked.person, editor)
    sent = select(DutyWishRow).filter_by(client_id=asked.client_id)
    known = session.scalars(sent).one_or_none()
    if known is not None:
        _check_sent(known, person, asked)
        return known.id
    faults = list(wish_faults(session, asked, person, now))
    if faults or asked.kind is None or asked.since is None or asked.until is None:
        raise InputInvalid(faults)
    post, shift = _cell(asked)
    row = DutyWishRow(
        client_id=asked.client_id,
        organisation_id=editor.organisation,
        person_id=person.id,
        kind=asked.kind,
        since=asked.since,
        until=asked.until,
        post=post,
        shift=shift,
        reason=asked.reason,
        by=editor.by,
        entered_at=now,
    )
    session.add(row)
    session.flush()
    _note(session, row, person, "wish.entered", editor, now)
    return row.id


def withdraw_wish(session: Session, wish_id: int, *, editor: Editor, now: datetime) -> None:
    """
    Let a wish count no more; rosters that are made stay as they are.

    Raises:
        NotAllowed: If it is somebody else's and the role does not edit.
        NotFound: If there is none, or whose it is is out of scope.
        WrongState: If it was withdrawn already, or its days are over.
    """
    row = wish_row(session, editor.organisation, wish_id)
    if row is None:
        raise NotFound(_WISH, wish_id)
    person = session.get_one(PersonRow, row.person_id)
    _person(session, person.key, editor)
    step = Text(zh="撤回", en="withdrawing it")
    if row.withdrawn_at is not None:
        raise WrongState(step=step, state=Text(zh="已撤回", en="withdrawn"))
    if row.until < today_of(session, editor.organisation, now):
        raise WrongState(step=step, state=Text(zh="日期已过", en="in the past"))
    row.withdrawn_at, row.withdrawn_by = now, editor.by
    session.flush()
    _note(session, row, person, "wish.withdrawn", editor, now)


def _cell(asked: AskedWish) -> tuple[str, str] | tuple[None, None]:
    return asked.cell if asked.cell and asked.kind != "off" else (None, None)


def _check_sent(row: DutyWishRow, person: PersonRow, asked: AskedWish) -> None:
    kept = (row.person_id, row.kind, row.since, row.until, row.post, row.shift, row.reason)
    sent = (person.id, asked.kind, asked.since, asked.until, *_cell(asked), asked.reason)
    if kept != sent:
        raise FormUsedAlready


def _person(session: Session, key: str, editor: Editor) -> PersonRow:
    person = person_by_key(session, editor.organisation, key)
    if key != editor.by:
        may_edit(editor)
        if not any(map(editor.sees, person.sites)):
            raise NotFound(_PERSON, key)
    return person


def _note(  # noqa: PLR0913, PLR0917 (the parts of one entry)
    session: Session,
    row: DutyWishRow,
    person: PersonRow,
    action: str,
    editor: Editor,
    now: datetime,
) -> None:
    cell = {"post": row.post, "shift": row.shift} if row.post else {}
    said = {"person": person.key, "kind": row.kind, "since": row.since, "until": row.until, **cell}
    withdrawn = action == "wish.withdrawn"
    note_change(
        session,
        organisation=editor.organisation,
        by=editor.by,
        action=action,
        subject=f"wish/{row.id}",
        before=said if withdrawn else None,
        after=None if withdrawn else said,
        now=now,
    )
