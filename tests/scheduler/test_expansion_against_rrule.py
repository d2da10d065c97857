"""The plain reading of the benchmark, one rrule per duty, is the oracle of periodic cadences."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rrule_baseline import due_instants, is_expressible
from benchmarks.sites import generate_organisation
from scheduler.duties import calendars
from scheduler.expansion import expand
from tests.scheduler.calendars import version

_SITES = list(dict.fromkeys(calendars(generate_organisation(sites=20, seed=3)).values()))
_ON = st.sampled_from(
    [
        None,
        {"day": 1},
        {"day": 31, "month": 2},
        {"day": 15, "month": 1},
        {"weekday": "wed", "nth": 3},
        {"weekday": "fri", "nth": 5, "month": 1},
        {"weekday": "sun", "nth": -1},
    ]
)


@given(
    unit=st.sampled_from(["day", "week", "month", "quarter", "half-year", "year"]),
    on=_ON,
    policy=st.tuples(
        st.sampled_from(["every", "opening", "working", "school"]),
        st.sampled_from(["keep", "skip", "before", "after"]),
    ),
    window=st.sampled_from([None, {"opens": "08:00", "due": "16:00"}]),
    site=st.sampled_from(_SITES),
    horizon=st.tuples(st.dates(date(2025, 6, 1), date(2026, 12, 1)), st.integers(0, 500)),
)
def test_periodic_duties_fall_due_where_one_rrule_and_plain_python_say(  # noqa: PLR0917
    unit, on, policy, window, site, horizon
):
    (days, day_off), (since, length) = policy, horizon
    if unit == "week" and on is not None and on.get("weekday") is None:
        on = None
    cadence = {"type": "periodic", "unit": unit, "on": None if unit == "day" else on}
    rule = version(cadence, days=days, day_off=day_off, window=window)
    until = since + timedelta(length)

    found = expand(rule, site, since=since, until=until)

    expected = due_instants(rule, site, since=since - timedelta(1), until=until)
    begin = site.clock.instant(since.toordinal() * 86_400)
    assert is_expressible(rule)
    assert [due for due in expected if due >= begin] == [o.due_at for o in found]


@pytest.mark.parametrize("every", [2, 3, 4, 6, 8, 12])
def test_patrols_all_day_fall_due_where_one_rrule_says(every):
    site = _SITES[0]
    rule = version({"type": "interval", "every": every, "unit": "hour", "within": "all-day"})
    span = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}

    expected = due_instants(rule, site, **span)

    assert expected == [o.due_at for o in expand(rule, site, **span)]
    assert 365 * 24 // every == len(expected)


def test_generated_sites_repeat_by_seed():
    first, again, other = (generate_organisation(sites=5, seed=seed) for seed in (7, 7, 8))

    assert first == again
    assert first != other
