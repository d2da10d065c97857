"""One person's day in walks: in time, few times out, short ways."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.walks.route import route
from scheduler.walks.search import Search, inserted
from scheduler.walks.timetable import LONGEST_WALK, PAUSE, Setting, Timetable
from scheduler.walks.ways import Leg, Point, Ways
from tests.scheduler.walks.builders import MORNING, at, places_of, street, visit_of
from tests.scheduler.walks.exhaustive import best_cost


def test_a_day_without_visits_has_no_walks():
    assert () == route((), Ways(), MORNING).walks


def test_places_are_passed_along_the_street_not_by_due_time():
    visits = (visit_of("a", hours=(8, 16)), visit_of("c", hours=(8, 17)), visit_of("b"))

    found = route(visits, street("a", "b", "c"), MORNING)

    assert [["a", "b", "c"]] == places_of(found)
    assert 10 == found.way
    assert 5 == found.walked


def test_what_is_due_first_is_done_first_where_it_would_come_late_otherwise():
    visits = (visit_of("a"), visit_of("b"), visit_of("c", hours=(8, 8.5)))

    found = route(visits, street("a", "b", "c"), MORNING)

    assert [["c", "b", "a"]] == places_of(found)
    assert frozenset() == found.late


def test_a_walk_begins_when_it_can_go_on_without_waiting():
    visits = (visit_of("a", hours=(8, 18)), visit_of("b", hours=(11, 12)))

    (walk,) = route(visits, street("a", "b"), MORNING).walks

    assert [(11 * 60 - 15), 11 * 60] == [stop.starts for stop in walk.stops]


def test_windows_that_share_no_time_make_two_walks():
    visits = (visit_of("a", hours=(8, 9)), visit_of("b", hours=(15, 16)))

    found = route(visits, street("a", "b"), MORNING)

    assert [["a"], ["b"]] == places_of(found)
    assert 15 * 60 == found.walks[1].starts


def test_a_walk_is_cut_before_it_gets_too_long():
    visits = [visit_of(name, minutes=50) for name in "abc"]

    found = route(visits, street("a", "b", "c"), MORNING)

    assert 2 == len(found.walks)
    assert all(walk.ends - walk.starts <= LONGEST_WALK for walk in found.walks)


def test_what_is_done_at_one_place_is_one_stop():
    visits = (visit_of("a", "hall"), visit_of("b", "hall", hours=(8, 12)), visit_of("c", "roof"))

    found = route(visits, street("hall", "roof"), MORNING)

    assert [["hall", "roof"]] == places_of(found)
    assert 20 == found.stops[0].minutes


def test_a_check_of_the_whole_site_does_not_shorten_the_way():
    whole = visit_of("site", at=Point("school"))
    table = Timetable((visit_of("a"), whole, visit_of("b")), street("a", "b"), MORNING)

    assert [0, 0, 5] == list(table.ways_along((0, 1, 2)))


def test_the_way_from_where_one_is_counts():
    found = route(
        (visit_of("a"), visit_of("c")), street("a", "b", "c"), replace(MORNING, here=at("c"))
    )

    assert [["c", "a"]] == places_of(found)


def test_the_order_of_the_house_decides_between_equal_ways():
    order = {at("roof"): 0, at("hall"): 1, at("annex"): 2}
    visits = [visit_of(name) for name in ("annex", "hall", "roof")]

    assert [["roof", "hall", "annex"]] == places_of(route(visits, Ways(order=order), MORNING))


def test_sites_are_not_left_and_entered_again():
    legs = (Leg(Point("a"), Point("b"), 30),)
    names = (("1", "a"), ("2", "b"), ("3", "a"), ("4", "b"))
    visits = [visit_of(name, at=at(name, site)) for name, site in names]

    found = route(visits, Ways(legs), MORNING)

    assert ["a", "a", "b", "b"] == [stop.at.site for stop in found.stops]
    assert 30 == found.way
    assert 60 == found.walked


def test_one_check_for_several_duties_saves_their_minutes():
    found = route((visit_of("a", minutes=30, apart=85, duties=3),), Ways(), MORNING)

    assert 55 == found.served == found.saved
    assert 3 == found.walks[0].duties


def test_what_cannot_be_in_time_is_named_and_law_is_kept_before_the_house():
    law = visit_of("law", hours=(8, 8.5), minutes=25)
    house = visit_of("house", hours=(8, 8.5), minutes=25, priority=2)

    assert frozenset({"house"}) == route((house, law), street("law", "house"), MORNING).late


def test_some_time_is_kept_before_what_is_due_where_the_window_allows():
    visits = (visit_of("a", hours=(8, 16.25)), visit_of("b", hours=(16, 18)))

    found = route(visits, Ways(), MORNING)

    assert found.stops[0].ends <= 16 * 60


hours = st.tuples(st.integers(7, 15), st.integers(1, 8))
days = st.lists(
    st.tuples(st.sampled_from("abcd"), hours, st.integers(5, 60), st.integers(0, 2)), max_size=5
)
between = st.lists(st.integers(0, 25), min_size=3, max_size=3)


def _drawn(drawn, between):
    visits = [
        visit_of(str(n), place, hours=(since, since + length), minutes=minutes, priority=priority)
        for n, (place, (since, length), minutes, priority) in enumerate(drawn)
    ]
    pairs = zip("abc", "bcd", between, strict=True)
    return visits, Ways(tuple(Leg(at(one), at(two), minutes) for one, two, minutes in pairs))


@given(days, between)
def test_every_visit_is_done_once_and_nothing_begins_before_it_may(drawn, between):
    visits, ways = _drawn(drawn, between)

    found = route(visits, ways, MORNING)

    done = [visit for stop in found.stops for visit in stop.visits]
    assert sorted(visit.id for visit in done) == sorted(visit.id for visit in visits)
    begins = [
        (visit, stop.starts + sum(one.minutes for one in stop.visits[:number]))
        for stop in found.stops
        for number, visit in enumerate(stop.visits)
    ]
    assert all(visit.opens <= begin for visit, begin in begins)
    assert found.late == {v.id for v, begin in begins if begin + v.minutes > v.due}


@given(days, between)
def test_stops_follow_one_another_with_their_ways_and_walks_do_not_overlap(drawn, between):
    visits, ways = _drawn(drawn, between)

    found = route(visits, ways, MORNING)

    for walk in found.walks:
        for before, after in zip(walk.stops, walk.stops[1:], strict=False):
            assert abs(before.ends + after.way - after.starts) < 1e-6
    for one, other in zip(found.walks, found.walks[1:], strict=False):
        assert one.ends + other.stops[0].way <= other.starts + 1e-6
    assert all(walk.starts >= MORNING.now for walk in found.walks)


@settings(max_examples=25)
@given(days, between)
def test_no_order_of_a_few_visits_is_better(drawn, between):
    visits, ways = _drawn(drawn, between)
    table = Timetable(visits, ways, MORNING)
    count = range(len(visits))

    alone = tuple(each for i in count for each in (i, PAUSE))[:-1]
    found = Search(table, 10_000).best_of((inserted(table, count), alone))

    assert best_cost(table) == table.cost(found)


@given(days, between)
def test_the_same_day_gives_the_same_route_in_whatever_order_it_is_told(drawn, between):
    visits, ways = _drawn(drawn, between)

    assert route(visits, ways, MORNING) == route(visits[::-1], ways, MORNING)


def test_without_steps_there_is_still_a_route():
    visits = [visit_of(name) for name in "abcdef"]

    found = route(visits, street(*"abcdef"), Setting(now=8 * 60), steps=0)

    assert 6 == len(found.stops)
