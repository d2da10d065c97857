"""The staffing truths of an organisation, from its file."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspections.staffing import Question, demanded, span_of_term, staffing_truths, terms
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from scheduler.roster.slots import Slots

TERM = (date(2026, 11, 23), date(2027, 1, 22))


@pytest.fixture(scope="module")
def kindergarten():
    every = load_rulebook()
    organisation = load_organisation(Path("examples/kindergarten.yaml"), every)
    return every.for_organisation(organisation), organisation


def test_legal_duties_stand_alone_and_those_of_the_house_come_on_top(kindergarten):
    law, recommended, house = (
        sum(len(each) for each in demanded(*kindergarten, Question(*TERM, name)).checks.values())
        for name in ("law", "recommended", "house")
    )

    assert 0 < law <= recommended < house


def test_every_check_of_a_task_falls_due_in_the_span_and_is_counted_once(kindergarten):
    demand = demanded(*kindergarten, Question(*TERM, "house"))

    checks = [check for each in demand.checks.values() for check in each]
    assert {task.id for task in demand.problem.tasks} == demand.checks.keys()
    assert all(TERM[0] <= check.due_on <= TERM[1] for check in checks)
    assert len(checks) == sum(demand.problem.weight(task.id) for task in demand.problem.tasks)


def test_the_law_needs_few_of_the_people_and_that_is_proved(kindergarten):
    truths = staffing_truths(*kindergarten, Question(*TERM))

    assert truths.least.is_proved
    assert () == truths.least.impossible
    assert 0 < truths.least.cost.people < len(kindergarten[1].people)


def test_a_control_room_watched_by_law_is_in_the_demand_with_as_many_as_the_law_wants():
    every = load_rulebook()
    organisation = load_organisation(Path("examples/boarding-school.yaml"), every)

    posts = demanded(
        every.for_organisation(organisation), organisation, Question(*TERM)
    ).problem.posts

    wanted = [slot for slot in Slots(posts).wanted if slot.need]
    assert {"control-room-post"} == {slot.post for slot in wanted}
    assert {2} == {slot.need for slot in wanted}
    assert 3 * 61 == len(wanted)  # Every shift of every day of the term.


def test_posts_of_the_house_alone_are_no_part_of_the_law(kindergarten):
    law, house = (
        demanded(*kindergarten, Question(*TERM, name)).problem.posts for name in ("law", "house")
    )

    assert law is None
    assert ["gate-post"] == [post.id for post in house.posts]


def test_progress_goes_through_every_stage(kindergarten):
    told = []

    staffing_truths(*kindergarten, Question(*TERM), progress=lambda *step: told.append(step))

    stages = list(dict.fromkeys(stage for stage, *_ in told))
    assert ["forecast", "least", "away", "expiring", "posts"] == stages
    assert all(0 <= done <= every for _, done, every in told)


def test_the_rest_of_the_term_is_looked_at_or_the_next_term(kindergarten):
    organisation = kindergarten[1]

    in_term, in_holidays, after = (
        span_of_term(organisation, day) for day in (TERM[0], date(2027, 1, 30), date(2027, 7, 15))
    )

    assert TERM == in_term
    assert (date(2027, 2, 22), date(2027, 6, 30)) == in_holidays
    assert (date(2027, 7, 15), date(2027, 11, 3)) == after


def test_sites_that_share_a_term_are_taken_together(kindergarten):
    organisation = kindergarten[1]
    site = organisation.sites[0]
    later = site.calendar.terms[0].model_copy(update={"until": date(2027, 1, 29)})
    calendar = site.calendar.model_copy(update={"terms": (later,)})
    other = site.model_copy(update={"id": "other", "calendar": calendar})

    found = terms(organisation.model_copy(update={"sites": (site, other)}))

    assert replace(found[0], name=None) == replace(
        found[0], id="autumn-2026", since=date(2026, 9, 1), until=date(2027, 1, 29), name=None
    )
