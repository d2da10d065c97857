"""Two states of a pack compared: by day, and by text."""

from datetime import date

import pytest

from rules.comparing import Side, differences
from rules.condition_words import condition_sentence, condition_text
from rules.conditions import parsed
from tests.rules.builders import FINDING, pack, reaction, rule, rulebook, words

WEEKLY = {"type": "periodic", "unit": "week"}
DAILY = {"type": "periodic", "unit": "day"}
LIMIT = {"name": "weight", "title": words("重量", "Weight"), "operator": "gte", "value": "$grams",
         "unit": "g"}  # fmt: skip
GRAMS = {
    "id": "grams",
    "title": words("克数", "Grams"),
    "unit": "g",
    "values": [{"from": "2020-01-01", "value": 100}, {"from": "2026-01-01", "value": 125}],
}


def side(tmp_path, on=None, **changes):
    sound = {
        "versions": [
            {"from": "2020-01-01", "cadence": WEEKLY, "limits": [LIMIT]},
            {"from": "2026-01-01", "cadence": DAILY, "limits": [LIMIT]},
        ]
    }
    rules = changes.pop("rules", None) or [rule(**sound, **changes)]
    book = rulebook(tmp_path, pack(*rules, parameters=[GRAMS]))
    return Side(book.packs[0], on, book)


def told(found):
    return [
        (each.kind, each.section, each.id, one.field, one.before.en, one.after.en)
        for each in found
        for one in each.fields
    ]


def test_two_days_of_one_text_tell_what_is_in_force_on_each(tmp_path):
    before, after = (side(tmp_path, date(year, 6, 1)) for year in (2025, 2026))

    assert [
        ("changed", "parameter", "grams", "value", "100", "125"),
        ("changed", "rule", "daily-check", "cadence", "once every week", "once every day"),
        ("changed", "rule", "daily-check", "limits.weight", "Weight ≥ 100 g", "Weight ≥ 125 g"),
    ] == told(differences(before, after))


def test_a_rule_that_begins_or_ends_between_the_days_is_added_or_ended(tmp_path):
    versions = [{"from": "2020-01-01", "until": "2025-12-31", "cadence": DAILY}]
    ending = rule("ending", versions=versions)
    beginning = rule("beginning", effective={"on": "2026-01-01", "precision": "day"})
    before, after = (
        side(tmp_path, date(year, 6, 1), rules=[ending, beginning]) for year in (2025, 2026)
    )

    found = [(each.kind, each.id) for each in differences(before, after)]

    assert [("changed", "grams"), ("ended", "ending"), ("added", "beginning")] == found


def test_equal_states_differ_in_nothing(tmp_path):
    assert () == differences(side(tmp_path), side(tmp_path))


@pytest.mark.parametrize(
    ("change", "field", "after"),
    [
        ({"title": words("新", "New")}, "title", "New"),
        ({"strength": "recommended"}, "strength", "recommended"),
        ({"note": words("注", "A note")}, "note", "A note"),
        ({"applies": {"site.kind": "office"}}, "applies", None),
        ({"domain": "food"}, "domain", "Food"),
        ({"effective": {"precision": "unknown"}}, "effective", "unknown"),
    ],
)
def test_every_field_of_a_rule_is_told_by_name(tmp_path, change, field, after):
    turned = "applies" in change
    examples = [
        {"name": "an office", "facts": {"site.kind": "office"}, "applies": turned},
        {"name": "a mall", "facts": {"site.kind": "mall"}, "applies": not turned},
    ]
    found = differences(side(tmp_path), side(tmp_path, examples=examples, **change))

    fields = {one.field: one.after.en for each in found for one in each.fields}
    assert field in fields
    assert after is None or after == fields[field]


@pytest.mark.parametrize(
    ("change", "field", "before", "after"),
    [
        ({"people": {"count": 2}}, "people.count", "1", "2"),
        ({"people": {"roles": ["cook"]}}, "people.roles", "none", "Cook"),
        ({"minutes": 40}, "minutes", "15", "40"),
        ({"retention": {"amount": 2, "unit": "year"}}, "retention", "none", "2 years"),
        ({"on_fail": {"deadline": {"unit": "same-day"}}}, "on_fail.deadline", "none",
         "the same day"),
        ({"announced": False}, "announced", "yes", "no"),
        ({"evidence": [words("照片", "Photo")]}, "evidence", "none", "Photo"),
        ({"window": {"due": "09:00"}}, "window", "none", '{"due": "09:00:00"}'),
    ],
)  # fmt: skip
def test_every_field_of_a_version_is_told_with_its_day(tmp_path, change, field, before, after):
    version = {"from": "2020-01-01", "cadence": DAILY}
    changed = side(tmp_path, rules=[rule(versions=[version | change])])

    found = differences(side(tmp_path, rules=[rule(versions=[version])]), changed)

    assert ("changed", "rule", "daily-check", f"2020-01-01.{field}", before, after) in told(found)


def test_a_condition_is_one_sentence_with_alternatives_in_brackets():
    condition = parsed(
        {
            "site.kind": "mall",
            "any": [{"site.staff": {"gte": 50}}, {"not": {"site.kind": "office"}}],
        }
    )

    kind, staff = parsed({"site.kind": "mall"}), parsed({"site.staff": {"gte": 50}})
    office = parsed({"site.kind": "office"})
    assert (
        f"{condition_text(kind).en} and ({condition_text(staff).en} or "
        f"{condition_text(office, negated=True).en})"
    ) == condition_sentence(condition).en


def test_codes_are_told_by_the_names_that_the_pages_of_rules_use(tmp_path):
    severe = [{"from": "2020-01-01", "then": [FINDING | {"severity": "severe"}]}]
    before = rulebook(tmp_path, pack(reaction()))
    after = rulebook(tmp_path, pack(reaction(versions=severe), layer="local"))

    found = told(differences(*(Side(book.packs[0], None, book) for book in (before, after))))

    assert ("changed", "pack", "some-pack", "layer", "law", "local") in found
    assert [
        (
            "A moderate finding: Check, within 3 working days",
            "A severe finding: Check, within 3 working days",
        )
    ] == [(old, new) for *_, field, old, new in found if field.endswith("then.broken")]


def test_an_item_is_told_with_the_names_of_its_type_and_severity(tmp_path):
    item = {"id": "gate", "title": words("门", "Gate"), "type": "pass-fail", "severity": "severe"}
    lists = (
        [{"id": "round", "title": words(), "items": [item | change]}]
        for change in ({"severity": "minor"}, {})
    )
    books = [rulebook(tmp_path, pack(rule(), checklists=each)) for each in lists]

    found = told(differences(*(Side(book.packs[0], None, book) for book in books)))

    assert [("Gate, pass or fail, minor", "Gate, pass or fail, severe")] == [
        (old, new) for *_, field, old, new in found if field == "items.gate"
    ]
