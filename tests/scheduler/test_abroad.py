"""Organisations outside China: their country's holidays, their own time zone, their law of rest."""

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rules.derive import derive
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from rules.organisation.model import SiteCalendar
from scheduler.duties import calendars, expanded
from scheduler.roster.building import roster_problem
from scheduler.roster.rows import row_faults
from scheduler.roster.slots import Slots
from scheduler.workdays import WorkCalendar

ABROAD = Path(__file__).parents[1] / "abroad"
BOOK = load_rulebook()
OPEN = {"opening": [{"days": ["mon"], "opens": "08:00", "closes": "17:00"}]}


def due_days(name, rule, since, until):
    organisation = load_organisation(ABROAD / f"{name}.yaml", BOOK)
    zone = ZoneInfo(organisation.time_zone)
    found = expanded(
        BOOK.for_organisation(organisation), organisation, since=since, until=until, rule=rule
    )
    return [occurrence.due_at.astimezone(zone).date() for _, occurrence in found]


@pytest.mark.parametrize(
    ("name", "holiday", "workday"),
    [
        ("uk-school", date(2026, 4, 3), date(2026, 10, 1)),
        ("uk-school", date(2026, 8, 31), date(2026, 1, 2)),
        ("us-hospital", date(2026, 11, 26), date(2026, 5, 1)),
        ("de-clinic", date(2026, 5, 1), date(2026, 11, 26)),
    ],
)
def test_a_site_closes_on_the_holidays_of_its_own_country(name, holiday, workday):
    organisation = load_organisation(ABROAD / f"{name}.yaml", BOOK)

    (calendar,) = calendars(organisation).values()

    assert (False, True) == (calendar.is_open(holiday), calendar.is_open(workday))


def test_easter_monday_is_a_holiday_of_england_and_none_of_scotland():
    english, scottish = (
        WorkCalendar(SiteCalendar.model_validate(OPEN), time_zone="Europe/London", country=country)
        for country in ("GB-ENG", "GB-SCT")
    )

    assert (False, True) == (
        english.is_open(date(2026, 4, 6)),
        scottish.is_open(date(2026, 4, 6)),
    )


def test_the_weekly_alarm_test_moves_before_good_friday():
    days = due_days("uk-school", "bs5839-weekly", date(2026, 3, 23), date(2026, 4, 12))

    assert [date(2026, 3, 27), date(2026, 4, 2), date(2026, 4, 10)] == days


def test_the_monthly_look_at_extinguishers_moves_before_memorial_day():
    days = due_days("us-hospital", "us-osha-ext-monthly", date(2027, 5, 1), date(2027, 5, 31))

    assert [date(2027, 5, 28)] == days


def test_the_termly_drill_of_an_english_school_falls_into_each_term():
    days = due_days("uk-school", "uk-school-drill", date(2026, 1, 1), date(2026, 7, 31))

    terms = [(date(2026, 1, 5), date(2026, 3, 27)), (date(2026, 4, 13), date(2026, 7, 21))]
    assert [True, True] == [a <= day <= b for day, (a, b) in zip(days, terms, strict=True)]


def test_a_batch_of_food_has_six_hours_to_cool_on_the_local_clock():
    organisation = load_organisation(ABROAD / "us-hospital.yaml", BOOK)
    day = date(2026, 7, 6)

    ((_, occurrence),) = expanded(
        BOOK.for_organisation(organisation), organisation, since=day, until=day, rule="fda-cooling"
    )

    due = occurrence.due_at.astimezone(ZoneInfo("America/Los_Angeles"))
    assert "2026-07-06 18:00" == f"{due:%Y-%m-%d %H:%M}"


def _roster(until_of_late):
    organisation = load_organisation(ABROAD / "de-clinic.yaml", BOOK)
    (site,) = organisation.sites
    (post,) = site.posts
    day, late = post.shifts
    late = late.model_copy(update={"until": until_of_late})
    post = post.model_copy(update={"shifts": (day, late)})
    organisation = organisation.model_copy(
        update={"sites": (site.model_copy(update={"posts": (post,)}),)}
    )
    span = (date(2026, 6, 1), date(2026, 6, 7))
    book = BOOK.for_organisation(organisation)
    bindings = derive(book, organisation, span[0])
    return roster_problem(organisation, span, rulebook=book, bindings=bindings)


@pytest.mark.parametrize(("ends", "broken"), [("20:00", []), ("20:01", ["rest-hours"])])
def test_eleven_hours_of_rest_and_not_a_minute_less(ends, broken):
    problem = _roster(time.fromisoformat(ends))
    eva = next(person for person in problem.people if person.id == "eva")
    monday, tuesday = date(2026, 6, 1), date(2026, 6, 2)
    cells = {("eva", monday): ("reception", "L"), ("eva", tuesday): ("reception", "D")}
    slots = Slots(problem)
    row = slots.rows(cells)["eva"]

    faults = row_faults(eva, row, slots.spans["eva"])

    assert broken == [fault.code for fault in faults]
    assert all("Art. 3" in fault.limit.clause.en for fault in faults)


def test_the_average_and_the_weekly_rest_of_the_directive_hold_with_their_articles():
    problem = _roster(time(19))
    eva = next(person for person in problem.people if person.id == "eva")

    limits = {limit.name: limit for limit in eva.limits}

    average, rest = limits["week-hours-average"], limits["weekly-rest-hours"]
    assert (48, 17) == (average.value, average.weeks)
    assert 35 == rest.value
    assert all("Art. 5, 6" in limit.clause.en for limit in (average, rest))
