"""The overdue wall, and the next rung that it announces: the very one that the sweep then takes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from inspections.editing import Editor
from inspections.findings.rectification import confirm, submit_rectification
from inspections.importing import import_organisation
from inspections.missed_duties import explain
from inspections.models import FindingRow, OccurrenceRow
from inspections.planning import plan
from inspections.queries.overdue_wall import ROWS, overdue_wall
from inspections.reactions.escalations import escalations
from inspections.reactions.next_rung import Ladder
from inspections.reactions.sweeping import sweep_reactions
from tests.inspections.findings.conftest import FOUND, NOW
from tests.inspections.poured import pour
from tests.inspections.reactions.conftest import book

__all__ = ["book"]
DAY = timedelta(days=1)


def _wall(session, book, now, *, page=1, scope=()):
    given = {"organisation": "campus", "scope": scope, "page": page, "now": now}
    return overdue_wall(session, book, **given)


def test_nothing_overdue_is_calm_and_names_what_is_next(school, book, found):
    finding = found()

    wall = _wall(school, book, FOUND + timedelta(hours=1))

    assert ((), 0, 0) == (wall.rows, wall.inspections, wall.findings)
    assert school.get_one(FindingRow, finding).due_at == wall.next_due.due_at


def test_the_announced_rungs_are_the_ones_that_the_sweep_takes(school, book, found):
    finding = found()
    row = school.get_one(FindingRow, finding)
    now = row.due_at + timedelta(minutes=1)
    announced = []
    while rung := Ladder(school, book, "campus", now=now).next_rungs([row]).get(finding):
        # A minute before it nothing is taken, at the announced instant the rung is.
        early = max(now, rung.at - timedelta(minutes=1))
        sweep_reactions(school, book, organisation_id="campus", now=early)
        before = len(escalations(school, "campus", NOW))
        sweep_reactions(school, book, organisation_id="campus", now=rung.at)
        assert len(escalations(school, "campus", NOW)) == before + 1
        announced.append((rung.rung, rung.role, rung.to, rung.at))
        now = rung.at + timedelta(minutes=1)

    taken = [(one.rung, one.role, one.to, one.at) for one in escalations(school, "campus", NOW)]
    assert announced == taken
    assert [1, 2, 3, 4] == [one[0] for one in taken]


def test_the_longest_overdue_stand_first_and_pages_go_on(school, book, found):
    ids = [found(at=FOUND + n * DAY) for n in (3, 0, 2, 1)]
    more = [found(at=FOUND + 4 * DAY) for _ in range(ROWS)]

    first = _wall(school, book, FOUND + 30 * DAY)
    second = _wall(school, book, FOUND + 30 * DAY, page=2)

    order = [ids[1], ids[3], ids[2], ids[0], *more]
    assert order == [one.id for one in (*first.rows, *second.rows)]
    assert (len(order), 2) == (first.findings, first.pages)
    assert all(one.days > 0 for one in first.rows)


def test_what_is_closed_leaves_the_wall(school, book, found):
    finding = found()
    late = FOUND + 9 * DAY
    assert [finding] == [one.id for one in _wall(school, book, late).rows]
    submit_rectification(school, finding_id=finding, by="cook", now=late, note="x")
    assert 1 == _wall(school, book, late).verify

    confirm(school, finding_id=finding, by="head", now=late)

    assert () == _wall(school, book, late).rows


@pytest.fixture
def planned(session, campus, book):
    def make(session):
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 2), "until": date(2026, 3, 3)}
        plan(session, book, organisation_id="campus", now=NOW, assign=False, **span)

    return pour(session, "campus for the wall", make)


def test_a_missed_check_stays_on_the_wall_until_somebody_answers_for_it(planned, book):
    now = FOUND + DAY
    wall = _wall(planned, book, now)
    missed = [one for one in wall.rows if one.state == "missed"]
    assert missed
    row = planned.get_one(OccurrenceRow, missed[0].id)
    row.state = "missed"
    planned.flush()

    officer = Editor("campus", "officer", "safety-officer")
    explain(planned, row.id, explanation="人手不足", editor=officer, now=now)

    assert wall.inspections - 1 == _wall(planned, book, now).inspections
    assert row.id not in {one.id for one in _wall(planned, book, now).rows}


def test_the_wall_shows_the_sites_in_scope_only(school, book, found):
    found()

    assert 0 == _wall(school, book, FOUND + 9 * DAY, scope=("annex",)).findings
    assert 1 == _wall(school, book, FOUND + 9 * DAY, scope=("main",)).findings
    assert 1 == len(list(school.scalars(select(FindingRow))))
