"""Single points of failure and certificates that end, against trying everything."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.assignment.eligibility import available_minutes
from scheduler.staffing.absences import single_points
from scheduler.staffing.expiring import expiring
from tests.scheduler.assignment.builders import MONDAY, certificate, task_of, worker_of
from tests.scheduler.staffing.builders import DAYS, most_done, people, staffing_of, tasks

TUESDAY = DAYS[1]
WEEK = timedelta(days=7)
ends_on_monday = st.sampled_from(
    [(), (certificate("electrician"),), (certificate("electrician", MONDAY),)]
)


def told(problem):
    return {
        (each.person, each.when): (each.times, each.of, each.fall.checks)
        for each in single_points(problem)
    }


@given(tasks(waiting=False, most=3), people(certificates=ends_on_monday))
def test_what_falls_with_a_person_away_is_what_trying_everything_finds(work, staff):
    found = told(staffing_of(work, staff))

    for day, when in zip(DAYS, ("mon", "tue"), strict=True):
        todays = [task for task in work if task.day == day]
        for worker in staff:
            others = [one for one in staff if one != worker]
            lost = most_done(todays, staff) - most_done(todays, others)
            at_work = bool(available_minutes(worker, day))
            expected = lost if at_work else 0
            assert expected == found.get((worker.id, when), (0, 0, 0))[2]


@given(tasks(waiting=False, most=3), people(certificates=ends_on_monday))
def test_what_falls_for_want_of_a_certificate_is_what_trying_everything_finds(work, staff):
    problem = staffing_of(work, staff)

    for each in expiring(problem):
        renewed = [
            worker_of(
                one.id,
                roles=one.roles,
                holds=("electrician",),
                minutes_per_day=one.minutes_per_day,
                absences=one.absences,
            )
            if one.id == each.person
            else one
            for one in staff
        ]
        gained = sum(
            most_done(todays, renewed) - most_done(todays, staff)
            for day in DAYS
            for todays in [[task for task in work if task.day == day]]
        )
        assert gained == each.fall.checks


def test_three_duties_fall_on_every_monday_without_the_one_who_is_certified():
    mondays = [MONDAY, MONDAY + WEEK, MONDAY + 2 * WEEK]
    work = [
        task_of(f"t{n}{day}", day=day, qualifications=("electrician",), minutes=20)
        for day in mondays
        for n in range(3)
    ]
    staff = [worker_of("an", holds=("electrician",)), worker_of("bo")]

    found = told(staffing_of(work, staff))

    assert {
        ("an", "mon"): (3, 3, 3),
        ("an", "week"): (3, 3, 3),
        ("an", "always"): (1, 1, 9),
    } == found


def test_nobody_is_missed_where_another_has_the_time():
    work = [task_of(name, minutes=30) for name in "ab"]

    assert {} == told(staffing_of(work, [worker_of("an"), worker_of("bo")]))


def test_too_little_time_among_those_who_are_left_counts_too():
    work = [task_of(name, minutes=30) for name in "abc"]
    staff = [worker_of(name, minutes_per_day=60) for name in ("an", "bo")]

    assert (1, 1, 1) == told(staffing_of(work, staff))["bo", "mon"]


def test_work_that_can_wait_falls_in_a_week_off_and_not_in_a_day_off():
    work = [task_of(day=TUESDAY, days=(MONDAY,), hours=(-24, 24))]

    found = told(staffing_of(work, [worker_of("an")]))

    assert {("an", "week"): (1, 1, 1), ("an", "always"): (1, 1, 1)} == found


def test_one_inspection_that_serves_three_checks_counts_three_times():
    problem = staffing_of([task_of("t")], [worker_of("an")], weights={"t": 3})

    assert (1, 1, 3) == told(problem)["an", "mon"]


def test_no_work_misses_nobody():
    assert () == single_points(staffing_of([], [worker_of("an")]))
    assert () == expiring(staffing_of([], [worker_of("an")]))


def test_certificates_that_end_together_fall_together():
    work = [task_of(str(day), day=day, qualifications=("electrician",)) for day in DAYS]
    ends = {"qualifications": (certificate("electrician", MONDAY),)}

    found = expiring(staffing_of(work, [worker_of("an", **ends), worker_of("bo", **ends)]))

    assert [("an", 1, 1, TUESDAY, ()), ("bo", 1, 1, TUESDAY, ())] == [
        (each.person, each.fall.checks, each.together.checks, each.since, each.left)
        for each in found
    ]


def test_a_certificate_that_another_holds_too_ends_without_harm():
    work = [task_of(str(day), day=day, qualifications=("electrician",)) for day in DAYS]
    staff = [
        worker_of("an", qualifications=(certificate("electrician", MONDAY),)),
        worker_of("bo", holds=("electrician",)),
    ]

    (found,) = expiring(staffing_of(work, staff))

    assert (("bo",), 1, 0, None) == (found.left, found.asked, found.fall.checks, found.since)


def test_a_certificate_that_is_renewed_already_does_not_end():
    work = [task_of(str(day), day=day, qualifications=("electrician",)) for day in DAYS]
    both = (certificate("electrician", MONDAY), certificate("electrician"))

    assert () == expiring(staffing_of(work, [worker_of("an", qualifications=both)]))
