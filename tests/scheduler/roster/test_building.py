"""From the government-office example and the real packs to a roster problem."""

from datetime import date
from pathlib import Path

import pytest

from rules.derive import derive
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from scheduler.roster.building import roster_problem

EXAMPLES = Path(__file__).parents[3] / "examples"
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)


@pytest.fixture(scope="module", params=["government-office", "boarding-school"])
def built(request):
    organisation = load_organisation(EXAMPLES / f"{request.param}.yaml")
    rulebook = load_rulebook().for_organisation(organisation)
    bindings = derive(rulebook, organisation, FIRST)
    problem = roster_problem(organisation, (FIRST, LAST), rulebook=rulebook, bindings=bindings)
    return organisation, problem


def test_every_post_and_person_of_the_organisation_is_there(built):
    organisation, problem = built

    assert {p.id for site in organisation.sites for p in site.posts} == {
        p.id for p in problem.posts
    }
    assert [person.id for person in organisation.people] == [person.id for person in problem.people]


def test_a_shift_brings_its_minimum_preferred_and_maximum(built):
    organisation, _ = built
    site = next(one for one in organisation.sites if one.posts)
    post = site.posts[0]
    figures = {"minimum": 1, "preferred": 2, "maximum": 4}
    shift = post.shifts[0].model_copy(update=figures)
    post = post.model_copy(update={"shifts": (shift,)})
    alone = organisation.model_copy(
        update={"sites": (site.model_copy(update={"posts": (post,)}),)},
    )

    problem = roster_problem(alone, (FIRST, LAST), rulebook=load_rulebook(), bindings=())

    found = problem.posts[0].shifts[0]
    assert figures == {name: getattr(found, name) for name in figures}


def test_a_control_room_wants_two_certified_people_by_law_at_every_instant(built):
    _, problem = built
    room = next(post for post in problem.posts if "control-room" in post.id)

    assert 0 == room.priority
    assert "fire-facility-operator" in room.qualifications
    assert {2} == {shift.minimum for shift in room.shifts}
    assert all(coverage.clause and 7 == len(coverage.spans) for coverage in room.coverage)


def test_legal_hours_come_with_their_clause_and_rest_without_one(built):
    _, problem = built
    limits = {limit.name: limit for person in problem.people for limit in person.limits}

    assert (40, True) == (limits["week-hours"].value, limits["week-hours"].clause is not None)
    assert (11, None) == (limits["rest-hours"].value, limits["rest-hours"].clause)
    assert 1 == limits["weekly-rest"].value


@pytest.mark.parametrize(
    ("facts", "hours"),
    [
        ({}, 0),
        ({"person.overtime_hours": 4}, 4),
        ({"person.overtime_hours": 20}, 8.12),  # 36 hours in a month of 31 days
        ({"person.overtime_hours": 20, "person.nursing": True}, 0),
    ],
)
def test_overtime_is_what_the_person_agreed_to_and_the_law_allows(built, facts, hours):
    organisation, problem = built
    limits = {one.id: {limit.name: limit for limit in one.limits} for one in problem.people}
    first = next(
        one
        for one in organisation.people
        if "week-hours" in limits[one.id] and one.facts.get("person.labour_contract")
    )
    agreed = first.model_copy(update={"facts": {**first.facts, **facts}})
    people = tuple(agreed if one is first else one for one in organisation.people)
    organisation = organisation.model_copy(update={"people": people})
    rulebook = load_rulebook().for_organisation(organisation)
    bindings = derive(rulebook, organisation, FIRST)

    again = roster_problem(organisation, (FIRST, LAST), rulebook=rulebook, bindings=bindings)

    mine = next(one for one in again.people if one.id == first.id)
    (found,) = (one for one in mine.limits if one.name == "week-hours")
    assert (40, hours) == (found.value, found.overtime)


def test_comprehensive_hours_are_averaged_over_the_approved_period_as_a_figure_of_the_house():
    organisation = load_organisation(EXAMPLES / "mall-group.yaml")
    first, *others = (
        one
        for one in organisation.people
        if one.facts.get("person.working_hours_system") == "comprehensive"
    )
    entered = {**first.facts, "person.hours_period_weeks": 13}
    organisation = organisation.model_copy(
        update={"people": (first.model_copy(update={"facts": entered}), *others)}
    )
    rulebook = load_rulebook().for_organisation(organisation)
    bindings = derive(rulebook, organisation, FIRST)

    problem = roster_problem(organisation, (FIRST, LAST), rulebook=rulebook, bindings=bindings)

    weeks = {}
    for person in problem.people:
        limits = {limit.name: limit for limit in person.limits}
        average = limits["week-hours-average"]
        weeks[person.id] = average.weeks
        assert (48, None) == (average.value, average.clause)
        assert "week-hours" not in limits
    assert 13 == weeks.pop(first.id)
    assert {4} == set(weeks.values())


def test_what_is_only_recommended_forbids_no_shift_by_law(built):
    _, problem = built
    limits = {limit.name: limit for person in problem.people for limit in person.limits}

    assert (6, None) == (limits["days-in-a-row"].value, limits["days-in-a-row"].clause)


def test_a_night_of_duty_counts_the_working_minutes_that_the_house_states(built):
    organisation, problem = built
    stated = {
        (post.id, shift.code): shift.working_minutes
        for site in organisation.sites
        for post in site.posts
        for shift in post.shifts
    }

    taken = {(p.id, s.code): s.working_minutes for p in problem.posts for s in p.shifts}

    assert stated == taken
    assert 480 in taken.values()


def _room(province, *, networked):
    """Return the control room of the government office, were it in another province."""
    organisation = load_organisation(EXAMPLES / "government-office.yaml")
    moved = {"site.province": province, "site.control_room_remote_control": networked}
    sites = tuple(
        site.model_copy(update={"facts": site.facts | moved}) for site in organisation.sites
    )
    organisation = organisation.model_copy(update={"sites": sites})
    rulebook = load_rulebook().for_organisation(organisation)
    bindings = derive(rulebook, organisation, FIRST)
    problem = roster_problem(organisation, (FIRST, LAST), rulebook=rulebook, bindings=bindings)
    return next(post for post in problem.posts if "control-room" in post.id)


def _clauses(post):
    return {clause.en for coverage in post.coverage if (clause := coverage.clause)}


def test_a_verified_permission_takes_the_place_of_the_national_figure_and_is_cited():
    alone = _room("广东省", networked=False)
    networked = _room("广东省", networked=True)

    assert ({2}, {1}) == tuple(
        {coverage.minimum for coverage in post.coverage} for post in (alone, networked)
    )
    assert _clauses(networked)
    assert all("Guangdong" in clause for clause in _clauses(networked))


def test_a_permission_that_was_not_read_in_full_takes_nobody_off_a_post():
    networked = _room("浙江省", networked=True)

    assert 2 == max(coverage.minimum for coverage in networked.coverage)
