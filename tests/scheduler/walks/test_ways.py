"""Ways between places: the shortest over what is known."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.walks.ways import Leg, Point, Ways
from tests.scheduler.walks.builders import at, street


def test_the_shortest_way_is_joined_from_legs():
    ways = street("a", "b", "c", minutes=4)

    assert 8 == ways.minutes(at("a"), at("c"))
    assert 8 == ways.minutes(at("c"), at("a"))


def test_a_detour_over_a_third_place_is_taken_where_it_is_shorter():
    legs = (Leg(at("a"), at("c"), 30), Leg(at("a"), at("b"), 4), Leg(at("b"), at("c"), 4))

    assert 8 == Ways(legs).minutes(at("a"), at("c"))


def test_the_later_figure_for_the_same_way_holds():
    ways = Ways((Leg(at("a"), at("b"), 9), Leg(at("b"), at("a"), 3)))

    assert 3 == ways.minutes(at("a"), at("b"))


def test_another_building_takes_the_least_figure_where_no_way_is_known():
    ways = Ways(buildings={at("a"): "1", at("b"): "2", at("c"): "2"}, between_buildings=2)

    assert 2 == ways.minutes(at("a"), at("b"))
    assert 0 == ways.minutes(at("b"), at("c"))


def test_a_place_whose_building_is_unknown_counts_as_next_door():
    ways = Ways(buildings={at("a"): "1"}, between_buildings=2)

    assert 0 == ways.minutes(at("a"), at("b"))


def test_between_sites_only_the_way_between_the_sites_counts():
    legs = (Leg(Point("a"), Point("b"), 35), Leg(at("x", "a"), at("y", "a"), 9))
    ways = Ways(legs, between_sites=10)

    assert 35 == ways.minutes(at("y", "a"), at("z", "b"))
    assert 10 == ways.minutes(at("y", "a"), at("z", "c"))


def test_a_check_of_the_whole_site_is_no_way_from_its_places():
    assert 0 == street("a", "b").minutes(at("a"), Point("school"))


def test_places_that_the_house_orders_come_before_the_others():
    ways = Ways(order={at("b"): 0, at("a"): 1})

    assert [at("b"), at("a"), at("c")] == sorted((at("a"), at("b"), at("c")), key=ways.rank)


legs = st.lists(st.tuples(*[st.sampled_from("abcdef")] * 2, st.integers(1, 20)), max_size=12)


@given(legs)
def test_no_way_over_a_third_place_is_shorter_than_the_way(drawn):
    ways = Ways(tuple(Leg(at(one), at(other), minutes) for one, other, minutes in drawn))

    reached = {place for one, other, _ in drawn for place in (one, other)}
    for one, over, other in permutations(reached, 3):
        legs_known = ways.minutes(at(one), at(over)) and ways.minutes(at(over), at(other))
        if legs_known:
            there = ways.minutes(at(one), at(over)) + ways.minutes(at(over), at(other))
            assert ways.minutes(at(one), at(other)) <= there
