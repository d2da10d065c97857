"""Write the note of a handover, and take a post over with a countersign."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.errors import FormUsedAlready, NotFound, Refused, WrongState
from inspections.handovers.open_items import open_items
from inspections.handovers.shift_changes import ShiftChange
from inspections.lookup import existing, person_name
from inspections.models import HandoverRow, SiteRow
from rules.faults import Fault, InputInvalid
from rules.text import Text

LONGEST_NOTE = 4000
MOST_KEYS = 9999
_HANDOVER = Text(zh="交接记录", en="handover")
_TAKEN = Text(zh="已接班", en="taken over")


class NotTheRelief(Refused):
    """A post is taken over by somebody else than those who hand it over."""

    code = "not-the-relief"

    def __init__(self, person: Text) -> None:
        super().__init__(
            Text(
                zh=f"“{person.zh}”是交班人，不能接班签收。请由接班人签收。",
                en=f"{person.en} hands the post over and may not take it over. "
                "Please ask the relief to sign.",
            )
        )


class ShiftNotBegun(Refused):
    """A note is written by who stands the shift, so not before it begins."""

    code = "shift-not-begun"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该班次尚未开始，不能填写交接记录。请在当班期间填写。",
                en="This shift has not begun. Please write the note while you stand it.",
            )
        )


@dataclass(frozen=True)
class Note:
    """
    What somebody writes.

    Attributes:
        client_id: UUID made by the page.
        notes: What happened and what to mind; not empty, at most 4000 characters.
        keys: 0 to 9999; nothing where the post has none.
    """

    client_id: str
    notes: str
    keys: int | None


@dataclass(frozen=True)
class Countersign:
    """
    What the relief says.

    Attributes:
        keys: How many keys were counted; needed where keys are handed over.
        note: What differs; needed where the count does.
    """

    keys: int | None
    note: str


def write_handover(
    session: Session, change: ShiftChange, note: Note, *, by: str, now: datetime
) -> int:
    """
    Keep the note of a change of shift, or a further version of it, and return its id.

    The same note sent twice by the same person stays one.

    Raises:
        FormUsedAlready: If the form kept another note before.
        InputInvalid: If nothing is written, or it is too long.
        ShiftNotBegun: If the shift lies ahead.
        WrongState: If the post was taken over already.
    """
    sent = session.scalars(select(HandoverRow).filter_by(client_id=note.client_id)).one_or_none()
    if sent is not None:
        _check_sent(sent, change, note, by)
        return sent.id
    _check_note(note)
    if now < change.since:
        raise ShiftNotBegun
    newest = newest_note(session, change)
    if newest is not None and newest.taken_by is not None:
        raise WrongState(step=Text(zh="再写交接记录", en="writing the note again"), state=_TAKEN)
    site = session.get_one(SiteRow, change.site_id)
    row = HandoverRow(
        client_id=note.client_id,
        organisation_id=site.organisation_id,
        site_id=site.id,
        post=change.post,
        day=change.day,
        shift=change.shift,
        version=newest.version + 1 if newest else 1,
        by=by,
        written_at=now,
        notes=note.notes,
        keys=note.keys,
        open_items=open_items(session, site, now=now),
    )
    session.add(row)
    session.flush()
    _note(session, row, "handover.written", {"notes": row.notes, "keys": row.keys}, by, now)
    return row.id


def take_over(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    change: ShiftChange,
    said: Countersign,
    *,
    handover_id: int,
    by: str,
    now: datetime,
) -> None:
    """
    Countersign the newest note of a change of shift.

    Raises:
        InputInvalid: If keys were handed over and not counted, or a difference is not explained.
        NotFound: If the note is of another change.
        NotTheRelief: If who signs wrote the note or goes with the shift that ends.
        WrongState: If it was signed already, or a newer version was written meanwhile.
    """
    row = existing(session, HandoverRow, handover_id)
    if (row.site_id, row.post, row.day, row.shift) != (change.site_id, *change.key):
        raise NotFound(_HANDOVER, handover_id)
    _check_relief(session, row, change, by)
    _check_count(row, said)
    newest = session.scalar(select(func.max(HandoverRow.version)).filter_by(**_same(change)))
    if newest != row.version:
        raise WrongState(step=_SIGN, state=Text(zh="有更新的版本", en="a newer version is there"))
    if row.taken_by is not None:
        raise WrongState(step=_SIGN, state=_TAKEN)
    row.taken_by, row.taken_at = by, now
    row.taken_keys, row.taken_note = said.keys, said.note or None
    session.flush()
    _note(session, row, "handover.taken", {"keys": said.keys, "note": row.taken_note}, by, now)


def newest_note(session: Session, change: ShiftChange) -> HandoverRow | None:
    """Return the note that holds for a change of shift."""
    query = select(HandoverRow).filter_by(**_same(change)).order_by(HandoverRow.version.desc())
    return session.scalars(query.limit(1)).one_or_none()


def _same(change: ShiftChange) -> dict[str, object]:
    post, day, shift = change.key
    return {"site_id": change.site_id, "post": post, "day": day, "shift": shift}


def _check_sent(sent: HandoverRow, change: ShiftChange, note: Note, by: str) -> None:
    kept = (sent.site_id, sent.post, sent.day, sent.shift, sent.by, sent.notes, sent.keys)
    if kept != (change.site_id, *change.key, by, note.notes, note.keys):
        raise FormUsedAlready


def _check_note(note: Note) -> None:
    faults = []
    if not note.notes or len(note.notes) > LONGEST_NOTE:
        faults.append(Fault("handover", 1, "notes", _NO_NOTE, _WRITE))
    if note.keys is not None and not 0 <= note.keys <= MOST_KEYS:
        faults.append(Fault("handover", 1, "keys", _KEYS, _COUNT))
    if faults:
        raise InputInvalid(faults)


def _check_relief(session: Session, row: HandoverRow, change: ShiftChange, by: str) -> None:
    goes = by in change.outgoing and by not in change.incoming
    if by == row.by or goes:
        raise NotTheRelief(person_name(session, row.organisation_id, by))


def _check_count(row: HandoverRow, said: Countersign) -> None:
    faults = []
    counted = said.keys is not None and 0 <= said.keys <= MOST_KEYS
    if row.keys is not None and not counted:
        faults.append(Fault("handover", 1, "counted", _KEYS, _COUNT))
    differs = row.keys is not None and counted and said.keys != row.keys
    if (differs and not said.note) or len(said.note) > LONGEST_NOTE:
        faults.append(Fault("handover", 1, "differs", _DIFFERS, _EXPLAIN))
    if faults:
        raise InputInvalid(faults)


def _note(  # noqa: PLR0913, PLR0917 (the parts of one entry)
    session: Session,
    row: HandoverRow,
    action: str,
    after: dict[str, object],
    by: str,
    now: datetime,
) -> None:
    note_change(
        session,
        organisation=row.organisation_id,
        by=by,
        action=action,
        subject=f"handover/{row.id}",
        before=None,
        after={"post": row.post, "day": row.day, "shift": row.shift, **after},
        now=now,
    )


_SIGN = Text(zh="接班签收", en="taking over")
_NO_NOTE = Text(zh="没有填写交接内容，或内容过长。", en="Nothing is written, or it is too long.")
_WRITE = Text(
    zh=f"请写明当班情况和注意事项（不超过 {LONGEST_NOTE} 字）；没有情况也请写明。",
    en=f"Please say what happened and what to mind, at most {LONGEST_NOTE} characters; "
    "if nothing did, say so.",
)
_KEYS = Text(zh="钥匙数不是有效的数字。", en="That is no number of keys.")
_COUNT = Text(
    zh=f"请清点后填写 0 到 {MOST_KEYS} 的整数。",
    en=f"Please count them and give a whole number from 0 to {MOST_KEYS}.",
)
_DIFFERS = Text(
    zh="清点数与交班数不一致而没有说明，或说明过长。",
    en="The count differs and nothing is said about it, or it is too long.",
)
_EXPLAIN = Text(zh="请说明差在哪里。", en="Please say what differs.")
