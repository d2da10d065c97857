"""Of several rules of one obligation at one target, the strictest one holds, and says why."""

from datetime import date

from rules.layers import overruled, standing_over, tightened_by
from tests.rules.builders import pack, rule, rulebook, words

ON = date(2026, 6, 1)
SOURCE = {"instrument": "some-law", "clause": words(), "grade": "B", "origin": "Rule 3"}


def version(unit="day", **changes):
    return {"from": "2020-01-01", "cadence": {"type": "periodic", "unit": unit}, **changes}


def asked(rule_id, unit, **changes):
    tightens = changes.pop("tightens", None)
    return rule(rule_id, source=SOURCE, tightens=tightens, versions=[version(unit, **changes)])


def book(tmp_path, *houses):
    law = pack(rule("law", versions=[version("month")], title=words("法", "Law")))
    packs = [
        pack(made, id=f"pack-{layer}", layer=layer, instruments=None) for layer, made in houses
    ]
    return rulebook(tmp_path, law, *packs)


def told(found):
    return {each.rule: each.by for each in found}


def test_the_stricter_rule_stands_over_the_law_and_says_in_what(tmp_path):
    packs = book(tmp_path, ("site", asked("ours", "week", tightens="law")))

    (found,) = overruled(packs, ["law", "ours"], ON)

    assert ("law", "ours") == (found.rule, found.by)
    assert (
        '"Check" (site) is stricter than "Law" (law): '
        'it is due "once every week", below it is "once every month".'
    ) == found.reason.en
    assert (
        "“检查”（本单位）严于“法”（法律法规）：周期为“每周一次”，下层为“每月一次”。"
        == found.reason.zh
    )


def test_a_chain_of_layers_leaves_the_last_one_over_all(tmp_path):
    packs = book(
        tmp_path,
        ("group", asked("group", "week", tightens="law")),
        ("site", asked("site", "day", tightens="group")),
    )

    assert {"law": "site", "group": "site"} == told(overruled(packs, ["law", "group", "site"], ON))
    assert ("group", "law") == tightened_by(packs, "site")


def test_where_the_middle_rule_does_not_bind_the_chain_still_holds(tmp_path):
    packs = book(
        tmp_path,
        ("group", asked("group", "week", tightens="law")),
        ("site", asked("site", "day", tightens="group")),
    )

    assert {"law": "site"} == told(overruled(packs, ["law", "site"], ON))


def test_of_two_that_tighten_the_same_law_the_one_that_is_nowhere_looser_stands(tmp_path):
    packs = book(
        tmp_path,
        ("group", asked("group", "week", tightens="law")),
        ("site", asked("site", "day", tightens="law")),
    )

    assert {"law": "site", "group": "site"} == told(overruled(packs, ["law", "group", "site"], ON))


def test_a_stricter_rule_of_a_lower_layer_stands_over_one_of_a_higher(tmp_path):
    packs = book(
        tmp_path,
        ("group", asked("group", "day", tightens="law")),
        ("site", asked("site", "week", tightens="law")),
    )

    assert {"law": "group", "site": "group"} == told(overruled(packs, ["law", "group", "site"], ON))


def test_rules_of_which_each_is_stricter_in_some_point_both_hold(tmp_path):
    packs = book(
        tmp_path,
        ("group", asked("group", "day", tightens="law")),
        ("site", asked("site", "week", tightens="law", people={"count": 2})),
    )

    found = told(overruled(packs, ["law", "group", "site"], ON))

    assert {"law"} == set(found)


def test_equal_demands_leave_the_higher_layer_over_the_lower(tmp_path):
    packs = book(tmp_path, ("site", asked("ours", "month", tightens="law")))

    (found,) = overruled(packs, ["law", "ours"], ON)

    assert "it asks for as much, in a higher layer" in found.reason.en


def test_where_the_stricter_rule_does_not_bind_the_law_holds(tmp_path):
    packs = book(tmp_path, ("site", asked("ours", "week", tightens="law")))

    found = standing_over(packs, [("a", "law"), ("a", "ours"), ("b", "law")], ON)

    assert {("a", "law")} == set(found)


def test_rules_that_name_nothing_stand_alone(tmp_path):
    packs = book(tmp_path, ("site", asked("ours", "week")))

    assert {} == told(overruled(packs, ["law", "ours"], ON))
