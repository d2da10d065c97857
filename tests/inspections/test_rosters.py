from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from inspections.errors import WrongState
from inspections.importing import import_organisation
from inspections.models import RosterCellRow, RosterRunRow
from inspections.rosters import (
    RosterIncomplete,
    publish_roster,
    published_cells,
    solve_rosters,
)
from rules.organisation.model import DateSpan, Person
from rules.text import Text

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
SINCE, UNTIL = date(2026, 3, 2), date(2026, 3, 8)
NAME = Text(zh="保安", en="Guard")


@pytest.fixture
def guarded(session, campus, rulebook):
    """The school with six guards for its gate, and a way to solve its roster."""
    site = campus.sites[0]
    gate = site.posts[0].model_copy(update={"roles": ("guard",)})
    guards = tuple(
        Person(id=f"guard-{n}", name=NAME, sites=("main",), roles=("guard",)) for n in range(6)
    )
    school = campus.model_copy(
        update={
            "sites": (site.model_copy(update={"posts": (gate,)}),),
            "people": (*campus.people, *guards),
        }
    )
    import_organisation(session, school, now=NOW)

    def solved():
        return solve_rosters(
            session,
            rulebook,
            organisation_id="campus",
            since=SINCE,
            until=UNTIL,
            now=NOW,
            seconds=5,
        )

    return school, solved


def test_every_shift_of_the_week_has_a_guard_and_the_roster_can_be_published(session, guarded):
    _, solved = guarded
    run = solved().runs["main"]

    publish_roster(session, run, by="officer", now=NOW)

    cells = published_cells(session, "campus", SINCE, UNTIL)
    assert {("gate", "D"), ("gate", "N")} == set(cells.values())
    assert 14 == len(cells)
    with pytest.raises(WrongState):
        publish_roster(session, run, by="officer", now=NOW)


def test_a_roster_with_a_gap_is_kept_and_not_published(session, guarded):
    school, solved = guarded
    away = DateSpan(since=SINCE, until=SINCE, reason=Text(zh="休假", en="Leave"))
    people = tuple(
        p.model_copy(update={"absences": (away,)}) if "guard" in p.roles else p
        for p in school.people
    )
    import_organisation(session, school.model_copy(update={"people": people}), now=NOW)
    run = solved().runs["main"]

    with pytest.raises(RosterIncomplete) as refusal:
        publish_roster(session, run, by="officer", now=NOW)

    empty = session.scalars(select(RosterCellRow).filter_by(person_id=None)).all()
    assert {SINCE} == {cell.day for cell in empty}
    assert all(cell.reason.zh for cell in empty)
    assert refusal.value.reasons
    assert session.get_one(RosterRunRow, run).published_at is None


def test_a_second_solve_keeps_the_published_cells(session, guarded):
    _, solved = guarded
    publish_roster(session, solved().runs["main"], by="officer", now=NOW)
    before = published_cells(session, "campus", SINCE, UNTIL)

    again = solved()
    publish_roster(session, again.runs["main"], by="officer", now=NOW + timedelta(hours=1))

    assert before == published_cells(session, "campus", SINCE, UNTIL)
