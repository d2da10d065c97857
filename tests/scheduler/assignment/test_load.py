"""The rule about time of day agrees with doing the work minute by minute."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.assignment.clusters import clusters
from scheduler.assignment.load import Job, overload

windows = st.tuples(st.integers(0, 20), st.integers(1, 10), st.integers(1, 6))
jobs = st.lists(windows.map(lambda w: Job(w[0], w[0] + w[1], min(w[1], w[2]))), max_size=6)
shifts = st.none() | st.lists(st.integers(0, 30), min_size=2, max_size=4, unique=True).map(
    lambda edges: _pairs(sorted(edges))
)


def _pairs(edges):
    return tuple(zip(edges[::2], edges[1::2], strict=False))


def _can_be_done(work, present):
    """Do the most urgent open job in every minute."""
    left = {number: job.minutes for number, job in enumerate(work)}
    for minute in range(40):
        if present is not None and not any(a <= minute < b for a, b in present):
            continue
        ready = [n for n, job in enumerate(work) if left[n] and job.opens <= minute < job.due]
        if ready:
            left[min(ready, key=lambda n: work[n].due)] -= 1
    return not any(left.values())


@given(jobs, shifts)
def test_no_span_is_overfull_exactly_when_the_work_can_be_done(work, present):
    assert _can_be_done(work, present) == (overload(work, present) is None)


def test_sites_that_share_a_person_are_one_cluster():
    links = [("a", "b"), ("c",), ("b", "d"), ("elsewhere", "c")]

    assert [("a", "b", "d"), ("c",)] == clusters(["a", "b", "c", "d"], links)
