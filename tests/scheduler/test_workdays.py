from datetime import date

import pytest

from rules.organisation.country import COUNTRIES
from scheduler.public_days import CountryUnknown
from scheduler.workdays import WorkCalendar
from tests.scheduler.calendars import ALL_DAYS, calendar

MAKE_UP_DAYS = (
    # make-up workday, the weekday whose hours it takes
    (date(2026, 1, 4), "Friday"),
    (date(2026, 2, 14), "Friday"),
    (date(2026, 2, 28), "Monday"),
    (date(2026, 5, 9), "Tuesday"),
    (date(2026, 9, 20), "Tuesday"),
    (date(2026, 10, 10), "Wednesday"),
)


def _hours(site: WorkCalendar, day: date) -> list[str]:
    return [f"{opens:%d %H:%M}-{closes:%d %H:%M}" for opens, closes in site.openings(day)]


@pytest.mark.parametrize(("day", "replaced"), MAKE_UP_DAYS)
def test_a_make_up_workday_has_the_hours_of_the_day_it_replaces(day, replaced):
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    opening = [
        {"days": [name[:3].lower()], "opens": f"0{at + 1}:00", "closes": "17:00"}
        for at, name in enumerate(names)
    ]
    site = calendar(opening=opening)

    hours = _hours(site, day)

    assert [f"{day:%d} 0{names.index(replaced) + 1}:00-{day:%d} 17:00"] == hours
    assert site.is_working_day(day)


def test_a_make_up_workday_is_closed_where_the_day_it_replaces_is():
    site = calendar(["tue"])

    assert not site.is_open(date(2026, 2, 14))
    assert site.is_open(date(2026, 5, 9))


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 1, 1), "元旦放假", "New Year's Day"),
        (date(2026, 2, 20), "春节放假", "Chinese New Year (Spring Festival)"),
        (date(2026, 4, 6), "清明节放假", "Tomb-Sweeping Day"),
        (date(2026, 6, 20), "端午节放假", "Dragon Boat Festival"),
        (date(2026, 10, 7), "国庆节放假", "National Day"),
        (date(2026, 10, 11), "周日不开放", "closed on Sundays"),
    ],
)
def test_a_closed_day_says_why_in_both_languages(day, zh, en):
    why = calendar().why_closed(day)

    assert why is not None
    assert (zh, en) == (why.zh, why.en)


def test_weekends_that_touch_a_chinese_holiday_belong_to_it_even_for_a_site_open_every_day():
    site = calendar(ALL_DAYS)

    closed = [day for day in range(1, 31) if not site.is_open(date(2026, 6, day))]

    assert [19, 20, 21] == closed


def test_a_site_that_ignores_public_holidays_opens_on_them_and_not_on_make_up_days():
    site = calendar(public_holidays="open")

    assert site.is_open(date(2026, 10, 1))
    assert not site.is_open(date(2026, 10, 10))
    assert not site.is_working_day(date(2026, 10, 1))


def test_several_spans_a_day_and_one_across_midnight_belong_to_the_day_they_start_on():
    opening = [
        {"days": ALL_DAYS, "opens": "18:00", "closes": "02:00"},
        {"days": ALL_DAYS, "opens": "10:00", "closes": "14:00"},
    ]
    site = calendar(opening=opening, public_holidays="open")

    hours = _hours(site, date(2026, 3, 2))

    assert ["02 10:00-02 14:00", "02 18:00-03 02:00"] == hours


def test_a_span_that_starts_before_the_last_one_ends_is_cut():
    opening = [
        {"days": ["mon"], "opens": "20:00", "closes": "04:00"},
        {"days": ["tue"], "opens": "02:00", "closes": "12:00"},
    ]
    site = calendar(opening=opening)

    assert ["03 04:00-03 12:00"] == _hours(site, date(2026, 3, 3))


def test_equal_clock_times_mean_open_around_the_clock():
    site = calendar(ALL_DAYS, "00:00", "00:00", public_holidays="open")

    assert ["02 00:00-03 00:00"] == _hours(site, date(2026, 3, 2))


def test_an_extra_opening_wins_over_closed_days_holidays_and_weekends():
    reason = {"zh": "家长开放日", "en": "Open day"}
    extra = [
        {"on": day, "opens": "08:00", "closes": "12:00", "reason": reason}
        for day in ("2026-10-01", "2026-12-11", "2026-12-13")
    ]
    closed = [{"from": "2026-12-10", "until": "2026-12-11", "reason": reason}]
    site = calendar(extra=extra, closed=closed)

    assert ["01 08:00-01 12:00"] == _hours(site, date(2026, 10, 1))
    assert ["11 08:00-11 12:00"] == _hours(site, date(2026, 12, 11))
    assert ["13 08:00-13 12:00"] == _hours(site, date(2026, 12, 13))
    assert not site.is_open(date(2026, 12, 10))
    assert "家长开放日" == str(site.why_closed(date(2026, 12, 10)))


def test_a_school_day_lies_inside_a_term_on_an_open_day():
    term = {
        "id": "a",
        "name": {"zh": "秋季", "en": "Autumn"},
        "from": "2026-09-01",
        "until": "2027-01-22",
    }
    site = calendar(terms=[term])

    assert site.is_school_day(date(2026, 9, 1))
    assert not site.is_school_day(date(2026, 8, 31))
    assert not site.is_school_day(date(2026, 10, 1))
    assert site.is_school_day(date(2027, 1, 22))
    assert not site.is_school_day(date(2027, 1, 25))


def test_only_years_whose_holiday_schedule_is_published_are_settled():
    chinese, british = calendar(), calendar(country="GB", time_zone="Europe/London")

    assert not chinese.is_provisional(date(2026, 12, 31))
    assert chinese.is_provisional(date(2027, 1, 1))
    assert not british.is_provisional(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("country", "day"),
    [("GB", date(2026, 12, 25)), ("US", date(2026, 7, 3)), ("AU", date(2026, 1, 26))],
)
def test_other_countries_keep_their_own_holidays_named_in_both_languages(country, day):
    site = calendar(country=country)

    why = site.why_closed(day)

    assert not site.is_working_day(day)
    assert why is not None
    assert why.en in why.zh


def test_a_country_without_known_holidays_is_refused_by_name():
    with pytest.raises(CountryUnknown) as refused:
        calendar(country="ZZ")

    assert ("country-unknown", "没有国家“ZZ”的公众假日。") == (
        refused.value.code,
        refused.value.text.zh,
    )


def test_every_country_that_a_file_may_name_has_a_calendar():
    countries = sorted(code for code in COUNTRIES if len(code) == 2)

    assert countries == [calendar(country=code).public.country for code in countries]


def test_calendars_of_the_same_content_are_equal_and_of_other_zones_are_not():
    assert calendar() == calendar()
    assert hash(calendar()) == hash(calendar())
    assert calendar() != calendar(time_zone="Asia/Tokyo")
    assert calendar() != calendar(closes="17:31")
