"""The least staff of posts, counted by hand and by trying every roster there is."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.roster.audit import violations
from scheduler.roster.gaps import gaps
from scheduler.roster.problem import Bond, Limit
from scheduler.staffing.least import least_staff
from scheduler.staffing.mix import seats
from scheduler.staffing.posts.candidates import as_roster_people
from scheduler.staffing.posts.expiring import post_expiring
from scheduler.staffing.posts.falls import Places, crowds
from scheduler.staffing.posts.points import post_points
from scheduler.staffing.problem import Cost
from tests.scheduler.assignment.builders import task_of
from tests.scheduler.roster.builders import MONDAY, REST, person, post, shift, text, three_shifts
from tests.scheduler.staffing.post_builders import (
    fewest_empty_by_trying,
    fewest_people_by_trying,
    guards,
    posts_of,
    staffing_of_posts,
    until,
)

SIX_DAYS = Limit("days-in-a-row", 6)
WEEKLY_REST = Limit("weekly-rest", 1)
OPERATOR = "fire-facility-operator"


def control_room():
    return post("room", shifts=three_shifts(2), qualifications=(OPERATOR,))


def test_two_operators_at_every_instant_with_a_day_off_a_week_take_seven_people():
    # 3 shifts x 2 people x 7 days = 42 places, and nobody stands more than 6 of them.
    crew = guards(9, holds=(OPERATOR,), limits=(REST, WEEKLY_REST))

    found = least_staff(staffing_of_posts([control_room()], crew))

    assert Cost(hires=0, training=0, days=0, people=7, certificates=7) == found.cost == found.bound


def test_comprehensive_hours_of_forty_a_week_take_nine_people():
    # 42 places of 8 hours a week; 40 hours a week on average over four weeks are 5 of them.
    forty = Limit("week-hours-average", 40, weeks=4)
    crew = guards(11, holds=(OPERATOR,), limits=(REST, SIX_DAYS, forty))

    found = least_staff(staffing_of_posts([control_room()], crew, days=28))

    assert Cost(hires=0, training=0, days=0, people=9, certificates=9) == found.cost == found.bound


def test_shifts_of_a_day_and_a_night_are_followed_by_rest():
    # Whoever stands 24 hours rests 11: every second day at the most, so two people and not one.
    all_day = post(shifts=(shift("A", "08:00", "08:00"),))

    found = least_staff(staffing_of_posts([all_day], guards(4)))

    assert Cost(hires=0, training=0, days=0, people=2, certificates=0) == found.cost == found.bound


def test_the_roster_that_shows_it_passes_the_audit_and_leaves_no_gap():
    problem = staffing_of_posts([control_room()], guards(9, holds=(OPERATOR,)))

    found = least_staff(problem)

    people = as_roster_people(problem.posts, found.staff)
    stood = replace(problem.posts, people=people)
    assert () == violations(stood, found.roster)
    assert () == gaps(stood, found.roster)


def test_whoever_is_missing_is_certified_before_anybody_is_hired():
    crew = [*guards(1, holds=(OPERATOR,)), person("learner")]
    room = post("room", shifts=(shift("D", "08:00", "16:00", 2),), qualifications=(OPERATOR,))

    found = least_staff(staffing_of_posts([room], crew))

    assert Cost(hires=0, training=1, days=0, people=2, certificates=2) == found.cost == found.bound
    assert [("learner", (OPERATOR,))] == [(e.person, e.trained) for e in found.staff if e.trained]


def test_a_post_that_nobody_may_stand_takes_hires_under_the_usual_hours():
    # Three shifts every day, and nobody more than six days running: four people.
    found = least_staff(staffing_of_posts([post(roles=("warden",))], guards(3)))

    assert Cost(hires=4, training=0, days=0, people=4, certificates=0) == found.cost == found.bound


def test_whoever_stands_a_post_does_the_checks_as_well():
    crew = guards(4)

    found = least_staff(
        staffing_of_posts([post()], crew, tasks=[task_of(roles=("guard",), site="office")])
    )

    assert 3 == found.cost.people == found.bound.people


def test_people_who_are_kept_apart_are_not_taken_for_one_another():
    pair = post(shifts=(shift("D", "08:00", "16:00", 2),))
    problem = staffing_of_posts([pair], guards(4), days=5)
    bonds = (Bond("apart", ("g0", "g1")), Bond("with", ("g2", "g3")))

    found = least_staff(replace(problem, posts=replace(problem.posts, bonds=bonds)))

    # The first and the second never stand together; either of them does with the fourth.
    assert Cost(hires=0, training=0, days=0, people=2, certificates=0) == found.cost == found.bound


def test_a_shift_longer_than_anybody_may_work_is_named():
    too_long = post(shifts=(shift("A", "08:00", "20:00"), shift("B", "20:00", "08:00")))
    crew = guards(3, limits=(Limit("day-hours", 8),))

    found = least_staff(staffing_of_posts([too_long], crew))

    assert (("gate", "A"), ("gate", "B")) == found.closed
    assert 0 == found.cost.people


def test_the_staff_says_what_it_stands():
    problem = staffing_of_posts([post()], guards(4), days=2)

    found = seats(problem, least_staff(problem))

    assert 6 == sum(seat.shifts for seat in found)
    assert 6 * 8 * 60 == sum(seat.shift_minutes for seat in found)


def test_without_time_somebody_is_named_and_no_bound_is_claimed():
    found = least_staff(staffing_of_posts([post()], guards(4)), seconds=0)

    assert found.cut_short
    assert found.bound <= found.cost


def test_one_of_seven_operators_leaves_six_places_a_week_when_away():
    crew = guards(7, holds=(OPERATOR,), limits=(REST, WEEKLY_REST))

    found = post_points(crowds(posts_of([control_room()], crew, days=14)))

    of_one = {each.when: each.empty for each in found if each.person == "g0"}
    assert {"week": Places(6, 6), "always": Places(12, 12)} == of_one
    assert 14 == len(found)


def test_the_only_one_of_a_post_is_missed_on_a_single_day():
    lodge = post(shifts=(shift("D", "08:00", "16:00"),))

    found = post_points(crowds(posts_of([lodge], guards(1, limits=(REST, WEEKLY_REST)), days=5)))

    assert [("day", 1), ("week", 5), ("always", 5)] == [
        (each.when, each.empty.at_least) for each in found if each.empty.is_exact
    ]


def test_who_can_be_spared_is_not_named():
    assert () == post_points(crowds(posts_of([post()], guards(6))))


def test_a_certificate_that_ends_tells_the_places_that_stay_empty_and_who_still_holds_one():
    lodge = post(shifts=(shift("D", "08:00", "16:00"),), qualifications=(OPERATOR,))
    tuesday = MONDAY + timedelta(days=1)
    crew = [
        person("an", qualifications=(until(OPERATOR, tuesday),)),
        person("bo", qualifications=(until(OPERATOR, tuesday + timedelta(days=1)),)),
        person("chen", roles=("cook",), holds=(OPERATOR,)),
    ]

    found = post_expiring(crowds(posts_of([lodge], crew, days=5)))

    # With one of them renewed all five days are stood; with neither the last two are not.
    told = [(e.person, e.left, e.places, e.alone, e.together) for e in found]
    assert [
        ("an", ("bo",), 3, Places(2, 2), Places(2, 2)),
        ("bo", (), 2, Places(2, 2), Places(2, 2)),
    ] == told


@st.composite
def small_posts(draw):
    shifts = draw(
        st.sampled_from(
            [
                (shift("D", "08:00", "16:00"),),
                (shift("D", "08:00", "16:00", 2),),
                (shift("D", "06:00", "14:00"), shift("N", "22:00", "06:00")),
                (shift("A", "08:00", "08:00"),),
            ]
        )
    )
    limits = draw(
        st.sampled_from(
            [
                (REST,),
                (REST, Limit("days-in-a-row", 1)),
                (REST, Limit("days-in-a-row", 2), Limit("week-hours", 16)),
                (Limit("week-hours-average", 16, weeks=1),),
                (REST, Limit("week-hours", 8, overtime=8)),
            ]
        )
    )
    people = []
    for number in range(draw(st.integers(1, 3))):
        held = draw(st.sampled_from([("guard",), ("guard",), ("cook",)]))
        blocked = {MONDAY: text("away")} if draw(st.booleans()) and number == 0 else {}
        people.append(person(f"g{number}", roles=held, limits=limits, blocked=blocked))
    return posts_of([post(shifts=shifts)], people, days=draw(st.integers(1, 3)))


@given(small_posts())
def test_no_staff_for_posts_is_smaller_than_the_bound_nor_larger_than_the_one_found(posts):
    problem = staffing_of_posts([], [], days=1)
    workers = staffing_of_posts([], posts.people).workers
    problem = replace(problem, posts=posts, workers=workers)

    found = least_staff(problem, seconds=20)

    tried = fewest_people_by_trying(posts)
    if tried is None:
        assert found.cost.hires > 0 or found.closed
    else:
        assert found.bound.people <= tried <= found.cost.people
        assert 0 == found.cost.hires


@given(small_posts())
def test_places_that_stay_empty_without_somebody_lie_within_what_is_told(posts):
    told = {each.person: each.empty for each in post_points(crowds(posts)) if each.when == "always"}

    with_everybody = fewest_empty_by_trying(posts)
    for one in posts.people:
        others = replace(posts, people=tuple(each for each in posts.people if each != one))
        falls = fewest_empty_by_trying(others) - with_everybody
        range_told = told.get(one.id, Places(0, 0))
        assert range_told.at_least <= falls <= range_told.at_most
