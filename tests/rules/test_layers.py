"""A rule of a higher layer may tighten one of a lower layer; every way of loosening it is told."""

import pytest

from rules.loader import check_packs, load_rulebook
from rules.tightening import demand_on, points
from tests.rules.builders import pack, rule, words, written

DAILY = {"from": "2020-01-01", "cadence": {"type": "periodic", "unit": "day"}}
SOURCE = {"instrument": "some-law", "clause": words(), "grade": "B", "origin": "Rule 3"}
MEAL = {"cadence": {"type": "meal"}}


def faults_of(tmp_path, lower, upper, *, checklists=None, parameters=None, **changes):
    """The faults of a site's rule that tightens a law; both are daily unless they say otherwise."""
    law = pack(
        rule(versions=[DAILY | version for version in lower]),
        checklists=checklists,
        parameters=parameters,
    )
    versions = [DAILY | version for version in upper]
    changed = {"versions": versions, "source": SOURCE, "tightens": "daily-check", **changes}
    ours = pack(rule("ours", **changed), id="site", layer="site", instruments=None)
    paths = [written(tmp_path, law, "a.yaml"), written(tmp_path, ours, "b.yaml")]
    return check_packs(paths).faults


def limit(value, operator="gte", name="weight"):
    return {"name": name, "title": words(), "operator": operator, "value": value, "unit": "g"}


def clock(hours):
    return {
        "id": "answer",
        "title": words("答复", "Answer"),
        "starts": "reported",
        "stops": "answered",
        "limit": {"amount": hours, "unit": "hour"},
    }


def days(amount, unit="day"):
    return {"amount": amount, "unit": unit}


def follow(hours):
    return {"id": "again", "title": words("复测", "Repeat"), "within": days(hours, "hour")}


# Stricter first: turned round, each one loosens.
PAIRS = [
    ({"cadence": {"type": "periodic", "unit": "week"}}, {}, "cadence"),
    ({"cadence": {"type": "interval", "every": 2, "unit": "hour"}},
     {"cadence": {"type": "interval", "every": 3, "unit": "hour"}}, "cadence"),
    ({"cadence": {"type": "count", "times": 3, "per": "term"}},
     {"cadence": {"type": "term", "times": 2}}, "cadence"),
    ({"cadence": {"type": "event", "event": "opening", "within": days(1, "hour")}},
     {"cadence": {"type": "event", "event": "opening", "within": days(2, "hour")}}, "cadence"),
    (MEAL, {"cadence": {"type": "meal", "meals": ["lunch"]}}, "cadence"),
    ({"days": "every"}, {"days": "opening"}, "days"),
    ({"day_off": "before"}, {"day_off": "after"}, "day_off"),
    ({"window": {"due": "09:00"}}, {"window": {"due": "10:00"}}, "window.due"),
    ({"window": {"opens": "09:00"}}, {}, "window.opens"),
    ({}, {"grace": days(1)}, "grace"),
    ({"people": {"count": 2}}, {"people": {"count": 1}}, "people.count"),
    ({"people": {"roles": ["cook"]}}, {"people": {"roles": ["cook", "guard"]}}, "people.roles"),
    ({"people": {"roles": ["cook"]}}, {}, "people.roles"),
    ({"people": {"qualifications": ["electrician"]}}, {}, "people.qualifications"),
    ({"people": {"excludes": ["keeper"]}}, {}, "people.excludes"),
    ({"retention": days(2, "year")}, {"retention": days(6, "month")}, "retention"),
    ({"retention": days(2, "year")}, {}, "retention"),
    ({"evidence": [words("照片", "Photo")]}, {}, "evidence"),
    ({"scenarios": [words("停电", "Power cut")]}, {}, "scenarios"),
    ({"announced": False}, {"announced": True}, "announced"),
    ({"limits": [limit(125)]}, {"limits": [limit(100)]}, "limits.0.value"),
    ({"limits": [limit(125, "gt")]}, {"limits": [limit(125)]}, "limits.0.value"),
    ({"limits": [limit(8, "lte")]}, {"limits": [limit(9, "lte")]}, "limits.0.value"),
    ({"limits": [limit(125)]}, {}, "limits"),
    ({"on_fail": {"deadline": {"unit": "same-day"}}}, {"on_fail": {"deadline": days(3)}},
     "on_fail.deadline"),
    ({"on_fail": {"deadline": days(3)}}, {"on_fail": {"deadline": days(3, "working-day")}},
     "on_fail.deadline"),
    ({"on_fail": {"deadline": days(3)}}, {}, "on_fail"),
    ({"on_fail": {"deadline": days(3), "follow_ups": [follow(2)]}},
     {"on_fail": {"deadline": days(3), "follow_ups": [follow(4)]}}, "on_fail.follow_ups"),
    ({"on_fail": {"deadline": days(3)}},
     {"on_fail": {"deadline": days(3), "separate_verifier": False}}, "on_fail.separate_verifier"),
    ({"clocks": [clock(2)]}, {"clocks": [clock(4)]}, "clocks"),
    ({"clocks": [clock(2)]}, {}, "clocks"),
]  # fmt: skip


@pytest.mark.parametrize(("stricter", "looser", "field"), PAIRS)
def test_what_asks_for_less_is_refused_with_both_clauses(tmp_path, stricter, looser, field):
    if field == "cadence" and not looser:
        stricter, looser = looser, stricter

    faults = faults_of(tmp_path, [stricter], [looser])

    assert [f"rules.0.versions.0.{field}"] == [each.field for each in faults]
    assert all("daily-check (some-law Article 1)" in each.message.en for each in faults)
    assert all("This rule (some-law text)" in each.message.en for each in faults)


