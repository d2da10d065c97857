"""Take back a leave that was entered with a roster: the rosters before it hold again."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.editing import Editor, carry_out, digest_of
from inspections.errors import NotFound, Refused
from inspections.importing import load_from_record
from inspections.lookup import existing
from inspections.models import AuditRow, RosterCellRow, RosterRunRow, SiteRow
from inspections.roster_looks import newest_roster
from inspections.taking_back import TakenBack
from rules.rulebook import RuleBook
from rules.text import Text

_ROSTER = Text(zh="排班表", en="roster")


class NewerRoster(Refused):
    """A leave is taken back whose roster is not the newest of each of its sites any more."""

    code = "newer-roster"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="请假之后排班表又有变化，不能一并撤销，没有保存。请在“资料”中删除请假，再重新排班。",
                en="There is a newer roster since, so both cannot be taken back; nothing "
                "was saved. Please remove the leave under Facts and roster the week again.",
            )
        )


def leave_of(run: RosterRunRow) -> Mapping[str, Any] | None:
    """Return what a roster says of the leave that it was made for, if it was."""
    found: Mapping[str, Any] | None = run.result.get("leave")
    return found


def take_leave_back(
    session: Session, rulebook: RuleBook, run_id: int, *, editor: Editor, now: datetime
) -> date:
    """
    Take a leave back with the rosters that were kept for it, and return its first day.

    Those from before hold again.

    Raises:
        ChangedSince: If the person's absences were changed again since.
        NewerRoster: If one of its sites has a newer roster, or one out of scope.
        NotFound: If the roster is not there, or was not made for a leave.
    """
    run = existing(session, RosterRunRow, run_id)
    mark = leave_of(run) if run.organisation_id == editor.organisation else None
    if mark is None:
        raise NotFound(_ROSTER, run_id)
    since = date.fromisoformat(mark["since"])
    together = _made_for(session, run, int(mark["entry"]))
    for one in together:
        site = session.get_one(SiteRow, one.site_id)
        newest = newest_roster(session, one.site_id, since)
        if not editor.sees(site.key) or newest is None or newest.id != one.id:
            raise NewerRoster
    entry = session.get_one(AuditRow, int(mark["entry"]))
    edit = TakenBack(entry.subject, entry.before or {}, entry.after or {})
    present = load_from_record(session, editor.organisation)
    carry_out(session, rulebook, [edit], editor=editor, before=digest_of(present), now=now)
    for one in together:
        _restore(session, one, editor, now)
    return since


def _made_for(session: Session, run: RosterRunRow, entry: int) -> Iterable[RosterRunRow]:
    """Return every roster kept for the same leave: they were made in one instant."""
    query = select(RosterRunRow).filter_by(
        organisation_id=run.organisation_id, created_at=run.created_at
    )
    rows = session.scalars(query.order_by(RosterRunRow.id)).all()
    return [one for one in rows if (leave_of(one) or {}).get("entry") == entry]


def _restore(session: Session, run: RosterRunRow, editor: Editor, now: datetime) -> None:
    """Keep the roster from before as the newest again, published where the newer one was."""
    mark = run.result["leave"]
    old = existing(session, RosterRunRow, int(mark["replaces"]))
    again = RosterRunRow(
        organisation_id=old.organisation_id,
        site_id=old.site_id,
        since=old.since,
        until=old.until,
        seed=old.seed,
        inputs_digest=old.inputs_digest,
        result={name: value for name, value in old.result.items() if name != "leave"},
        created_at=now,
        published_at=now if run.published_at else None,
        published_by=editor.by if run.published_at else None,
    )
    session.add(again)
    session.flush()
    for cell in session.scalars(select(RosterCellRow).filter_by(roster_run_id=old.id)):
        session.add(
            RosterCellRow(
                roster_run_id=again.id,
                post=cell.post,
                day=cell.day,
                shift=cell.shift,
                person_id=cell.person_id,
                pinned=cell.pinned,
                reason=cell.reason,
            )
        )
    note_change(
        session,
        organisation=old.organisation_id,
        by=editor.by,
        action="roster.restored",
        subject=f"roster-run/{again.id}",
        before={"roster": run.id},
        after={"since": old.since, "until": old.until, "roster": old.id},
        now=now,
    )
