"""Each fault of a rule is reported once, at its field."""

import pytest

from rules.loader import check_packs
from tests.rules.builders import pack, rule, state, words, written

UNEVEN = {
    "type": "times-a-day",
    "times": 3,
    "spans": [{"since": "08:00", "until": "10:00"}, {"since": "14:00", "until": "16:00"}],
}
EVENT = {"type": "event", "event": "hot-work", "when": "after"}


def fields_of(tmp_path, data):
    return [fault.field for fault in check_packs([written(tmp_path, data)]).faults]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": None}, "rules.0.source"),
        ({"effective": None}, "rules.0.effective"),
        ({"examples": None}, "rules.0.examples"),
        ({"applies": {}}, "rules.0.applies"),
        ({"applies": None}, "rules.0.applies"),
        ({"applies": {"site.kindd": "mall"}}, "rules.0.applies.site.kindd"),
        ({"applies": {"site.kind": "barn"}}, "rules.0.applies.site.kind"),
        ({"applies": {"site.staff": "5"}}, "rules.0.applies.site.staff"),
        ({"applies": {"site.staff": True}}, "rules.0.applies.site.staff"),
        ({"applies": {"site.has_canteen": 1}}, "rules.0.applies.site.has_canteen"),
        ({"applies": {"site.kind": {"gte": "mall"}}}, "rules.0.applies.site.kind.gte"),
        ({"applies": {"site.kind": {"near": "mall"}}}, "rules.0.applies.site.kind.near"),
        ({"applies": {"asset.kind": "lift"}}, "rules.0.applies.asset.kind"),
        ({"applies": {"site.staff": {"gte": "$nobody"}}}, "rules.0.applies.site.staff.gte"),
        ({"applies": {"any": [{"site.kind": "barn"}]}}, "rules.0.applies.any.0.site.kind"),
        ({"title": "检查"}, "rules.0.title"),
        ({"title": {"zh": "检查"}}, "rules.0.title.en"),
        ({"kind": "state"}, "rules.0.versions.0.cadence"),
        ({"versions": [{"from": "2020-01-01"}]}, "rules.0.versions.0.cadence"),
        ({"effective": {"on": "2026-02-30", "precision": "day"}}, "rules.0.effective.on"),
        ({"effective": {"precision": "month"}}, "rules.0.effective.on"),
        (
            {"effective": {"on": "2020-01-01", "precision": "unknown"}},
            "rules.0.effective.precision",
        ),
        ({"nonsense": 1}, "rules.0.nonsense"),
        ({"tightens": "nothing"}, "rules.0.tightens"),
    ],
)
def test_one_fault_is_reported_at_its_field(tmp_path, change, field):
    fields = fields_of(tmp_path, pack(rule(**change)))

    assert [field] == fields


@pytest.mark.parametrize(
    ("applies", "zh"),
    [
        ({}, "条件须写成“事实: 值”，或 all、any、not。"),
        ({"any": []}, "any 之下须是条件的列表。"),
        (
            {"site.kind": {"near": "mall"}},
            "site.kind 不能用 near 比较；可用：eq, ne, in, not_in, lt, lte, gt, gte, has, known。",
        ),
        ({"site.kind": {}}, "site.kind 缺少比较方式。"),
        ({"site.kind": {"in": "mall"}}, "in 之后须是列表。"),
        ({"site.kind": {"eq": ["mall"]}}, "须是 true、false、数字或文字。"),
    ],
)
def test_a_condition_of_no_meaning_is_told_in_both_languages(tmp_path, applies, zh):
    (fault,) = check_packs([written(tmp_path, pack(rule(applies=applies)))]).faults

    assert zh == fault.message.zh
    assert fault.message.en.startswith(("Expected", "Unknown operator"))


@pytest.mark.parametrize(
    ("source", "field"),
    [
        ({"instrument": "no-law"}, "rules.0.source.instrument"),
        ({"clause": None}, "rules.0.source.clause"),
        ({"grade": "C"}, "rules.0.source.grade"),
    ],
)
def test_a_source_that_is_no_source_is_refused(tmp_path, source, field):
    cited = {"instrument": "some-law", "clause": words(), "grade": "A"} | source

    assert [field] == fields_of(tmp_path, pack(rule(source=cited)))


def test_a_clause_without_number_passes_when_it_says_what_is_unverified(tmp_path):
    source = {"instrument": "some-law", "clause": None, "grade": "B", "unverified": [words()]}

    assert [] == fields_of(tmp_path, pack(rule(source=source)))


def test_a_house_rule_must_name_its_origin(tmp_path):
    assert ["rules.0.source.origin"] == fields_of(tmp_path, pack(layer="site"))


