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