@pytest.mark.parametrize(("stricter", "looser", "field"), PAIRS)
def test_what_asks_for_more_stands(tmp_path, stricter, looser, field):
    if field == "cadence" and not looser:
        stricter, looser = looser, stricter

    faults = faults_of(tmp_path, [looser], [stricter])

    assert () == faults


def test_a_cadence_of_another_kind_cannot_be_shown_to_ask_for_as_much(tmp_path):
    (fault,) = faults_of(tmp_path, [MEAL], [{}])

    assert "cannot be shown" in fault.message.en


def test_an_item_of_the_lower_checklist_may_not_be_dropped_or_widened(tmp_path):
    def reading(**band):
        return {"id": "water", "type": "number", "unit": "°C", "title": words(), **band}

    def seal(**changes):
        return {"id": "seal", "type": "pass-fail", "title": words("封条", "Seal"), **changes}

    checklists = [
        {"id": "full", "title": words(), "items": [reading(minimum=0, maximum=8), seal()]},
        {"id": "more", "title": words(), "items": [reading(minimum=2, maximum=8), seal(),
                                                   seal(id="lamp")]},
        {"id": "less", "title": words(), "items": [reading(minimum=0, maximum=9)]},
        {"id": "soft", "title": words(), "items": [reading(minimum=0, maximum=8),
                                                   seal(severity="minor", required=False)]},
    ]  # fmt: skip

    def told(name):
        faults = faults_of(
            tmp_path, [{"checklist": "full"}], [{"checklist": name}], checklists=checklists
        )
        return [each.message.en.split(": ", 1)[1] for each in faults]

    assert [] == told("more")
    assert ["its checklist drops: Seal.", 'the item "text" passes over a wider range.'] == told(
        "less"
    )
    assert [
        'the item "Seal" may stay unanswered.',
        'the item "Seal" fails less severely.',
    ] == told("soft")


def test_versions_are_compared_on_the_days_on_which_both_are_in_force(tmp_path):
    lower = [{"people": {"count": 1}}, {"from": "2027-01-01", "people": {"count": 3}}]
    upper = [{"people": {"count": 2}}, {"from": "2028-01-01", "people": {"count": 3}}]

    (fault,) = faults_of(tmp_path, lower, upper)

    assert "rules.0.versions.0.people.count" == fault.field
    assert "from 2027-01-01 on it needs 2 people, below 3" in fault.message.en


def test_a_version_that_ended_before_the_law_became_stricter_loosens_nothing(tmp_path):
    lower = [{"people": {"count": 1}}, {"from": "2027-01-01", "people": {"count": 3}}]
    upper = [{"people": {"count": 2}, "until": "2026-12-31"}]

    assert () == faults_of(tmp_path, lower, upper)


def test_a_parameter_that_grows_makes_a_fixed_figure_too_small_from_that_day(tmp_path):
    parameter = {
        "id": "sample_grams",
        "title": words(),
        "unit": "g",
        "values": [{"from": "2020-01-01", "value": 125}, {"from": "2027-01-01", "value": 200}],
    }

    (fault,) = faults_of(
        tmp_path,
        [{"limits": [limit("$sample_grams")]}],
        [{"limits": [limit(150)]}],
        parameters=[parameter],
    )

    assert "from 2027-01-01 on" in fault.message.en
    assert "≥ 150 g" in fault.message.en
    assert "≥ 200 g" in fault.message.en


def test_a_rule_of_another_target_cannot_be_compared(tmp_path):
    faults = faults_of(tmp_path, [{}], [{}], target="asset")

    assert ["rules.0.tightens"] == [each.field for each in faults]


def test_a_rule_whose_cases_are_never_those_of_the_law_tightens_nothing(tmp_path):
    examples = [
        {"name": "an office", "facts": {"site.kind": "office"}, "applies": True},
        {"name": "a mall", "facts": {"site.kind": "mall"}, "applies": False},
    ]

    (fault,) = faults_of(tmp_path, [{}], [{}], applies={"site.kind": "office"}, examples=examples)

    assert "rules.0.applies" == fault.field


def test_a_recommendation_does_not_stand_in_for_what_is_mandatory(tmp_path):
    (fault,) = faults_of(tmp_path, [{}], [{}], strength="recommended")

    assert "only recommends" in fault.message.en


def test_rules_that_tighten_each_other_in_a_circle_are_refused(tmp_path):
    one = rule("one", source=SOURCE, tightens="two")
    two = rule("two", source=SOURCE, tightens="one")
    path = written(tmp_path, pack(one, two, layer="site"))

    faults = check_packs([path]).faults

    assert ["rules.0.tightens", "rules.1.tightens"] == [each.field for each in faults]


def test_a_lower_layer_cannot_tighten_a_higher_one(tmp_path):
    law = pack()
    group = pack(rule("theirs", source=SOURCE), id="group", layer="group", instruments=None)
    below = rule("ours", source=SOURCE, tightens="theirs")
    sector = pack(below, id="sector", layer="sector", instruments=None)
    found = [("a.yaml", law), ("b.yaml", group), ("c.yaml", sector)]
    paths = [written(tmp_path, data, name) for name, data in found]

    faults = check_packs(paths).faults

    assert "theirs stands in a higher layer and cannot be tightened here." in [
        each.message.en for each in faults if each.field == "rules.0.tightens"
    ]


def test_no_built_in_rule_is_stricter_or_looser_than_itself():
    book = load_rulebook()
    demands = [
        demand
        for rule in book.rules.values()
        for version in rule.versions
        if (demand := demand_on(book, rule, version.since)) is not None
    ]

    assert len(demands) > 100
    assert [] == [point for demand in demands for point in points(demand, demand)]
