"""What laws and practice ask for is carried, or it is said why not; the report says the same."""

from collections import Counter
from pathlib import Path

import pytest

from rules.coverage.carried import carried, names_of_nothing
from rules.coverage.items import Item, practices, read_items, requirements
from rules.coverage.report import report
from rules.faults import InputInvalid
from tests.rules.builders import pack, rule, rulebook, words
from tests.rules.sample_site import built_in

TOP = Path(__file__).parents[2]
PRACTICES = {f"S{number:02}" for number in range(1, 70) if number != 47}


def states(items):
    return {row.item.id: row.state for row in carried(built_in(), items)}


def test_every_requirement_that_was_read_is_carried():
    read = [item for item in requirements() if item.grade in {"A", "B"}]

    missing = [name for name, state in states(read).items() if state == "not-yet"]

    assert 192 == len(read)
    assert [] == missing


def test_the_requirements_are_those_that_were_collected():
    grades = Counter(item.grade for item in requirements())

    assert {"A": 121, "B": 71, "C": 45} == grades


def test_the_practices_are_all_there():
    assert sorted(PRACTICES) == sorted(item.id for item in practices())


def test_what_is_not_carried_says_why():
    silent = [
        row.item.id
        for row in carried(built_in(), (*requirements(), *practices()))
        if row.state == "not-yet" and row.item.not_yet is None
    ]

    assert [] == silent


def test_requirements_from_memory_are_carried_only_by_packs_that_are_off():
    rows = carried(built_in(), [item for item in requirements() if item.grade == "C"])

    assert [] == [
        row.item.id
        for row in rows
        if any(
            built_in().rule(name).source.grade == "C" and name not in row.opt_in
            for name in row.rules
        )
    ]


def test_rules_name_only_what_is_asked_for():
    assert {} == names_of_nothing(built_in(), (*requirements(), *practices()))


def test_every_part_that_carries_something_exists():
    parts = {part.module for item in (*requirements(), *practices()) for part in item.parts}

    assert [] == sorted(part for part in parts if not (TOP / part).exists())


def test_the_report_is_up_to_date():
    written = (TOP / "docs" / "coverage.md").read_text(encoding="utf-8")

    assert written == report(built_in()), "run xunjian rules coverage --write docs/coverage.md"


def test_a_rule_carries_what_it_names_and_what_has_its_id(tmp_path):
    book = rulebook(tmp_path, pack(rule("a-1", covers=["a", "S14"]), rule("b")))
    items = [Item(id=name, title=words()) for name in ("a", "b", "c", "S14")]

    rows = carried(book, items)

    assert [("a-1",), ("b",), (), ("a-1",)] == [row.rules for row in rows]
    assert ["carried", "carried", "not-yet", "carried"] == [row.state for row in rows]


def test_an_item_of_which_something_is_missing_is_carried_in_part(tmp_path):
    book = rulebook(tmp_path, pack(rule("a")))
    item = Item(id="a", title=words(), not_yet=words())

    (row,) = carried(book, [item])

    assert "in-part" == row.state


def test_a_rule_that_names_nothing_known_is_found(tmp_path):
    book = rulebook(tmp_path, pack(rule("a", covers=["S14", "S99"])))

    found = names_of_nothing(book, [Item(id="S14", title=words())])

    assert {"a": ("S99",)} == found


def test_every_fault_of_a_list_of_items_is_reported(tmp_path):
    path = tmp_path / "items.yaml"
    path.write_text(
        "- {id: a, title: {zh: 文, en: text}}\n"
        "- {id: a, title: {zh: 文, en: text}}\n"
        "- {id: B, title: {zh: 文}}\n",
        encoding="utf-8",
    )

    with pytest.raises(InputInvalid) as raised:
        read_items(path)

    fields = {(fault.line, fault.field) for fault in raised.value.faults}
    assert {(2, "1.id"), (3, "2.id"), (3, "2.title.en")} == fields
