from pathlib import Path

import pytest

from rules.faults import InputInvalid
from rules.loader import check_packs, load_rulebook
from tests.rules.builders import pack, rule, state, words, written

UNEVEN = {
    "type": "times-a-day",
    "times": 3,
    "spans": [{"since": "08:00", "until": "10:00"}, {"since": "14:00", "until": "16:00"}],
}
EVENT = {"type": "event", "event": "hot-work", "when": "after"}


def faults_of(tmp_path, data):
    return check_packs([written(tmp_path, data)]).faults


def fields_of(tmp_path, data):
    return [fault.field for fault in faults_of(tmp_path, data)]


def test_a_sound_pack_has_no_faults_and_is_counted(tmp_path):
    checked = check_packs([written(tmp_path, pack(rule("one"), rule("two")))])

    assert (1, 2, 4, ()) == (checked.packs, checked.rules, checked.examples, checked.faults)


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
        ({"applies": {"site.kind": {"near": "mall"}}}, "rules.0.applies"),
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
    assert ["rules.0.source.origin"] == fields_of(tmp_path, pack(layer="house"))


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


def test_ids_used_in_two_packs_are_reported_in_the_second(tmp_path):
    first = written(tmp_path, pack(id="first"), "a.yaml")
    second = written(tmp_path, pack(id="second"), "b.yaml")

    faults = check_packs([first, second]).faults

    assert {str(second)} == {fault.file for fault in faults}
    assert {"instruments.0.id", "rules.0.id"} == {fault.field for fault in faults}


def test_a_pack_may_cite_an_instrument_and_checklist_of_another_pack(tmp_path):
    first = written(tmp_path, pack(id="first"), "a.yaml")
    other = pack(rule("other"), id="second", instruments=None)
    second = written(tmp_path, other, "b.yaml")

    assert () == check_packs([second], beside=[first]).faults


def test_a_given_pack_stands_in_for_the_one_beside_it_with_the_same_id(tmp_path):
    beside = written(tmp_path, pack(), "a.yaml")
    edited = written(tmp_path, pack(rule("renamed")), "b.yaml")

    checked = check_packs([edited], beside=[beside])

    assert (1, ()) == (checked.packs, checked.faults)


def test_every_fault_of_every_file_is_reported_at_once_with_its_line(tmp_path):
    broken = written(tmp_path, "rules: [\n", "broken.yaml")
    faulty = written(
        tmp_path,
        pack(rule("one", source=None, examples=None), rule("two", applies={"site.kind": "barn"})),
        "faulty.yaml",
    )

    with pytest.raises(InputInvalid) as raised:
        load_rulebook([broken, faulty])

    faults = raised.value.faults
    lines = faulty.read_text(encoding="utf-8").splitlines()
    assert {str(broken), str(faulty)} == {fault.file for fault in faults}
    by_field = {fault.field: fault for fault in faults if fault.file == str(faulty)}
    assert {
        "rules.0.source",
        "rules.0.examples",
        "rules.1.applies.site.kind",
    } == set(by_field)
    assert "site.kind: barn" in lines[by_field["rules.1.applies.site.kind"].line - 1]
    assert all(fault.remedy.zh and fault.remedy.en for fault in faults)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2\nrules: []\n", "written twice"),
        ("a: &x [1]\nb: *x\nrules: []\n", "anchors and aliases"),
        ("a: !!python/object:os.system {}\nrules: []\n", None),
        ("rules: !danger x\n", "not taken"),
        ("", "empty"),
        ("- just\n- a list\n", "not a rule pack"),
        ("title: organisation\nsites: []\n", "not a rule pack"),
        ("a: [" * 3000, "nested too deeply"),
        ("[" * 200_000, "nested too deeply"),
        ("- " * 200_000 + "x", "nested too deeply"),
        ("x: \0\n", "not valid YAML"),
    ],
)
def test_yaml_that_is_no_plain_data_is_refused(tmp_path, text, problem):
    faults = check_packs([written(tmp_path, text)]).faults

    assert faults
    assert problem is None or problem in faults[0].message.en


def test_an_alias_bomb_is_refused_quickly(tmp_path):
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))

    faults = check_packs([written(tmp_path, "l0: &l0 [x]\n" + levels + "rules: []\n")]).faults

    assert "anchors" in faults[0].message.en


def test_a_huge_file_a_missing_file_and_a_binary_file_are_refused(tmp_path):
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"# \n" * 2_000_000)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"rules:\n  - \xff\xfe")

    faults = check_packs([huge, tmp_path / "missing.yaml", binary]).faults

    assert 3 == len(faults)
    assert {"binary.yaml": 2, "huge.yaml": 1, "missing.yaml": 1} == {
        Path(fault.file).name: fault.line for fault in faults
    }


def test_clock_times_switches_and_countries_are_read_as_written(tmp_path):
    text = "window: 22:00\non: 2026-01-01\ncountry: NO\nyes: no\nrules: [08, 1.5, true]\n"

    from rules.yaml_document import read_document

    data = read_document(written(tmp_path, text)).data
    assert {
        "window": "22:00",
        "on": "2026-01-01",
        "country": "NO",
        "yes": "no",
        "rules": [8, 1.5, True],
    } == data


@pytest.mark.parametrize(
    ("lower", "house", "field"),
    [
        (
            {"cadence": {"type": "periodic", "unit": "week"}},
            {"cadence": {"type": "periodic", "unit": "month"}},
            "cadence",
        ),
        ({"people": {"count": 2}}, {"people": {"count": 1}}, "people.count"),
        (
            {"retention": {"amount": 2, "unit": "year"}},
            {"retention": {"amount": 6, "unit": "month"}},
            "retention",
        ),
        (
            {"on_fail": {"deadline": {"unit": "same-day"}}},
            {"on_fail": {"deadline": {"amount": 3, "unit": "day"}}},
            "on_fail.deadline",
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_house_rule_may_tighten_a_law_and_never_loosen_it(tmp_path, lower, house, field, turned):
    if turned:
        lower, house = house, lower
    sound = {"from": "2020-01-01", "cadence": {"type": "periodic", "unit": "day"}}
    source = {"instrument": "some-law", "clause": words(), "grade": "B", "origin": "Rule 3"}
    law = pack(rule(versions=[sound | lower]))
    stricter = rule("ours", versions=[sound | house], source=source, tightens="daily-check")
    ours = pack(stricter, id="house", layer="house", instruments=None)
    paths = [written(tmp_path, law, "a.yaml"), written(tmp_path, ours, "b.yaml")]

    faults = check_packs(paths).faults

    assert ([] if turned else [f"rules.0.versions.0.{field}"]) == [each.field for each in faults]
    assert all(
        "daily-check" in each.message.en and "some-law" in each.message.en for each in faults
    )


def test_the_built_in_packs_have_no_faults():
    assert () == check_packs().faults
