from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.walks.least_way import least_way
from scheduler.walks.ways import Leg, Point, Ways

PLACES = [Point("main", name) for name in "abcde"]
LEGS = st.lists(
    st.builds(Leg, st.sampled_from(PLACES), st.sampled_from(PLACES), st.integers(0, 30)),
    max_size=8,
).map(tuple)


@given(st.lists(st.sampled_from(PLACES), max_size=4), LEGS, st.integers(0, 10))
def test_no_order_of_the_places_is_shorter(points, legs, between):
    buildings = {place: place.place for place in PLACES}
    ways = Ways(legs, buildings, between_buildings=between)

    least = least_way(points, ways)

    for order in permutations(set(points)):
        assert least <= sum(ways.minutes(one, other) for one, other in pairwise(order))


def test_two_places_cost_the_way_between_them_and_one_costs_none():
    hall, yard = PLACES[:2]
    ways = Ways((Leg(hall, yard, 5.5),))

    assert [0, 0, 6, 6] == [
        least_way(points, ways)
        for points in ([], [hall], [hall, yard], [hall, yard, Point("main")])
    ]


def test_where_no_way_is_known_none_is_counted():
    assert 0 == least_way(PLACES, Ways())
