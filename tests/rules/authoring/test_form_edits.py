"""The form and the text are one: what the form changes stands in the text, and is read back."""

from datetime import date

import pytest

from rules.authoring.condition_rows import condition_rows, visible_facts
from rules.authoring.draft_text import missing_examples, read_draft
from rules.authoring.form import NEW_CADENCES, pack_fields, rule_fields
from rules.authoring.form_edits import UnknownEdit, edited
from rules.authoring.pack_template import new_pack
from rules.loader import load_rulebook

TODAY = date(2026, 11, 23)
NEW = new_pack("own-house", kind="kindergarten", country="CN", today=TODAY)


@pytest.fixture(scope="module")
def book():
    return load_rulebook()


@pytest.fixture
def change(book):
    def change(text, **asked):
        read = read_draft(text, "pack.yaml", beside=book)
        return edited(read, {"rule": 0, **asked}, kind="mall", today=TODAY)[0]

    return change


def fields(text, book, index=0):
    data = read_draft(text, "pack.yaml", beside=book).data
    groups = rule_fields(data, index, book)
    every = [*pack_fields(data), *(field for _, group in groups for field in group)]
    return {field.at: field for field in every}


def faults(text, book):
    return [fault.field for fault in read_draft(text, "pack.yaml", beside=book).faults]


def test_a_new_pack_is_sound_and_its_examples_hold(book):
    read = read_draft(NEW, "pack.yaml", beside=book)

    assert () == read.faults
    assert "own-house" == read.pack_id
    assert [True, True] == [example.holds for example in read.examples]
    assert () == missing_examples(read, 0)


def test_a_rule_that_is_added_is_sound_too_and_so_is_the_next(book, change):
    text = change(change(NEW, do="add-rule"), do="add-rule")

    read = read_draft(text, "pack.yaml", beside=book)
    assert () == read.faults
    assert ["own-house-weekly", "own-house-rule-1", "own-house-rule-2"] == [
        name for _, name, _ in read.rules
    ]
    assert NEW == change(change(text, do="remove-rule", rule=2), do="remove-rule", rule=1)


@pytest.mark.parametrize(
    ("at", "kind", "value"),
    [
        (["title", "zh"], "text", "自己的规则：新"),
        (["version"], "day", "2026-12-01"),
        (["rules", 0, "domain"], "choice", "fire"),
        (["rules", 0, "versions", 0, "minutes"], "number", "25"),
        (["rules", 0, "versions", 0, "people", "count"], "number", "2"),
        (["rules", 0, "versions", 0, "window", "due"], "text", "07:30"),
        (["rules", 0, "versions", 0, "cadence", "on", "weekday"], "choice", "fri"),
    ],
)
def test_what_the_form_sets_stands_in_the_text_and_is_shown_again(book, change, at, kind, value):
    text = change(NEW, do="set", at=at, kind=kind, values=[value])

    assert [] == faults(text, book)
    assert value == fields(text, book)[tuple(at)].only
    assert "# 制度的条目" in text


def test_an_emptied_field_is_taken_out_with_what_held_only_it(change):
    at = ["rules", 0, "versions", 0, "people", "count"]

    text = change(change(NEW, do="set", at=at, kind="number", values=["2"]), do="set", at=at,
                  kind="number", values=[""])  # fmt: skip

    assert NEW == text


def test_an_emptied_required_field_stays_and_is_told(book, change):
    at = ["rules", 0, "title", "zh"]

    text = change(NEW, do="set", at=at, kind="text", values=[""], required=True)

    assert ["rules.0.title.zh"] == faults(text, book)


@pytest.mark.parametrize("kind", NEW_CADENCES)
def test_every_kind_of_cadence_starts_sound_and_shows_its_fields(book, change, kind):
    at = ["rules", 0, "versions", 0, "cadence", "type"]
    text = change(NEW, do="cadence", at=at, values=[kind])
    text = change(text, do="set", at=["rules", 0, "kind"], kind="choice",
                  values=["event" if kind == "event" else "duty"])  # fmt: skip

    shown = fields(text, book)

    assert [] == faults(text, book)
    assert kind == shown[tuple(at)].only
    assert len(NEW_CADENCES[kind]) > 1 or kind == "meal"


def test_conditions_are_added_compared_and_removed(book, change):
    text = change(NEW, do="add-condition", values=["site.staff"])
    at = ["rules", 0, "applies", "site.staff"]
    text = change(text, do="compare", at=at, values=["lt"])
    text = change(text, do="set", at=[*at, "lt"], kind="number", values=["300"])

    rows = {row.fact: row for row in condition_rows(read_draft(text, "x", beside=book).data, 0)}
    assert ("lt", "300") == (rows["site.staff"].operator.only, rows["site.staff"].value.only)
    assert ("eq", "kindergarten") == (rows["site.kind"].operator.only, rows["site.kind"].value.only)
    assert NEW == change(text, do="remove", at=at)


@pytest.mark.parametrize(
    ("operator", "written"),
    [
        ("ne", {"ne": "kindergarten"}),
        ("in", {"in": ["kindergarten"]}),
        ("known", {"known": True}),
        ("eq", "kindergarten"),
    ],
)
def test_a_comparison_keeps_its_value_where_it_can(book, change, operator, written):
    at = ["rules", 0, "applies", "site.kind"]

    text = change(NEW, do="compare", at=at, values=[operator])

    assert written == read_draft(text, "x", beside=book).data["rules"][0]["applies"]["site.kind"]


def test_a_condition_that_is_a_tree_is_told_in_words(book, change):
    text = NEW.replace("      site.kind: kindergarten\n    versions", "      any:\n"
                       "        - {site.kind: mall}\n        - {site.boarding: true}\n"
                       "    versions")  # fmt: skip

    (row,) = condition_rows(read_draft(text, "x", beside=book).data, 0)

    assert row.operator is None
    assert "(Kind of site = Mall or Boarding = yes)" == row.text.en


def test_the_missing_examples_are_added_on_request(book, change):
    text = change(NEW, do="add-condition", values=["site.staff"])

    mended = change(text, do="add-examples")

    read = read_draft(mended, "pack.yaml", beside=book)
    assert () == missing_examples(read, 0)
    assert "rules.0.examples.0.applies" in {fault.field for fault in read.faults}


def test_a_faulty_rule_keeps_its_form_and_shows_no_outcome(book, change):
    text = NEW.replace("domain: safety", "domain: 7 x")

    read = read_draft(text, "pack.yaml", beside=book)

    assert ["rules.0.domain"] == [fault.field for fault in read.faults]
    assert [None, None] == [example.answer for example in read.examples]
    assert "own-house-weekly" == fields(text, book)[("rules", 0, "id")].only


def test_a_text_that_is_no_yaml_has_faults_and_no_form(book):
    read = read_draft("a: [", "pack.yaml", beside=book)

    assert (None, (), 1) == (read.data, read.rules, len(read.faults))


def test_only_facts_that_the_target_may_read_are_offered():
    names = [name for name, _ in visible_facts("place")]

    assert "place.kind" in names
    assert "site.kind" in names
    assert not any(name.startswith("asset.") for name in names)


@pytest.mark.parametrize("asked", [{"do": "x"}, {"do": "set"}, {"do": "set", "at": [{}]},
                                   {"do": "set", "at": ["id"], "values": 5}])  # fmt: skip
def test_a_change_that_no_form_asks_for_is_refused(change, asked):
    with pytest.raises(UnknownEdit):
        change(NEW, **asked)
