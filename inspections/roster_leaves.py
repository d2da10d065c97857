"""
Enter somebody's leave together with the roster that was previewed for it.

What is saved is what was shown: the changed cells come with the request and are only audited anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.editing import Editor, carry_out, digest_of
from inspections.edits import Absences
from inspections.errors import NotFound, Refused
from inspections.importing import load_from_record
from inspections.kept_rosters import keep_roster
from inspections.models import AuditRow, RosterRunRow
from inspections.roster_looks import RosterLook, roster_look, site_problem
from inspections.rosters import RosterIncomplete, publish_roster
from rules.organisation.model import DateSpan
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.roster.away import CellChange
from scheduler.roster.groups import draft_of
from scheduler.roster.problem import Roster
from scheduler.roster.reasons import uncovered_of
from scheduler.roster.slots import Slots

_ROSTER = Text(zh="排班表", en="roster")


class RosterChanged(Refused):
    """The roster is not the one that the preview was made on."""

    code = "roster-changed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="预览之后排班表已有变化，没有保存。请重新查看预览。",
                en="The roster changed after this preview; nothing was saved. "
                "Please look at the preview again.",
            )
        )


@dataclass(frozen=True)
class Leave:
    """
    What is saved.

    Attributes:
        site: Key of the site whose roster was looked at; `run` is its id.
        span: First and last day, both included.
        changes: The cells that change, as previewed.
    """

    site: str
    run: int
    person: str
    span: tuple[date, date]
    reason: Text
    changes: tuple[CellChange, ...]


@dataclass(frozen=True)
class SavedLeave:
    """The new rosters by site; `open` are those that stay drafts though they replace others."""

    runs: Mapping[str, int]
    open: tuple[str, ...]


def save_leave(
    session: Session, rulebook: RuleBook, leave: Leave, *, editor: Editor, now: datetime
) -> SavedLeave:
    """
    Enter the leave, plan anew, and keep the changed rosters.

    Those that replace published ones are published, unless something stands against it.

    Raises:
        InputInvalid: If the leave is not sound, as where it meets another one of the person.
        NotAllowed: If the role does not edit facts.
        NotFound: If site or person are not there, or out of scope.
        RosterChanged: If the roster is another one by now.
    """
    before = _rosters_before(session, rulebook, leave, editor, now)
    organisation = load_from_record(session, editor.organisation)
    person = next((one for one in organisation.people if one.id == leave.person), None)
    if person is None:
        raise NotFound(Text(zh="人员", en="person"), leave.person)
    span = DateSpan(since=leave.span[0], until=leave.span[1], reason=leave.reason)
    absences = tuple(sorted((*person.absences, span), key=lambda one: one.since))
    carry_out(
        session,
        rulebook,
        [Absences(leave.person, absences)],
        editor=editor,
        before=digest_of(organisation),
        now=now,
    )
    entry = _entry(session, editor, leave.person)
    runs, unpublished = {}, []
    for site, look in before.items():
        mark = _mark(leave, look, entry)
        runs[site] = _kept(session, rulebook, (site, look), leave.changes, mark, (editor, now))
        if look.is_published and not _published(session, runs[site], editor, now):
            unpublished.append(site)
    return SavedLeave(runs, tuple(unpublished))


def _rosters_before(
    session: Session, rulebook: RuleBook, leave: Leave, editor: Editor, now: datetime
) -> dict[str, RosterLook]:
    """Return the rosters that change, by site; the one looked at first."""
    day = leave.span[0]
    first = _look(session, rulebook, (leave.site, day), editor, now)
    if first.run != leave.run:
        raise RosterChanged
    site_of = {post.id: post.site for post in first.problem.posts}
    cells = (cell for one in leave.changes for cell in (one.before, one.after) if cell)
    touched = sorted({site_of[post] for post, _ in cells if post in site_of} - {leave.site})
    others = {one: _look(session, rulebook, (one, day), editor, now) for one in touched}
    return {leave.site: first, **others}


def _look(
    session: Session, rulebook: RuleBook, at: tuple[str, date], editor: Editor, now: datetime
) -> RosterLook:
    site, day = at
    if not editor.sees(site):
        raise NotFound(_ROSTER, site)
    organisation = editor.organisation
    return roster_look(session, rulebook, organisation_id=organisation, site=site, day=day, now=now)


def _kept(  # noqa: PLR0913, PLR0917 (who and when go together)
    session: Session,
    rulebook: RuleBook,
    of: tuple[str, RosterLook],
    changes: Sequence[CellChange],
    mark: Mapping[str, Any],
    by: tuple[Editor, datetime],
) -> int:
    """Keep the roster of one site with the changed cells, as a draft; return its id."""
    (site, look), (editor, now) = of, by
    problem = site_problem(
        session,
        rulebook,
        organisation_id=editor.organisation,
        site=site,
        span=(look.problem.since, look.problem.until),
        now=now,
    )
    known = {person.id for person in problem.people}
    changed = {(one.person, one.day): one.after for one in changes if one.person in known}
    cells = {**look.cells, **changed}
    draft = draft_of(Slots(problem), cells)
    roster = Roster(draft.cells(), uncovered_of(draft), "best-found")
    kept = keep_roster(
        session,
        problem,
        roster,
        organisation_id=editor.organisation,
        seed=0,
        now=now,
        only=(site,),
    )
    run = session.get_one(RosterRunRow, kept.runs[site])
    run.result = {**run.result, "leave": dict(mark)}
    session.flush()
    return run.id


def _mark(leave: Leave, look: RosterLook, entry: int) -> dict[str, Any]:
    return {
        "person": leave.person,
        "since": leave.span[0].isoformat(),
        "until": leave.span[1].isoformat(),
        "entry": entry,
        "replaces": look.run,
    }


def _published(session: Session, run_id: int, editor: Editor, now: datetime) -> bool:
    try:
        publish_roster(session, run_id, by=editor.by, now=now)
    except RosterIncomplete:
        return False
    return True


def _entry(session: Session, editor: Editor, person: str) -> int:
    """Return the id of the newest entry of the log about a person's facts."""
    query = (
        select(AuditRow.id)
        .filter_by(organisation_id=editor.organisation, subject=f"person/{person}")
        .order_by(AuditRow.id.desc())
    )
    return session.scalars(query.limit(1)).one()
