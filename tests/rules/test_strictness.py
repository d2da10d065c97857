"""What is strict enough for all who ask for the same thing."""

from hypothesis import given
from hypothesis import strategies as st

from rules.durations import Duration
from rules.reactions import Notice, OpenFinding, RaiseStaffing, StartTask
from rules.strictness import SEVERITIES, raised, strictest
from rules.text import Text

WORDS = Text(zh="文", en="text")
HOUR, DAY, WEEK = (Duration(amount=1, unit=unit) for unit in ("hour", "day", "week"))


def task(within, not_before=None):
    return StartTask(do="task", id="t", title=WORDS, within=within, not_before=not_before)


def test_the_worst_severity_and_the_shortest_deadline_hold():
    asked = [
        OpenFinding(do="finding", id="f", severity="minor", deadline=HOUR, owner="keeper"),
        OpenFinding(do="finding", id="f", severity="severe", deadline=WEEK),
        OpenFinding(do="finding", id="f", severity="moderate", major_hazard=True),
    ]

    found = strictest(asked)

    assert ("severe", HOUR, True, "keeper") == (
        found.severity, found.deadline, found.major_hazard, found.owner,
    )  # fmt: skip


def test_the_shortest_limit_and_the_longest_wait_hold():
    found = strictest([task(WEEK), task(DAY, HOUR), task(WEEK, DAY)])

    assert (DAY, DAY) == (found.within, found.not_before)


def test_at_once_is_shorter_than_any_time():
    at_once = Duration(unit="immediately")

    assert at_once == strictest([task(HOUR), task(at_once)]).within
    assert (
        Duration(unit="same-day") == strictest([task(DAY), task(Duration(unit="same-day"))]).within
    )


def test_the_largest_headcount_and_the_longest_time_hold():
    asked = [
        RaiseStaffing(do="staffing", id="s", post_kind="gate", minimum=minimum, hours=hours)
        for minimum, hours in ((2, DAY), (3, HOUR))
    ]

    found = strictest(asked)

    assert (3, DAY) == (found.minimum, found.hours)


def test_of_two_notices_the_first_is_sent():
    asked = [Notice(do="notice", id="n", to=to, text=WORDS) for to in ("cook", "guard")]

    assert asked[0] == strictest(asked)


LIMITS = st.sampled_from([HOUR, DAY, WEEK])


@given(
    st.builds(
        OpenFinding,
        do=st.just("finding"),
        id=st.just("f"),
        severity=st.sampled_from(SEVERITIES),
        deadline=st.none() | LIMITS,
    ),
    st.sampled_from(SEVERITIES),
    LIMITS,
)
def test_what_the_spot_says_makes_a_finding_graver_and_its_limit_never_longer(do, severity, within):
    """No limit of its own means that the house's for the severity counts, which is *within*."""
    found = raised(do, severity, within)

    rank = SEVERITIES.index
    assert rank(found.severity) == max(rank(do.severity), rank(severity))
    if rank(severity) <= rank(do.severity):
        assert do == found
    else:
        limits = [one.about_minutes for one in (do.deadline, within) if one]
        assert min(limits) == (found.deadline or within).about_minutes
