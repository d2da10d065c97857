"""The page of one week: the table, the tray of what is uncovered, and one cell opened."""

from dataclasses import dataclass

from flask import render_template

from inspections.board.choices import Candidate, candidates
from inspections.board.proved import proved
from inspections.board.publishing import published
from inspections.board.recent import recent_changes
from inspections.board.standing import Check
from inspections.board.week import BoardWeek, Cell, PersonDays, board_week
from inspections.queries.roster_week import ONE_WEEK
from rules.text import Text
from web.authentication import READERS, roles, viewer
from web.board.asked import Asked, asked, may_plan
from web.board.blueprint import blueprint
from web.board.words import step_words
from web.database import now, session
from web.formatting import today
from web.manage.flow import editor
from web.missed.listing import rule_clause, rule_title
from web.rulebook import rulebook

SHOWN_AT_ONCE = 3
MOST_GAPS = 60
MOST_CHANGES = 5


@dataclass(frozen=True)
class Opened:
    """
    A check in the panel, with who else could do it.

    Attributes:
        stopped: Those who could not, by the hard rule that stops them.
    """

    check: Check
    title: Text
    clause: Text | None
    could: tuple[Candidate, ...]
    stopped: tuple[tuple[Text, tuple[Candidate, ...]], ...]


@dataclass(frozen=True)
class Panel:
    """
    What is opened beside the table: the cell of a person and a day, or one uncovered check.

    Attributes:
        checks: In the order of due times.
    """

    row: PersonDays | None
    cell: Cell | None
    checks: tuple[Opened, ...]


@blueprint.get("/")
@roles(*READERS)
def board() -> str:
    """Show the week that the address asks for."""
    return board_html(asked())


def board_html(shown: Asked, faults: dict[str, str] | None = None) -> str:
    """Return the page; with *faults* of a step, what was typed stays."""
    here = viewer().organisation
    week = board_week(session(), rulebook(), here, shown.days, now=now())
    return render_template(
        "board/week.html",
        asked=shown,
        week=week,
        panel=_panel(shown, week),
        published=published(session(), here, week.days, shown.sites),
        earlier=(shown.monday - ONE_WEEK).isoformat(),
        later=(shown.monday + ONE_WEEK).isoformat(),
        may_plan=may_plan(),
        ahead=week.days[-1] >= today(),
        recent=recent_changes(session(), desk=editor(), most=MOST_CHANGES) if may_plan() else (),
        step_words=step_words,
        rule_title=rule_title,
        at_once=SHOWN_AT_ONCE,
        most_gaps=MOST_GAPS,
        page_url=shown.page,
        proved=proved(session(), here),
        faults=faults or {},
    )


def _panel(shown: Asked, week: BoardWeek) -> Panel | None:
    if shown.day is not None:
        found = week.cell(shown.person, shown.day)
        if found is not None:
            row, cell = found
            return Panel(row, cell, tuple(_opened(week, one) for one in cell.checks))
    gap = next((one for one in week.gaps if shown.check in one.members), None)
    return Panel(None, None, (_opened(week, gap),)) if gap else None


def _opened(week: BoardWeek, check: Check) -> Opened:
    found = candidates(week.standing, check) if check.is_open else ()
    stopped: dict[Text, list[Candidate]] = {}
    for one in found:
        if not one.could:
            stopped.setdefault(one.why, []).append(one)
    return Opened(
        check,
        rule_title(check.rule),
        rule_clause(check.rule),
        tuple(one for one in found if one.could),
        tuple((why, tuple(people)) for why, people in stopped.items()),
    )
