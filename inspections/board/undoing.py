"""Take a step on the week board back, as far as nothing has happened since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.board.applying import Planner
from inspections.board.overfull import overfull
from inspections.board.recent import board_change
from inspections.board.refusals import BoardNotUndoable, BreaksRules
from inspections.board.stands import Stand, Stands, from_data, put_stand, stands
from inspections.board.touched import sites_of_change
from inspections.edit_records import note_edits
from inspections.editing import Editor
from inspections.edits import Absences, absent
from inspections.importing import import_absences, load_from_record
from inspections.models import BoardChangeRow
from rules.organisation.model import DateSpan
from rules.rulebook import RuleBook

UNDO_FOR = timedelta(hours=24)
_FAR = timedelta(days=3 * 366)


def is_undoable(row: BoardChangeRow, now: datetime) -> bool:
    """Tell whether taking it back may be tried: not done yet, and not too old."""
    return row.undone_at is None and now - row.at <= UNDO_FOR


def undo_step(
    session: Session, rulebook: RuleBook, change_id: str, *, desk: Editor, now: datetime
) -> BoardChangeRow:
    """
    Let everything that the step changed stand as before, where it is still open and unchanged.

    Raises:
        NotPlanner: If the role does not plan rounds.
        NotFound: If the organisation has no such step.
        BoardNotUndoable: If it was undone, or is too old.
        BreaksRules: If somebody could no longer do what they had before.
    """
    row = board_change(session, change_id, desk=desk)
    if not is_undoable(row, now):
        raise BoardNotUndoable
    sites = sites_of_change(session, row)
    organisation = load_from_record(session, desk.organisation, sites=sites)
    planner = Planner(session, organisation, rulebook, desk, now)
    if row.kind == "away":
        planner = _present_again(planner, row)
    mine = [one["id"] for one in row.results]
    current = stands(session, desk.organisation, now=now, before=now + _FAR, only=mine)
    back = list(_unchanged(row, current))
    ids = planner.ids()
    for id_, stand in back:
        put_stand(session, id_, stand, ids, now=now)
    people = {person for _id, stand in back for person in stand.people}
    against = overfull(planner, people, [stand.day for _id, stand in back])
    if against:
        raise BreaksRules(against)
    row.undone_at, row.undone_by = now, desk.by
    done = {id_ for id_, _stand in back}
    row.kept = [{"id": one["id"]} for one in row.results if one["id"] not in done]
    note_change(
        session,
        organisation=desk.organisation,
        by=desk.by,
        action="board.undone",
        subject=f"board-change/{row.id}",
        before=None,
        after={"undone": sorted(done), "kept": [one["id"] for one in row.kept]},
        now=now,
    )
    return row


def _unchanged(row: BoardChangeRow, current: Stands) -> Iterator[tuple[int, Stand]]:
    """Yield what stands as the step left it, with how it stood before."""
    for one in row.results:
        stand = current.get(one["id"])
        if stand is not None and stand.is_like(from_data(one["after"])):
            yield one["id"], from_data(one["before"])


def _present_again(planner: Planner, row: BoardChangeRow) -> Planner:
    """Put the absences back that the person had, as far as nobody changed them since."""
    before = tuple(DateSpan.model_validate(one) for one in row.step["absences"])
    person = next(one for one in planner.organisation.people if one.id == row.step["person"])
    added = _added(row)
    if added not in [(span.since, span.until) for span in person.absences]:
        return planner
    others = [one for one in person.absences if (one.since, one.until) != added]
    replaced = [one for one in before if one not in others and one.since == added[0]]
    edited = absent(planner.organisation, Absences(person.id, (*others, *replaced)))
    by: dict[str, Any] = {"by": planner.desk.by, "now": planner.now}
    import_absences(planner.session, edited, person.id, **by)
    note_edits(planner.session, planner.organisation, edited, **by)
    return replace(planner, organisation=edited)


def _added(row: BoardChangeRow) -> tuple[Any, Any]:
    span = row.step["span"]
    found = DateSpan.model_validate(span)
    return found.since, found.until
