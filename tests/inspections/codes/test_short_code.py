"""Codes on labels: one slip never passes, and any spelling of a right one does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.codes.short_code import (
    ALPHABET,
    LENGTH,
    READ_AS,
    CodeMistyped,
    code_from,
    distinct_codes,
    fits,
    read_code,
    seed_of,
    shown,
)

codes = st.text(min_size=1).map(code_from)
places = st.integers(0, LENGTH - 1)


@given(codes, places, st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(code, at, other):
    wrong = code[:at] + other + code[at + 1 :]

    assert fits(wrong) == (wrong == code)


@given(codes, places, places)
def test_every_two_characters_that_changed_places_are_found(code, first, second):
    typed = list(code)
    typed[first], typed[second] = typed[second], typed[first]
    swapped = "".join(typed)

    assert fits(swapped) == (swapped == code)


def test_all_single_slips_of_many_codes_are_found_without_exception():
    passed = [
        (code, at, other)
        for code in map(code_from, map(str, range(300)))
        for at in range(LENGTH)
        for other in ALPHABET
        if other != code[at] and fits(code[:at] + other + code[at + 1 :])
    ]

    assert [] == passed


@given(codes)
def test_code_is_read_in_any_spelling(code):
    full_width = "".join(chr(ord(each) + 0xFEE0) for each in code)

    assert code == read_code(shown(code))
    assert code == read_code(f" {code.lower()} ")
    assert code == read_code(f"{code[:2]} {code[2:]}")
    assert code == read_code(full_width)


@given(codes)
def test_letter_that_no_code_has_is_read_as_the_digit_it_looks_like(code):
    letters = {digit: letter for letter, digit in READ_AS.items()}

    assert code == read_code("".join(letters.get(each, each) for each in code))


def test_no_two_characters_of_the_alphabet_look_alike():
    families = ("0ODQ", "1IL", "2Z", "5S", "8B", "6G", "UV", "MN")

    assert [] == [one for one in families if len(set(one) & set(ALPHABET)) > 1]
    assert 23 == len(ALPHABET)


@pytest.mark.parametrize(
    ("typed", "kind", "at"),
    [
        ("", "empty", None),
        (" - ", "empty", None),
        ("7K3F", "short", None),
        ("7K3F-9QQ", "long", None),
        ("7K0F-9Q", "character", 2),
        ("厨房一号机", "character", 0),
    ],
)
def test_what_is_no_code_says_which_kind_of_mistake_it_is(typed, kind, at):
    with pytest.raises(CodeMistyped) as caught:
        read_code(typed)

    assert (kind, at) == (caught.value.kind, caught.value.at)


def test_code_of_a_thing_never_changes():
    """These stand on printed labels."""
    assert "H8AY-TX" == shown(code_from(seed_of("kindergarten", "chunmiao", "asset", "lift")))
    assert "EWT7-Q8" == shown(code_from(seed_of("kindergarten", "chunmiao", "site", "chunmiao")))


@given(st.lists(st.text(), unique=True, max_size=30), st.sets(st.text().map(code_from), max_size=5))
def test_codes_given_together_are_distinct_and_never_taken_ones(seeds, taken):
    given_out = distinct_codes(seeds, taken)

    assert len(seeds) == len(set(given_out))
    assert not set(given_out) & taken


def test_seed_whose_code_is_taken_gets_another_one():
    taken = code_from("lift")

    (found,) = distinct_codes(["lift"], [taken])

    assert found == code_from("lift#1")
