"""Honest rounds raise no flag; what is planted into them raises one, with just its records."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from inspections.plausibility.bursts import month_end_bursts
from inspections.plausibility.flag import newest_first
from inspections.plausibility.haste import hasty_checklists
from inspections.plausibility.identical import identical_readings
from inspections.plausibility.photos_again import photos_seen_before
from inspections.plausibility.walking import impossible_walks
from rules.text import Text
from tests.inspections.plausibility.rounds import (
    LIMITS,
    MONTH,
    PLACES,
    WAYS,
    a_photo_of,
    a_reading,
    a_walk,
    honest_photos,
    honest_readings,
    honest_walks,
    moved,
)

UTC_ZONE = ZoneInfo("UTC")
seeds = st.integers(0, 2**32)


def _naming(reading):
    value = str(reading.value)
    return Text(zh="温度", en="Temperature"), Text(zh=value, en=value)


def _of_walks(walks):
    return [
        *hasty_checklists(walks, LIMITS),
        *impossible_walks(walks, WAYS),
        *month_end_bursts(walks, LIMITS, UTC_ZONE),
    ]


def _records(flag):
    return [record.id for record in flag.records]


@given(seeds)
def test_honest_rounds_raise_no_flag(seed):
    assert [] == _of_walks(honest_walks(seed))


@given(seeds)
def test_wandering_readings_raise_no_flag(seed):
    assert [] == list(identical_readings(honest_readings(seed), LIMITS, _naming))


@given(seeds)
def test_photos_of_different_scenes_raise_no_flag(seed):
    assert [] == list(photos_seen_before(honest_photos(seed), LIMITS))


@given(seeds, st.integers(5, 60), st.floats(0.05, 0.95))
def test_list_answered_faster_than_its_items_is_the_one_flag(seed, answers, share):
    seconds = (answers - 1) * LIMITS["haste_seconds"] * share
    planted = a_walk("wu", PLACES[0], MONTH, seconds=seconds, answers=answers)

    flags = _of_walks([*honest_walks(seed, days=5), planted])

    assert [("haste", [planted.id])] == [(flag.kind, _records(flag)) for flag in flags]
    assert f"{answers} items" in flags[0].said.en


@given(st.integers(1, 60))
def test_list_sent_as_one_form_says_nothing_of_its_pace(answers):
    assert [] == _of_walks([a_walk("wu", PLACES[0], MONTH, seconds=0, answers=answers)])


def test_list_at_just_the_least_pace_is_no_flag():
    seconds = 9 * LIMITS["haste_seconds"]

    assert [] == _of_walks([a_walk("wu", PLACES[0], MONTH, seconds=seconds, answers=10)])


@given(seeds, st.sampled_from([(0, 1), (0, 2), (0, 3), (2, 4)]), st.floats(0.05, 0.95))
def test_places_too_far_apart_for_the_time_between_are_the_one_flag(seed, pair, share):
    before, after = (a_walk("wu", PLACES[one], MONTH, seconds=600, answers=20) for one in pair)
    needed, _source = WAYS.needed(before, after)
    after = moved(after, before.last_at + timedelta(minutes=needed * share) - after.first_at)

    flags = _of_walks([*honest_walks(seed, days=5), after, before])

    assert [("walking", [before.id, after.id])] == [(flag.kind, _records(flag)) for flag in flags]
    assert f"at least {needed:g}" in flags[0].said.en


def test_two_sites_at_once_are_a_flag_and_two_places_of_one_site_are_none():
    here = a_walk("wu", PLACES[0], MONTH, seconds=600, answers=20)
    beside = a_walk("wu", PLACES[2], MONTH + timedelta(minutes=3), seconds=60, answers=20)
    elsewhere = a_walk("wu", PLACES[3], MONTH + timedelta(minutes=3), seconds=60, answers=20)

    assert [] == _of_walks([here, beside])
    assert ["walking"] == [flag.kind for flag in _of_walks([here, elsewhere])]


def _long_windows(days):
    walks = []
    for number, day in enumerate(days):
        at = MONTH + timedelta(days=day, hours=number % 8)
        walk = a_walk("wu", PLACES[0], at, seconds=300, answers=10)
        due = MONTH + timedelta(days=29, hours=23)
        walks.append(replace(walk, id=f"w{number}", opens_at=MONTH, due_at=due))
    return walks


@given(seeds, st.integers(8, 20))
def test_month_done_in_its_last_days_is_the_one_flag(seed, count):
    planted = _long_windows([27 + number % 3 for number in range(count)])

    flags = [*month_end_bursts([*honest_walks(seed), *planted], LIMITS, UTC_ZONE)]

    assert [("burst", {walk.id for walk in planted})] == [
        (flag.kind, set(_records(flag))) for flag in flags
    ]


def test_share_and_number_decide_whether_a_month_is_listed():
    def listed(early, late):
        days = [3] * early + [28] * late
        return bool([*month_end_bursts(_long_windows(days), LIMITS, UTC_ZONE)])

    assert [True, False] == [listed(2, 8), listed(3, 8)]
    assert [True, False] == [listed(0, 8), listed(0, 7)]


def test_windows_that_opened_late_gather_nothing():
    planted = _long_windows([28] * 12)
    late = [replace(walk, opens_at=MONTH + timedelta(days=20)) for walk in planted]

    assert [] == [*month_end_bursts(late, LIMITS, UTC_ZONE)]


@given(seeds, st.integers(15, 40), st.integers(0, 20))
def test_reading_that_never_moves_is_the_one_flag(seed, length, start):
    readings = honest_readings(seed)
    for number in range(start, start + length):
        readings[number] = a_reading(number, 99.5)

    flags = list(identical_readings(readings, LIMITS, _naming))

    assert [[f"i{number:03}" for number in range(start, start + length)]] == [
        _records(flag) for flag in flags
    ]
    assert f"99.5 {length} times" in flags[0].said.en


def test_many_equal_readings_of_a_short_while_are_no_flag():
    assert [] == list(identical_readings([a_reading(n, 4) for n in range(14)], LIMITS, _naming))
    assert [] != list(identical_readings([a_reading(n, 4) for n in range(15)], LIMITS, _naming))


@given(seeds, st.sets(st.integers(0, 79), min_size=2, max_size=6))
def test_file_used_again_is_the_one_flag(seed, used):
    photos = honest_photos(seed)
    for number in used:
        photos[number] = a_photo_of(number, "same", 7)

    flags = list(photos_seen_before(photos, LIMITS))

    assert [[f"i{number:03}" for number in sorted(used)]] == [_records(flag) for flag in flags]


@given(seeds, st.integers(0, 63), st.integers(0, 63))
def test_picture_saved_anew_is_the_one_flag(seed, one_bit, other_bit):
    photos = honest_photos(seed)
    again = photos[5].look ^ (1 << one_bit) ^ (1 << other_bit)
    signed = (again + (1 << 63)) % (1 << 64) - (1 << 63)
    photos[60] = a_photo_of(60, "another file", signed)

    flags = list(photos_seen_before(photos, LIMITS))

    assert [["i005", "i060"]] == [_records(flag) for flag in flags]
    assert "different files" in flags[0].said.en


def test_photos_that_show_nothing_are_not_compared():
    dark = [a_photo_of(number, f"file {number}", None) for number in range(9)]

    assert [] == list(photos_seen_before(dark, LIMITS))


def test_one_photo_for_two_items_of_one_record_is_no_flag():
    twice = [
        a_photo_of(1, "same", 7),
        replace(a_photo_of(2, "same", 7), owner=("inspection", "i001")),
    ]

    assert [] == list(photos_seen_before(twice, LIMITS))


@given(seeds)
def test_order_of_what_is_looked_at_changes_nothing(seed):
    photos = honest_photos(seed, 20)
    photos += [a_photo_of(number, "same", 7) for number in range(30, 34)]

    there, back = (
        newest_first(list(photos_seen_before(one, LIMITS))) for one in (photos, photos[::-1])
    )

    assert there == back
    assert there[0].digest == back[0].digest
