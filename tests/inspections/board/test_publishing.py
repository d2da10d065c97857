from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from inspections.board.publishing import publish_week, published
from inspections.board.refusals import NotPlanner, WeekOver
from inspections.board.steps import Away
from inspections.board.week import board_week
from inspections.errors import NotFound
from inspections.feeds.choices import Choices
from inspections.models import AuditRow
from tests.inspections.board.conftest import FRIDAY, MONDAY, TEN, WEEK
from tests.inspections.feeds.a_feed import shown_by


@pytest.fixture
def week(record, rulebook):
    return board_week(record, rulebook, "campus", WEEK, now=TEN)


def test_a_week_is_published_once_for_its_site_and_written_down(planner, week, record):
    before = published(record, "campus", week.days, ("main",))

    publish_week(planner, week, ("main",))

    after = published(record, "campus", week.days, ("main",))
    assert (None, TEN) == (before.at, after.at)
    assert ("officer",) == after.by
    assert () == after.changed
    row = record.scalars(select(AuditRow).filter_by(action="board.published")).one()
    assert len(week.standing.checks) == row.after["checks"]


def test_what_changes_afterwards_is_told_with_the_people(planner, week, record, taken):
    publish_week(planner, week, ("main",))

    taken(Away("guard", MONDAY, FRIDAY, "病假"), TEN + timedelta(hours=1))

    told = published(record, "campus", week.days, ("main",))
    assert told.changed
    assert {"guard", "officer"} <= {*told.people}


def test_calendars_say_that_the_week_is_published_and_when_they_learnt_it(
    planner, week, record, rulebook
):
    def told():
        shown = shown_by(record, rulebook, Choices(person="guard"), now=TEN).values()
        return {one.key: one for one in shown if one.kind == "occurrence" and one.starts}

    before = told()
    publish_week(planner, week, ("main",))
    after = told()

    this_week = {key for key, one in after.items() if one.starts.date() <= week.days[-1]}
    assert this_week
    assert this_week < after.keys()
    assert {key for key, one in after.items() if one.facts} == this_week
    assert {after[key].known_at for key in this_week} == {TEN}
    assert {key: one.revision for key, one in before.items()} != {
        key: one.revision for key, one in after.items()
    }


def test_a_week_that_has_passed_is_not_published(planner, week):
    later = replace(planner, now=TEN + timedelta(days=7))

    with pytest.raises(WeekOver):
        publish_week(later, week, ("main",))


def test_only_planners_publish_and_only_their_sites(planner, week, desk):
    with pytest.raises(NotPlanner):
        publish_week(replace(planner, desk=replace(desk, role="viewer")), week, ("main",))
    lead = replace(desk, role="team-lead", sites=("elsewhere",))
    with pytest.raises(NotFound):
        publish_week(replace(planner, desk=lead), week, ("main",))
