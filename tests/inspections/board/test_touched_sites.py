"""A step is planned at the sites that it touches alone, as the whole would be."""

import pytest
from sqlalchemy import select

from inspections.board.steps import Again, Away, Give
from inspections.board.touched import touched_sites
from inspections.board.trying import take_step
from inspections.board.undoing import undo_step
from inspections.importing import import_absences, import_organisation, load_from_record
from inspections.models import DutyRow, OccurrenceRow, PersonRow, PlanRunRow, SiteRow
from inspections.planning import plan
from rules.organisation.model import DateSpan
from rules.text import Text
from tests.inspections.board.conftest import FRIDAY, LAST, MONDAY, NIGHT, TEN

ILL = Away("guard", MONDAY, FRIDAY, "病假")


@pytest.fixture
def two_schools(record, rulebook):
    """The school, and another one like it with people of its own; the head works at both."""
    organisation = load_from_record(record, "campus")
    (main,) = organisation.sites
    north = main.model_copy(update={"id": "north"})
    own = [one for one in organisation.people if one.id != "head"]
    others = [one.model_copy(update={"id": f"{one.id}-2", "sites": ("north",)}) for one in own]
    both = [
        one.model_copy(update={"sites": ("main", "north")})
        for one in organisation.people
        if one.id == "head"
    ]
    people = (*both, *own, *others)
    whole = organisation.model_copy(update={"sites": (main, north), "people": people})
    import_organisation(record, whole, now=NIGHT)
    _plan(record, rulebook, now=NIGHT)
    return whole


def _plan(record, rulebook, **how):
    span = {"since": MONDAY, "until": LAST, "seconds": 5}
    return plan(record, rulebook, organisation_id="campus", **{**span, "now": TEN, **how})


def _at(record, plan_now, site):
    """Return how the occurrences of a site stand, without which run gave them."""
    mine = select(OccurrenceRow.id).join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
    ids = set(record.scalars(mine.where(SiteRow.key == site)))
    return {
        id_: (one.people, one.day, one.uncovered and one.uncovered.code)
        for id_, one in plan_now().items()
        if id_ in ids
    }


def _ill(record, organisation):
    guard = next(one for one in organisation.people if one.id == "guard")
    away = (DateSpan(since=MONDAY, until=FRIDAY, reason=Text(zh="病假", en="Ill")),)
    edited = organisation.model_copy(
        update={"people": (guard.model_copy(update={"absences": away}),)}
    )
    import_absences(record, edited, "guard", now=TEN, by="tests")


def test_a_plan_of_one_site_is_that_of_the_whole_where_nothing_crosses(
    two_schools, record, rulebook, plan_now
):
    _ill(record, two_schools)
    week = frozenset({MONDAY, FRIDAY})
    before = record.begin_nested()
    _plan(record, rulebook, within=week)
    whole = {site: _at(record, plan_now, site) for site in ("main", "north")}
    before.rollback()
    record.expire_all()

    result = _plan(record, rulebook, within=week, sites=("main",))

    assert whole == {site: _at(record, plan_now, site) for site in ("main", "north")}
    assert 1 == result.sites
    assert 0 < result.duties < len(record.scalars(select(DutyRow).filter_by(status="binds")).all())


@pytest.mark.usefixtures("two_schools")
def test_another_site_keeps_its_duties_and_everything_on_it(record, rulebook, plan_now):
    duties = select(DutyRow.id).join(SiteRow).where(
        SiteRow.key == "north", DutyRow.valid_until.is_(None)
    )  # fmt: skip
    before = (_at(record, plan_now, "north"), record.scalars(duties).all())

    _plan(record, rulebook, sites=("main",))

    assert before == (_at(record, plan_now, "north"), record.scalars(duties).all())
    assert before[1]


def test_what_somebody_has_at_another_site_takes_their_time(
    two_schools, record, rulebook, plan_now
):
    crossing = two_schools.model_copy(
        update={
            "people": tuple(
                one.model_copy(update={"sites": ("main", "north"), "minutes_per_day": 10})
                if one.id == "guard"
                else one
                for one in two_schools.people
                if one.id not in {"guard-2", "officer-2"}
            )
        }
    )
    import_organisation(record, crossing, now=TEN)
    before = _at(record, plan_now, "main")

    _plan(record, rulebook, sites=("north",))

    # Ten minutes a day are what the yard of the main school takes.
    busy = {day for people, day, _code in before.values() if "guard" in people}
    north = _at(record, plan_now, "north").values()
    given = {day for people, day, _code in north if "guard" in people}
    assert before == _at(record, plan_now, "main")
    assert busy
    assert set() == busy & given
    assert "capacity" in {code for _people, _day, code in north}


@pytest.mark.usefixtures("two_schools")
def test_a_step_touches_the_sites_of_those_whom_it_names(record, plan_now):
    some = next(iter(_at(record, plan_now, "main")))

    of = {step: touched_sites(record, "campus", step) for step in (
        ILL, Away("head", MONDAY, FRIDAY, ""), Give(some, ("guard",), MONDAY),
        Give(some, ("head",), MONDAY), Again(),
    )}  # fmt: skip

    assert [("main",), ("main", "north"), ("main",), ("main", "north"), ()] == list(of.values())


@pytest.mark.usefixtures("two_schools")
def test_a_step_at_one_school_leaves_the_other_alone_and_is_taken_back(
    record, rulebook, desk, tried, plan_now
):
    before = {site: _at(record, plan_now, site) for site in ("main", "north")}
    runs = select(PlanRunRow.result).order_by(PlanRunRow.id.desc()).limit(1)

    taken = take_step(record, rulebook, ILL, desk=desk, seen=tried(ILL).digest, now=TEN)
    after = {site: _at(record, plan_now, site) for site in ("main", "north")}
    undo_step(record, rulebook, taken, desk=desk, now=TEN)

    assert before["north"] == after["north"]
    assert before["main"] != after["main"]
    assert 1 == record.scalars(runs).one()["sites"]
    assert before == {site: _at(record, plan_now, site) for site in ("main", "north")}


@pytest.mark.usefixtures("two_schools")
def test_a_step_of_one_person_changes_no_other_person_of_the_record(record, rulebook, desk, tried):
    people = select(PersonRow.key, PersonRow.ended_on).order_by(PersonRow.key)
    before = record.execute(people).all()

    take_step(record, rulebook, ILL, desk=desk, seen=tried(ILL).digest, now=TEN)

    assert before == record.execute(people).all()
