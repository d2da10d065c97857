from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from inspections.editing import Editor, NotAllowed
from inspections.errors import NotFound
from inspections.importing import import_organisation
from inspections.models import AbsenceRow, RosterRunRow
from inspections.roster_leave_undo import NewerRoster, leave_of, take_leave_back
from inspections.roster_leaves import Leave, RosterChanged, save_leave
from inspections.roster_looks import roster_look, with_neighbours
from inspections.rosters import publish_roster, published_cells, solve_rosters
from rules.organisation.model import Person
from rules.text import Text
from scheduler.roster.away import without_person

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
SINCE, UNTIL = date(2026, 3, 2), date(2026, 3, 8)
OFFICER = Editor("campus", "officer", "safety-officer")
SOME_REASON = Text(zh="病假", en="Sick")


@pytest.fixture
def published(session, campus, rulebook):
    """A week of the school's gate with six guards, published."""
    site = campus.sites[0]
    gate = site.posts[0].model_copy(update={"roles": ("guard",)})
    guards = tuple(
        Person(
            id=f"guard-{n}",
            name=Text(zh=f"保安{n}", en=f"Guard {n}"),
            sites=("main",),
            roles=("guard",),
        )
        for n in range(6)
    )
    school = campus.model_copy(
        update={
            "sites": (site.model_copy(update={"posts": (gate,)}),),
            "people": (*campus.people, *guards),
        }
    )
    import_organisation(session, school, now=NOW)
    span = {"organisation_id": "campus", "since": SINCE, "until": UNTIL, "now": NOW}
    run = solve_rosters(session, rulebook, seconds=5, steps=100, **span).runs["main"]
    publish_roster(session, run, by="officer", now=NOW)
    return run


def _leave(session, rulebook):
    """Preview the leave of whoever stands on the Wednesday, until Friday."""
    days = SINCE + timedelta(days=2), SINCE + timedelta(days=4)
    look = roster_look(
        session, rulebook, organisation_id="campus", site="main", day=days[0], now=NOW
    )
    who = next(
        person for (person, day), cell in sorted(look.cells.items()) if cell and day == days[0]
    )
    away = without_person(look.problem, look.cells, who, days, seconds=5)
    return Leave("main", look.run, who, days, SOME_REASON, away.changes)


def _cells(session):
    return published_cells(session, "campus", SINCE, UNTIL)


def test_what_was_previewed_is_published_with_the_leave_and_both_are_taken_back(
    session, published, rulebook
):
    before = _cells(session)
    leave = _leave(session, rulebook)
    now = NOW + timedelta(hours=1)

    saved = save_leave(session, rulebook, leave, editor=OFFICER, now=now)
    between = _cells(session)
    run = session.get_one(RosterRunRow, saved.runs["main"])
    take_leave_back(session, rulebook, run.id, editor=OFFICER, now=now + timedelta(hours=1))

    told = {(one.person, one.day): one.after for one in leave.changes}
    assert () == saved.open
    assert told == {key: between.get(key) for key in told}
    assert {**before, **told} == {**told, **between}
    assert leave.person == leave_of(run)["person"]
    assert before == _cells(session)
    absences = session.scalars(select(AbsenceRow).where(AbsenceRow.since == leave.span[0]))
    assert all(one.ended_on for one in absences)


def test_a_preview_of_an_older_roster_and_a_second_undo_are_refused(session, published, rulebook):
    leave = _leave(session, rulebook)
    saved = save_leave(session, rulebook, leave, editor=OFFICER, now=NOW)

    with pytest.raises(RosterChanged):
        save_leave(session, rulebook, leave, editor=OFFICER, now=NOW)
    take_leave_back(session, rulebook, saved.runs["main"], editor=OFFICER, now=NOW)
    with pytest.raises(NewerRoster):
        take_leave_back(session, rulebook, saved.runs["main"], editor=OFFICER, now=NOW)
    with pytest.raises(NotFound):
        take_leave_back(session, rulebook, published, editor=OFFICER, now=NOW)


def test_only_who_edits_facts_at_the_site_saves_a_leave(session, published, rulebook):
    leave = _leave(session, rulebook)

    with pytest.raises(NotAllowed):
        save_leave(session, rulebook, leave, editor=replace(OFFICER, role="inspector"), now=NOW)
    with pytest.raises(NotFound):
        save_leave(session, rulebook, leave, editor=replace(OFFICER, sites=("x",)), now=NOW)


def test_a_roster_that_would_lack_somebody_stays_a_draft(session, published, rulebook):
    leave = _leave(session, rulebook)
    only_gone = tuple(one for one in leave.changes if one.person == leave.person)

    saved = save_leave(
        session, rulebook, replace(leave, changes=only_gone), editor=OFFICER, now=NOW
    )

    run = session.get_one(RosterRunRow, saved.runs["main"])
    assert (("main",), None) == (saved.open, run.published_at)
    assert run.result["against"]
    assert run.result["uncovered"]


def test_the_posts_of_a_neighbour_are_full_though_its_own_people_are_not_of_this_site(
    session, campus, rulebook
):
    """One guard works at both sites; who stands the annex alone counts there all the same."""
    main = campus.sites[0]
    gate = main.posts[0].model_copy(update={"roles": ("guard",)})
    annex_gate = gate.model_copy(update={"id": "annex-gate"})
    where = [("main", "annex"), *[("main",), ("annex",)] * 5]
    guards = tuple(
        Person(id=f"guard-{n}", name=Text(zh=f"保安{n}", en=f"G{n}"), sites=at, roles=("guard",))
        for n, at in enumerate(where)
    )
    annex = main.model_copy(
        update={"id": "annex", "posts": (annex_gate,), "buildings": (), "places": (), "assets": ()}
    )
    sites = (main.model_copy(update={"posts": (gate,)}), annex)
    school = campus.model_copy(update={"sites": sites, "people": (*campus.people, *guards)})
    import_organisation(session, school, now=NOW)
    span = {"organisation_id": "campus", "since": SINCE, "until": UNTIL, "now": NOW}
    for run in solve_rosters(session, rulebook, seconds=5, steps=100, **span).runs.values():
        publish_roster(session, run, by="officer", now=NOW)
    of = {"organisation_id": "campus", "now": NOW}
    day = SINCE + timedelta(days=2)
    look = roster_look(session, rulebook, site="main", day=day, **of)
    who = next(
        person
        for (person, on), cell in sorted(look.cells.items())
        if on == day and cell[0] == "gate"
    )

    around = with_neighbours(session, rulebook, look, **of)
    away = without_person(around.problem, around.cells, who, (day, day), seconds=5)

    assert {one.id for one in guards} <= {one.id for one in around.problem.people}
    assert () == away.uncovered
    assert 0 < len(away.changes) <= 4
