"""Which packs apply where: by country, by name, and never by surprise."""

from datetime import date
from pathlib import Path

import pytest

from rules.derive import derive
from rules.faults import InputInvalid
from rules.loader import check_packs
from rules.organisation.loader import load_organisation, organisation_from_data
from tests.rules.builders import organisation_data, pack, reaction, rule, rulebook, words, written
from tests.rules.sample_site import built_in

ABROAD = Path(__file__).parents[1] / "abroad"
ON = date(2026, 5, 11)
ONE_DAY = {"amount": 1, "unit": "day"}
CITED = {"instrument": "some-law", "clause": words(), "grade": "A", "origin": "Rule 3"}


def found_in(name):
    organisation = load_organisation(ABROAD / f"{name}.yaml", built_in())
    return {(each.rule, each.target, each.status) for each in derive(built_in(), organisation, ON)}


def packs_of(country, *named):
    data = organisation_data(country=country, packs=list(named))
    organisation = organisation_from_data(data, _somewhere)
    packs = built_in().for_organisation(organisation).packs
    return {each.id for each in packs if not each.product_default}


def _somewhere(location):
    return "org.yaml", 1, ".".join(map(str, location))


def faults_of(book, **changes):
    with pytest.raises(InputInvalid) as raised:
        organisation_from_data(organisation_data(**changes), _somewhere, book)
    return [(fault.field, fault.message.en) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("US", {"us"}),
        ("GB", {"uk"}),
        ("GB-ENG", {"uk"}),
        ("DE-BY", {"eu"}),
        ("FR", {"eu"}),
        ("CH", set()),
    ],
)
def test_only_the_packs_of_the_country_apply(country, expected):
    assert expected == {each for each in packs_of(country) if not each.startswith("sector")}


def test_no_foreign_pack_and_nothing_from_memory_binds_a_chinese_unit_that_did_not_ask():
    assert set() == packs_of("CN") & {"us", "uk", "eu", "cn-from-memory", "us-from-memory"}


def test_a_pack_of_another_country_applies_to_whoever_names_it():
    assert {"us", "us-from-memory"} <= packs_of("CN", "us", "us-from-memory")


@pytest.mark.parametrize("country", ["GB-XX", "CN-GX", "XX", "GBR", "GB-", "England", "gb"])
def test_a_country_or_region_that_does_not_exist_is_refused_in_a_file(country):
    assert ["country"] == [field for field, _ in faults_of(None, country=country)]


def test_choosing_again_among_what_was_chosen_changes_nothing():
    data = organisation_data(packs=["-default-reactions", "uk"])
    organisation = organisation_from_data(data, _somewhere)

    once = built_in().for_organisation(organisation)

    assert once.packs == once.for_organisation(organisation).packs


def test_a_school_in_england_measures_its_water_monthly_and_knows_no_chinese_duty():
    found = found_in("uk-school")

    assert ("hsg274-monthly", "oak-lane/water", "binds") in found
    assert ("uk-fso-schools", "oak-lane", "binds") in found
    assert ("bs5839-weekly", "oak-lane/alarm", "binds") in found
    assert {"uk", "uk-from-memory"} == {built_in().pack_of(each[0]).id for each in found}


def test_a_hospital_in_washington_state_looks_at_its_extinguishers_and_reviews_its_plan():
    rules = {each[0] for each in found_in("us-hospital") if each[2] == "binds"}

    assert {
        "us-osha-ext-monthly",
        "us-osha-ext-annual",
        "us-osha-ext-6y",
        "us-osha-eap",
        "us-osha-eap-review-assignment",
        "us-osha-eap-review-change",
        "us-osha-fpp",
        "fda-temps",
        "fda-cooling",
    } == rules


def test_the_working_time_directive_spares_a_manager_who_sets_her_own_hours():
    rested = {each[1] for each in found_in("de-clinic") if each[0] == "wtd-rest"}

    assert {"linden/eva", "linden/jan", "linden/uwe"} == rested


