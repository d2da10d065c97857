from datetime import timedelta

from inspections.demonstration.handovers import hand_over_past_shifts
from inspections.handovers.listing import handovers
from tests.inspections.handovers.a_gate import EVENING, START, gate_of_three_shifts


def test_past_shifts_are_handed_over_once_and_the_newest_waits(session, campus):
    site = gate_of_three_shifts(session, campus)
    later = EVENING + timedelta(days=2)

    counts = [hand_over_past_shifts(session, "campus", now=later, seed=seed) for seed in (1, 2)]

    states = [one.state for one in handovers(session, site, START, later, now=later)]
    assert [3, 0] == counts
    assert ["waiting", "taken", "taken"] == states
