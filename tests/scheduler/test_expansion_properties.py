"""What must hold for every cadence, policy, calendar and horizon."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.pack import RuleVersion
from scheduler.context import ExpansionContext
from scheduler.expansion import Expander, expand
from scheduler.occurrence import Occurrence
from scheduler.workdays import WorkCalendar
from tests.scheduler.calendars import ALL_DAYS, calendar, version

_TERMS = [
    {"id": f"{season}-{year}", "name": {"zh": "学期", "en": "Term"}, "from": first, "until": last}
    for year in (2023, 2024, 2025, 2026, 2027)
    for season, first, last in (
        ("spring", f"{year}-02-20", f"{year}-07-05"),
        ("autumn", f"{year}-09-01", f"{year + 1}-01-20"),
    )
]
_ZONES = (
    ("Asia/Shanghai", "CN"),
    ("Europe/London", "GB"),
    ("America/New_York", "US"),
    ("Australia/Sydney", "AU"),
)
_HOURS = (("07:30", "17:30"), ("10:00", "22:00"), ("18:00", "02:00"), ("00:00", "00:00"))
_MEALS = [{"meal": "lunch", "at": "11:30"}, {"meal": "dinner", "at": "17:30"}]
_CONTEXT = ExpansionContext(start=date(2024, 1, 10), performed=date(2024, 2, 5), seed="s")


def _calendar(zone: tuple[str, str], hours: tuple[str, str], days: list[str], keeps: str) -> Any:
    return calendar(
        days, *hours, time_zone=zone[0], country=zone[1], public_holidays=keeps,
        terms=_TERMS, meals=_MEALS,
    )  # fmt: skip


# Calendars are few and remember their years, so that examples stay quick.
CALENDARS = [
    _calendar(zone, hours, days, keeps)
    for zone in _ZONES
    for hours in _HOURS
    for days, keeps in ((None, "closed"), (ALL_DAYS, "open"), (["tue", "sat"], "closed"))
]
calendars = st.sampled_from(CALENDARS)
days_on = st.dates(date(2024, 1, 1), date(2027, 6, 30))

_on = st.one_of(
    st.none(),
    st.builds(lambda day, month: {"day": day, "month": month},
              st.sampled_from([1, 15, 28, 29, 30, 31, -1]), st.integers(1, 12)),
    st.builds(lambda weekday, nth: {"weekday": weekday, "nth": nth},
              st.sampled_from(ALL_DAYS), st.sampled_from([1, 2, 3, 4, 5, -1])),
)  # fmt: skip
_units = st.sampled_from(["day", "week", "half-month", "month", "quarter", "half-year", "year"])
_periods = st.sampled_from(["week", "half-month", "month", "quarter", "half-year", "year", "term"])
_within = st.builds(
    lambda amount, unit: {"amount": amount, "unit": unit},
    st.integers(1, 9),
    st.sampled_from(["minute", "hour", "working-hour", "day", "working-day", "week"]),
)
_events = ["opening", "closing", "term-start", "term-end", "holiday-start", "holiday-end"]
periodic = st.builds(
    lambda unit, every, on: {
        "type": "periodic", "unit": unit, "every": every, "on": on, "phase_on": "2023-11-15",
    },
    _units, st.integers(1, 4), _on,
)  # fmt: skip
intervals = st.builds(
    lambda every, unit, within: {
        "type": "interval",
        "every": every,
        "unit": unit,
        "within": within,
    },
    st.integers(1, 5),
    st.just("hour"),
    st.sampled_from(["opening-hours", "all-day", "night", {"since": "21:00", "until": "04:30"}]),
)
gaps = st.builds(lambda days: {"type": "max-gap", "days": days}, st.integers(2, 45))
counts = st.builds(
    lambda times, per, gap: {"type": "count", "times": times, "per": per, "min_gap_days": gap},
    st.integers(1, 4), _periods, st.integers(0, 9),
)  # fmt: skip
others = st.one_of(
    st.builds(lambda times: {"type": "times-a-day", "times": times}, st.integers(1, 6)),
    st.just({"type": "meal"}),
    st.builds(lambda times, when: {"type": "term", "times": times, "when": when},
              st.integers(1, 3), st.sampled_from(["start", "end", "spread"])),
    st.builds(lambda times, per: {"type": "random", "times": times, "per": per},
              st.integers(1, 3), _periods),
    st.builds(lambda event, when, within:
              {"type": "event", "event": event, "when": when, "within": within},
              st.sampled_from(_events), st.sampled_from(["before", "after"]), _within),
)  # fmt: skip
_policies = st.tuples(
    st.sampled_from(["every", "opening", "working", "school"]),
    st.sampled_from(["keep", "skip", "before", "after"]),
    st.sampled_from(["fixed", "completion"]),
)


def _version(cadence: dict[str, Any], policy: tuple[str, str, str]) -> RuleVersion:
    days, day_off, anchor = policy
    return version(cadence, days=days, day_off=day_off, anchor=anchor)


versions = st.builds(_version, st.one_of(periodic, intervals, gaps, counts, others), _policies)


def _expand(
    rule: RuleVersion, site: WorkCalendar, since: date, until: date
) -> tuple[Occurrence, ...]:
    return expand(rule, site, since=since, until=until, context=_CONTEXT)


@given(
    rule=versions, site=calendars, since=days_on, first=st.integers(0, 90), more=st.integers(1, 90)
)
def test_a_horizon_split_in_two_gives_the_same_occurrences(rule, site, since, first, more):
    middle, until = since + timedelta(first), since + timedelta(first + more)

    whole = _expand(rule, site, since, until)
    parts = _expand(rule, site, since, middle) + _expand(rule, site, middle + timedelta(1), until)

    assert whole == parts


@given(rule=versions, site=calendars, since=days_on, length=st.integers(0, 400))
def test_expansion_repeats_ascends_stays_inside_and_never_names_a_period_twice(
    rule, site, since, length
):
    until = since + timedelta(length)

    found = _expand(rule, site, since, until)

    assert found == _expand(rule, site, since, until)
    assert len(found) == len({o.period for o in found})
    assert all(a.due_at <= b.due_at for a, b in pairwise(found))
    assert all(since <= site.clock.date(o.due_at) <= until for o in found)
    assert all(o.opens_at <= o.due_at <= o.closes_at for o in found)


@given(rule=versions, site=calendars, since=days_on, length=st.integers(0, 200))
def test_an_expander_that_shares_gives_what_each_expansion_alone_gives(rule, site, since, length):
    until = since + timedelta(length)
    expander = Expander()
    twin = WorkCalendar(site.site, time_zone=site.time_zone, country=site.country)

    first, second = (
        expander.expand(rule, each, since=since, until=until, context=_CONTEXT)
        for each in (site, twin)
    )

    assert _expand(rule, site, since, until) == first
    assert first is second
    assert 1 == expander.distinct


@given(cadence=periodic, site=calendars, since=days_on, policy=_policies)
def test_each_period_has_exactly_one_due_day_inside_it_unless_it_is_skipped(
    cadence, site, since, policy
):
    days, day_off, _ = policy
    rule = version(cadence, days=days, day_off=day_off)

    found = _expand(rule, site, since, since + timedelta(1500))
    plain = _expand(version(cadence), site, since, since + timedelta(1500))

    # A period at an end of the horizon may be due inside it by one policy and outside by another.
    inner = [o.period for o in plain][1:-1]
    kept = [o.period for o in found if o.period in set(inner)]
    if days == "every" or day_off == "keep" or (day_off != "skip" and cadence["unit"] != "day"):
        assert inner == kept
    windows = {o.period: o for o in plain}
    for moved in (o for o in found if o.period in windows):
        assert site.clock.date(windows[moved.period].opens_at) <= site.clock.date(moved.opens_at)


@given(cadence=periodic, site=calendars, since=days_on)
def test_the_windows_of_whole_periods_meet(cadence, site, since):
    rule = version({**cadence, "on": None})

    found = _expand(rule, site, since, since + timedelta(900))

    second = timedelta(seconds=1)
    assert all(a.due_at + second == b.opens_at for a, b in pairwise(found))


@given(rule=st.builds(_version, gaps, _policies), site=calendars, since=days_on)
def test_a_maximum_gap_is_never_exceeded_and_its_windows_leave_no_day_out(rule, site, since):
    found = _expand(rule, site, since, since + timedelta(400))

    day = site.clock.date
    due = [_business_day(o, rule, site) for o in found]
    if rule.day_off != "skip" or rule.days == "every":
        assert all(0 < (b - a).days <= rule.cadence.days for a, b in pairwise(due))
        assert [each + timedelta(1) for each in due[:-1]] == [day(o.opens_at) for o in found[1:]]


@given(rule=st.builds(_version, intervals, _policies), site=calendars, since=days_on)
def test_patrols_leave_no_moment_of_their_span_out_and_keep_the_gap_when_the_clock_changes(
    rule, site, since
):
    found = _expand(rule, site, since, since + timedelta(10))

    gap = timedelta(hours=rule.cadence.every)
    assert all(timedelta(0) < o.due_at - o.opens_at <= gap for o in found)
    assert all(a.due_at <= b.opens_at for a, b in pairwise(found))
    if rule.cadence.within == "all-day" and rule.day_off == "keep":
        assert all(a.due_at == b.opens_at for a, b in pairwise(found))


@given(cadence=counts, site=calendars, since=days_on, policy=_policies)
def test_a_count_gives_each_whole_period_its_number(cadence, site, since, policy):
    days, day_off, _ = policy
    rule = version(cadence, days=days, day_off=day_off)

    found = _expand(rule, site, since, since + timedelta(1100))

    number: dict[str, int] = {}
    for each in found:
        number[each.period.split("/")[0]] = number.get(each.period.split("/")[0], 0) + 1
    whole = list(number.values())[1:-1]
    assert all(each <= cadence["times"] for each in whole)
    if day_off != "skip":
        assert all(each == cadence["times"] for each in whole)


@given(rule=versions, site=calendars, since=days_on)
def test_local_clock_times_of_day_windows_hold_on_the_days_when_the_clock_changes(
    rule, site, since
):
    timed = rule.model_copy(
        update={
            "window": version({"type": "meal"}, window={"opens": "08:00", "due": "16:00"}).window
        }
    )
    if rule.cadence.type not in {"periodic", "max-gap", "count", "term", "random"}:
        return

    found = _expand(timed, site, since, since + timedelta(400))

    assert all("16:00" == f"{o.due_at.astimezone(site.zone):%H:%M}" for o in found)


def _business_day(occurrence: Occurrence, rule: RuleVersion, site: WorkCalendar) -> date:
    """The day an occurrence counts for: the day before where it is due after midnight."""
    day = site.clock.date(occurrence.due_at)
    late = site.last_closing(day - timedelta(1)) == occurrence.due_at
    return day - timedelta(1) if late and rule.days != "every" else day
