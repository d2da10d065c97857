"""The line of tablets that send photos at once: first come, first served, and nobody blocks it."""

from contextlib import ExitStack

import pytest

from web.sync.line import Line, NotYet


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def line(clock):
    return Line(seats=2, clock=clock)


def _asks(line, who):
    """Return 0 where *who* gets a seat and leaves it again at once, else the seconds to wait."""
    try:
        with line.seat(who):
            return 0
    except NotYet as later:
        return later.seconds


def test_as_many_as_there_are_seats_are_let_in_and_the_next_is_told_when_to_come(line):
    with line.seat("a"), line.seat("b"):
        told = _asks(line, "c")

    assert 0 < told <= 1
    assert 0 == _asks(line, "c")


def test_who_came_later_does_not_take_the_seat_of_who_was_told_to_wait(line):
    with ExitStack() as first:
        first.enter_context(line.seat("a"))
        first.enter_context(line.seat("b"))
        for who in ("c", "d", "e"):
            _asks(line, who)

    assert [True, True, True] == [_asks(line, who) > 0 for who in ("a", "b", "e")]
    assert [0, 0] == [_asks(line, who) for who in ("d", "c")]
    assert [0, 0] == [_asks(line, who) for who in ("e", "a")]


def test_who_stands_further_back_is_told_to_wait_longer(line, clock):
    with line.seat("slow"):
        clock.now += 6
    with line.seat("a"), line.seat("b"):
        told = [_asks(line, str(number)) for number in range(20)]

    assert sorted(told) == told
    assert told[0] < told[10] < told[19] <= 30


def test_a_turn_that_nobody_takes_lapses(line, clock):
    with line.seat("a"), line.seat("b"):
        _asks(line, "gone")
        _asks(line, "away")

    before = _asks(line, "new")
    clock.now += 6

    assert before > 0
    assert 0 == _asks(line, "new")


def test_a_seat_is_free_again_where_taking_the_photo_failed(line):
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"), line.seat("a"):
            raise ValueError("broken")

    assert 0 == _asks(line, "a")
