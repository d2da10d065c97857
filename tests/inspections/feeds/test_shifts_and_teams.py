"""Shifts that are swapped or cross midnight, and what a team has."""

from datetime import date, timedelta

from sqlalchemy import select, update

from inspections.feeds.choices import Choices
from inspections.models import (
    PersonRow,
    RosterCellRow,
    RosterRunRow,
    SiteRow,
)
from tests.inspections.feeds.a_feed import COOK, DAYS, LATER, NOW, shown_by


def _published(session, people, *, at, day=date(2026, 3, 3)):
    site = session.scalars(select(SiteRow.id)).one()
    run = RosterRunRow(
        organisation_id="campus",
        site_id=site,
        since=DAYS["since"],
        until=DAYS["until"],
        seed=0,
        inputs_digest="",
        result={},
        created_at=at,
        published_at=at,
    )
    session.add(run)
    session.flush()
    for shift, person in people.items():
        mine = select(PersonRow.id).filter_by(key=person)
        session.add(
            RosterCellRow(
                roster_run_id=run.id,
                post="gate",
                day=day,
                shift=shift,
                person_id=session.scalar(mine),
            )
        )
    session.flush()


def test_a_swapped_shift_is_cancelled_for_one_and_new_for_the_other(school, rulebook):
    guard, head = Choices(person="guard"), Choices(person="head")
    _published(school, {"D": "guard", "N": "head"}, at=NOW)
    before = shown_by(school, rulebook, guard)
    _published(school, {"D": "head", "N": "guard"}, at=LATER)

    after = shown_by(school, rulebook, guard, LATER)
    other = shown_by(school, rulebook, head, LATER)
    gone = shown_by(school, rulebook, guard, LATER + timedelta(days=14))

    day = next(key for key in before if key.startswith("shift-"))
    night = day.removesuffix("D") + "N"
    assert (True, before[day].revision + 1) == (after[day].handed_over, after[day].revision)
    assert LATER == after[day].changed_at
    assert not after[night].handed_over
    assert not other[day].handed_over
    assert day not in gone
    assert night in gone


def test_a_night_shift_ends_on_the_next_day(school, rulebook):
    _published(school, {"N": "guard"}, at=NOW)

    items = shown_by(school, rulebook, Choices(shows="post", site="main", post="gate")).values()

    shift = next(item for item in items if item.kind == "shift")
    assert timedelta(hours=12) == shift.ends - shift.starts


def test_a_team_sees_what_its_people_have(school, rulebook):
    cook = update(PersonRow).where(PersonRow.key.in_(["cook", "fitter"]))
    school.execute(cook.values(team="后勤"))

    team = shown_by(school, rulebook, Choices(shows="team", team="后勤"))

    assert (
        team.keys()
        == shown_by(school, rulebook, COOK).keys()
        | shown_by(school, rulebook, Choices(person="fitter")).keys()
    )
