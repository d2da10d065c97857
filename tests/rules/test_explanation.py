"""An explanation names every condition with its value, where that comes from, and what wins."""

from datetime import date
from pathlib import Path

import pytest

from rules.derive import derive
from rules.explanation import explanations
from rules.known_facts import Origin
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from rules.origin_words import origin_text, target_names
from tests.rules.builders import organisation, pack, rule, rulebook, state, words

ON = date(2026, 9, 1)
EXAMPLES = Path(__file__).parents[2] / "examples"
KEY_UNIT = "site.fire_key_unit"


def explained(book, organisation, rule_id="daily-check", on=ON):
    return list(explanations(book, organisation, rule_id, on))


def parts_that_test(read):
    if read.part == "test":
        return [read]
    return [test for part in read.parts for test in parts_that_test(part)]


def test_stated_concluded_and_unknown_facts_are_told_apart(tmp_path):
    book = rulebook(
        tmp_path,
        pack(
            state("concluder", KEY_UNIT, value=True, applies={"site.kind": "mall"}),
            rule(
                applies={"site.kind": "mall", KEY_UNIT: True, "site.staff": {"gte": 50}},
                examples=[
                    {
                        "name": "yes",
                        "facts": {"site.kind": "mall", KEY_UNIT: True, "site.staff": 50},
                        "applies": True,
                    },
                    {"name": "no", "facts": {"site.kind": "office"}, "applies": False},
                ],
            ),
        ),
    )
    here = organisation()

    (found,) = explained(book, here)

    told = {test.fact: (test.holds, test.origin) for test in parts_that_test(found.condition)}
    assert {
        "site.kind": (True, Origin("stated", "store")),
        KEY_UNIT: (True, Origin("concluded", "store", "concluder")),
        "site.staff": (None, Origin("unknown")),
    } == told
    assert ("may-apply", ("site.staff",)) == (found.standing, found.waits_for)
    concluded = origin_text(KEY_UNIT, told[KEY_UNIT][1], book, target_names(here))
    assert 'concluded by the rule "Check" (Some law, Article 1)' == concluded.en
    question = origin_text("site.has_canteen", Origin("unknown"), book, {}).en
    assert "to be answered: Is there a canteen?" == question


def test_the_tree_keeps_its_shape(tmp_path):
    condition = {"any": [{"site.kind": "office"}, {"not": {"site.staff": {"lt": 50}}}]}
    examples = [
        {"name": "yes", "facts": {"site.kind": "office"}, "applies": True},
        {"name": "no", "facts": {"site.kind": "mall", "site.staff": 9}, "applies": False},
    ]
    book = rulebook(tmp_path, pack(rule(applies=condition, examples=examples)))

    (found,) = explained(book, organisation({"site.kind": "mall", "site.staff": 60}))

    read = found.condition
    assert ("any", True) == (read.part, read.holds)
    assert [("test", False), ("not", True)] == [(part.part, part.holds) for part in read.parts]
    assert [("test", False)] == [(part.part, part.holds) for part in read.parts[1].parts]


def test_a_rule_not_yet_in_force_applies_to_nobody_and_says_so(tmp_path):
    book = rulebook(tmp_path, pack(rule(effective={"on": "2027-01-01", "precision": "day"},
                                        examples=[
        {"name": "a mall", "facts": {"site.kind": "mall"}, "applies": True, "on": "2027-01-01"},
        {"name": "an office", "facts": {"site.kind": "office"}, "applies": False},
    ])))  # fmt: skip

    (found,) = explained(book, organisation())

    assert (False, None, None) == (found.in_force, found.condition, found.standing)


def test_the_layers_name_what_stands_over_the_rule_here(tmp_path):
    weekly = {"from": "2020-01-01", "cadence": {"type": "periodic", "unit": "week"}}
    law = pack(rule("law-weekly", versions=[weekly]))
    source = {
        "instrument": "house-paper",
        "clause": words("第一条", "Line 1"),
        "grade": "A",
        "origin": "1",
    }
    house = pack(
        rule("house-daily", tightens="law-weekly", source=source),
        id="house",
        layer="site",
        instruments=[
            {
                "id": "house-paper",
                "title": words("办法", "Paper"),
                "force": "house",
                "effective": {"precision": "unknown"},
                "status": words(),
                "jurisdiction": "CN",
            }
        ],
    )
    here = organisation(packs=["house"])
    book = rulebook(tmp_path, law, house).for_organisation(here)

    (found,) = explained(book, here, "law-weekly")

    (upper, lower) = found.layers
    assert ("house-daily", "site", "binds", None) == (
        upper.rule.id, upper.layer, upper.standing, upper.overruled,
    )  # fmt: skip
    assert ("law-weekly", "house-daily") == (lower.rule.id, lower.overruled.by)


@pytest.mark.parametrize("name", ["kindergarten", "mall-group", "boarding-school"])
def test_an_explanation_agrees_with_the_derivation(name):
    every = load_rulebook()
    here = load_organisation(EXAMPLES / f"{name}.yaml", every)
    book = every.for_organisation(here)
    derived = {(each.rule, each.target): each for each in derive(book, here, ON)}

    for rule_id in list(book.rules)[::40]:
        for found in explained(book, here, rule_id):
            binding = derived.get((rule_id, found.target))
            assert (binding.status if binding else None) == found.standing
            assert (binding.waits_for if binding else ()) == found.waits_for
