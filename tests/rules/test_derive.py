from datetime import date

import pytest

from rules.derive import derive
from rules.engine.gate import FactRefused
from rules.faults import InputInvalid
from tests.rules.builders import organisation, pack, rule, rulebook, state, words

DAY = date(2026, 9, 1)
CANTEEN = {"site.kind": "mall", "site.has_canteen": True}


def found(book, org, on=DAY):
    return {(each.target, each.rule): each for each in derive(book, org, on, engine="python")}


def only(book, org, on=DAY):
    (binding,) = derive(book, org, on)
    return binding


def test_a_rule_binds_with_the_facts_that_fired(tmp_path):
    book = rulebook(tmp_path, pack(rule(applies={"any": [{"site.kind": "mall"}, CANTEEN]})))

    binding = only(book, organisation())

    assert ("store", "site", "store", "daily-check", "binds", ()) == (
        binding.site,
        binding.target_kind,
        binding.target,
        binding.rule,
        binding.status,
        binding.waits_for,
    )
    assert {"site.kind": "mall"} == binding.because


def test_an_undecided_rule_may_apply_and_names_the_facts_it_waits_for(tmp_path):
    examples = [
        {"name": "yes", "facts": CANTEEN, "applies": True},
        {"name": "no", "facts": {"site.kind": "office"}, "applies": False},
    ]
    book = rulebook(tmp_path, pack(rule(applies=CANTEEN, examples=examples)))

    binding = only(book, organisation())

    assert "may-apply" == binding.status
    assert ("site.has_canteen",) == binding.waits_for
    assert {"site.kind": "mall"} == binding.because


def test_a_rule_whose_condition_is_false_leaves_no_trace(tmp_path):
    assert () == derive(rulebook(tmp_path, pack()), organisation({"site.kind": "office"}), DAY)


@pytest.mark.parametrize(
    ("on", "count"),
    [(date(2019, 12, 31), 0), (date(2020, 1, 1), 1), (date(2021, 1, 1), 1), (date(2021, 1, 2), 0)],
)
def test_a_rule_binds_from_its_first_to_its_last_day(tmp_path, on, count):
    version = {
        "from": "2019-01-01",
        "until": "2021-01-01",
        "cadence": {"type": "periodic", "unit": "day"},
    }
    examples = [example | {"on": "2020-06-01"} for example in rule()["examples"]]
    book = rulebook(tmp_path, pack(rule(versions=[version], examples=examples)))

    assert count == len(derive(book, organisation(), on))


def test_an_unknown_date_of_effect_counts_as_in_force(tmp_path):
    book = rulebook(tmp_path, pack(rule(effective={"precision": "unknown"})))

    assert 1 == len(derive(book, organisation(), DAY))


def test_a_figure_of_a_parameter_counts_from_its_day(tmp_path):
    parameter = {
        "id": "small",
        "title": words(),
        "unit": "people",
        "values": [{"from": "2022-01-01", "value": 10}, {"from": "2026-01-01", "value": 20}],
    }
    many = rule(applies={"site.staff": {"gte": "$small"}}, examples=rule()["examples"])
    many["examples"] = [
        {"name": "many", "facts": {"site.staff": 20}, "applies": True},
        {"name": "few", "facts": {"site.staff": 19}, "applies": False},
    ]
    book = rulebook(tmp_path, pack(many, parameters=[parameter]))
    fifteen = organisation({"site.staff": 15})

    days = [date(2021, 6, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [0, 1, 0] == [len(derive(book, fifteen, day)) for day in days]


def test_concluded_facts_fill_unknown_ones_and_say_which_rule_concluded_them(tmp_path):
    book = rulebook(
        tmp_path,
        pack(
            rule(
                "last",
                applies={"site.assembly_occupancy": True},
                examples=[
                    {"name": "yes", "facts": {"site.assembly_occupancy": True}, "applies": True},
                    {"name": "no", "facts": {"site.assembly_occupancy": False}, "applies": False},
                ],
            ),
            state(
                "second",
                "site.assembly_occupancy",
                value=True,
                applies={"site.public_gathering_place": True},
                examples=[
                    {
                        "name": "yes",
                        "facts": {"site.public_gathering_place": True},
                        "applies": True,
                    },
                    {
                        "name": "no",
                        "facts": {"site.public_gathering_place": False},
                        "applies": False,
                    },
                ],
            ),
            state("first", "site.public_gathering_place", value=True),
        ),
    )

    last = found(book, organisation())["store", "last"]

    assert {"site.assembly_occupancy": True} == last.because
    assert {"site.assembly_occupancy": "second"} == last.concluded_by
    stated = organisation({"site.kind": "mall", "site.assembly_occupancy": False})
    assert ("store", "last") not in found(book, stated)


def test_an_asset_is_seen_with_its_place_and_its_site(tmp_path):
    condition = {"asset.kind": "refrigerator", "place.kind": "kitchen", "site.kind": "mall"}
    examples = [
        {"name": "yes", "facts": condition, "applies": True},
        {"name": "no", "facts": {"asset.kind": "lift"}, "applies": False},
    ]
    book = rulebook(tmp_path, pack(rule(target="asset", applies=condition, examples=examples)))

    binding = only(book, organisation())

    assert ("store/fridge", "asset", "binds") == (
        binding.target,
        binding.target_kind,
        binding.status,
    )
    assert condition == binding.because


def test_a_person_is_seen_at_each_site_with_its_roles(tmp_path):
    condition = {"person.roles": {"has": "cook"}}
    examples = [
        {"name": "yes", "facts": {"person.roles": ["cook"]}, "applies": True},
        {"name": "no", "facts": {"person.roles": ["guard"]}, "applies": False},
    ]
    book = rulebook(tmp_path, pack(rule(target="person", applies=condition, examples=examples)))

    binding = only(book, organisation())

    assert "store/zhang" == binding.target
    assert {"person.roles": ("cook",)} == binding.because


def test_house_packs_bind_only_where_they_are_named(tmp_path):
    source = {"instrument": "some-law", "clause": words(), "grade": "B", "origin": "Rule 3"}
    house = pack(rule("house-check", source=source), id="house", layer="site", instruments=None)
    book = rulebook(tmp_path, pack(), house)

    assert {("store", "daily-check")} == set(found(book, organisation()))
    assert {("store", "daily-check"), ("store", "house-check")} == set(
        found(book, organisation(packs=["house"]))
    )
    with pytest.raises(InputInvalid, match="no rule pack nobody"):
        derive(book, organisation(packs=["nobody"]), DAY)


def test_a_fact_of_the_wrong_type_is_refused_even_from_code(tmp_path):
    with pytest.raises(FactRefused, match=r"site\.kind"):
        derive(rulebook(tmp_path, pack()), organisation({"site.kind": "barn"}), DAY)