def test_what_is_known_from_memory_is_told_so_and_is_never_mandatory():
    told = [
        (rule, built_in().clause_text(rule), built_in().strength(rule))
        for pack in built_in().packs
        if pack.opt_in
        for rule in pack.rules
        if rule.source.grade == "C"
    ]

    assert len(told) > 60
    assert all("凭记忆" in text.zh and "from memory" in text.en for _, text, _ in told)
    assert {"recommended"} == {strength for _, _, strength in told}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"opt_in": True, "layer": "sector"}, []),
        ({"opt_in": True, "layer": "law"}, ["rules.0.source.grade"]),
        ({"layer": "sector"}, ["rules.0.source.grade"]),
    ],
)
def test_rules_from_memory_stand_only_in_sector_packs_that_are_off(tmp_path, changes, fields):
    source = {"instrument": "some-law", "clause": None, "grade": "C", "unverified": [words()]}
    data = pack(rule(source=source), **changes)

    faults = check_packs([written(tmp_path, data)]).faults

    assert fields == [fault.field for fault in faults]


def test_a_rule_from_memory_quotes_no_clause(tmp_path):
    data = pack(rule(source=CITED | {"grade": "C"}), opt_in=True, layer="sector")

    faults = check_packs([written(tmp_path, data)]).faults

    assert ["rules.0.source.clause"] == [fault.field for fault in faults]


def test_a_country_that_does_not_exist_is_refused(tmp_path):
    faults = check_packs([written(tmp_path, pack(countries=["CN", "XX"]))]).faults

    assert ["countries.1"] == [fault.field for fault in faults]


def test_a_house_pack_cannot_be_off_by_default_twice(tmp_path):
    data = pack(rule(source=CITED), layer="site", opt_in=True)

    assert ["opt_in"] == [each.field for each in check_packs([written(tmp_path, data)]).faults]


def test_a_pack_may_not_build_on_one_that_does_not_apply_in_its_country(tmp_path):
    lower = pack(rule(), countries=["CN"])
    upper = pack(rule("ours"), id="upper", instruments=None, countries=["CN", "DE"], layer="sector")
    paths = [written(tmp_path, lower, "a.yaml"), written(tmp_path, upper, "b.yaml")]

    faults = check_packs(paths).faults

    assert [("countries.1", True)] == [(e.field, "some-pack" in e.message.en) for e in faults]


def test_a_pack_may_not_open_the_check_of_one_that_does_not_apply_in_its_country(tmp_path):
    waiting = {"type": "event", "event": "fire", "within": {"amount": 1, "unit": "day"}}
    called = rule("called", kind="event", versions=[{"from": "2020-01-01", "cadence": waiting}])
    opening = {"do": "open-checklist", "id": "open", "rule": "called", "within": ONE_DAY}
    source = {"instrument": "other-law", "clause": words(), "grade": "A"}
    reacting = reaction(source=source, versions=[{"from": "2020-01-01", "then": [opening]}])
    upper = pack(reacting, id="upper", countries=["DE"], layer="sector")
    upper["instruments"][0]["id"] = "other-law"
    paths = [written(tmp_path, pack(called), "a.yaml"), written(tmp_path, upper, "b.yaml")]

    faults = check_packs(paths).faults

    assert [("countries.0", True)] == [(e.field, "called" in e.message.en) for e in faults]


def test_an_organisation_cannot_name_a_pack_whose_ground_its_country_lacks(tmp_path):
    law = pack(rule())
    house = pack(rule("ours", source=CITED), id="ours", layer="site", instruments=None)
    book = rulebook(tmp_path, law, house)

    assert faults_of(book, country="DE", packs=["ours"]) == [
        ("packs.0", "ours builds on some-pack, which DE does not use.")
    ]
    both = organisation_data(country="DE", packs=["ours", "some-pack"])
    organisation_from_data(both, _somewhere, book)


def test_an_unknown_pack_is_refused_with_the_nearest_name(tmp_path):
    house = pack(rule(source=CITED), layer="site", id="our-house")
    book = rulebook(tmp_path, house)

    assert faults_of(book, packs=["our-hous"]) == [("packs.0", "There is no rule pack our-hous.")]