@pytest.mark.parametrize(
    ("layer", "origin", "fields"),
    [
        ("sector", "a summary, line 3", []),
        ("sector", None, ["rules.0.source.origin"]),
        ("law", "a summary, line 3", ["rules.0.source.instrument"]),
        ("local", "a summary, line 3", ["rules.0.source.instrument"]),
    ],
)
def test_practice_says_where_it_was_read_and_never_stands_as_law(tmp_path, layer, origin, fields):
    told = {**pack()["instruments"][0], "id": "told", "force": "practice"}
    source = {"instrument": "told", "clause": words(), "grade": "A", "origin": origin}

    data = pack(rule(source=source), layer=layer, instruments=[told])

    assert fields == fields_of(tmp_path, data)


@pytest.mark.parametrize(
    ("version", "field"),
    [
        ({"checklist": "none"}, "rules.0.versions.0.checklist"),
        ({"people": {"roles": ["wizard"]}}, "rules.0.versions.0.people.roles.0"),
        ({"gate": {"role": "cook", "needs": "none"}}, "rules.0.versions.0.gate.needs"),
        ({"until": "2019-01-01"}, "rules.0.versions.0.until"),
        ({"window": {"opens": "25:00"}}, "rules.0.versions.0.window.opens"),
        ({"cadence": {"type": "periodic", "unit": "fortnight"}}, "rules.0.versions.0.cadence.unit"),
        ({"cadence": {"type": "sometimes"}}, "rules.0.versions.0.cadence"),
        (
            {"cadence": {"type": "periodic", "unit": "week", "every": 2}},
            "rules.0.versions.0.cadence.phase_on",
        ),
        ({"cadence": UNEVEN}, "rules.0.versions.0.cadence.spans"),
        (
            {"cadence": EVENT | {"when": "before", "within": {"unit": "immediately"}}},
            "rules.0.versions.0.cadence.within",
        ),
        (
            {"cadence": EVENT | {"within": {"amount": 0, "unit": "hour"}}},
            "rules.0.versions.0.cadence.within",
        ),
        ({"window": {"opens": 8}}, "rules.0.versions.0.window.opens"),
        ({"from": "0001-01-01"}, "rules.0.versions.0.from"),
        ({"from": 20200101}, "rules.0.versions.0.from"),
    ],
)
def test_a_faulty_version_is_reported_at_its_field(tmp_path, version, field):
    sound = {"from": "2020-01-01", "cadence": {"type": "periodic", "unit": "day"}}

    assert [field] == fields_of(tmp_path, pack(rule(versions=[sound | version])))


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ({"from": "2022-01-01"}, {"from": "2021-01-01"}, "rules.0.versions.1.from"),
        (
            {"from": "2021-01-01", "until": "2022-01-01"},
            {"from": "2022-01-01"},
            "rules.0.versions.1.from",
        ),
    ],
)
def test_versions_must_be_in_order_and_not_overlap(tmp_path, first, second, field):
    cadence = {"cadence": {"type": "periodic", "unit": "day"}}

    assert [field] == fields_of(tmp_path, pack(rule(versions=[first | cadence, second | cadence])))


def test_examples_are_run_and_a_wrong_one_is_reported(tmp_path):
    examples = [
        {"name": "a mall", "facts": {"site.kind": "mall"}, "applies": True},
        {"name": "an office", "facts": {"site.kind": "office"}, "applies": False},
        {"name": "kind unknown", "facts": {}, "applies": False},
        {"name": "too early", "facts": {"site.kind": "mall"}, "on": "2019-12-31", "applies": True},
    ]

    fields = fields_of(tmp_path, pack(rule(examples=examples)))

    assert ["rules.0.examples.2.applies", "rules.0.examples.3.applies"] == fields


@pytest.mark.parametrize(("kept", "count"), [(0, 1), (1, 1)])
def test_an_example_for_and_one_against_are_needed(tmp_path, kept, count):
    examples = [rule()["examples"][kept]]

    assert ["rules.0.examples"] * count == fields_of(tmp_path, pack(rule(examples=examples)))


def test_rules_that_conclude_each_other_in_a_circle_are_refused(tmp_path):
    circle = pack(
        state("one", "site.high_rise", value=True, applies={"site.has_lifts": True}, examples=[]),
        state("two", "site.has_lifts", value=True, applies={"site.high_rise": True}, examples=[]),
    )

    fields = [field for field in fields_of(tmp_path, circle) if "concludes" in field]

    assert ["rules.0.concludes.fact", "rules.1.concludes.fact"] == fields


def test_a_concluded_fact_must_exist_and_belong_to_the_target(tmp_path):
    faulty = pack(
        state("one", "site.nothing", value=True),
        state("two", "place.key_point", value=True),
        state("three", "site.high_rise", value="yes"),
    )

    fields = [f for f in fields_of(tmp_path, faulty) if "concludes" in f]

    assert [
        "rules.0.concludes.fact",
        "rules.1.concludes.fact",
        "rules.2.concludes.value",
    ] == sorted(fields)
