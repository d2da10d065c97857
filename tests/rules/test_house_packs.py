"""The house packs of the five scenarios, and the demo organisations that use them."""

from datetime import date
from pathlib import Path

import pytest

from rules.checklist import NumberItem
from rules.derive import derive
from rules.durations import Duration
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from rules.pack import Pack, RuleVersion
from rules.rulebook import RuleBook

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
MONDAY = date(2026, 11, 23)

FIGURES = {
    "mall_temperature_tolerance": 1,
    "mall_temperature_readings": 2,
    "mall_evacuation_drills": 2,
    "mall_drill_scenarios": 6,
    "mall_campaigns": 4,
    "mall_quiz_rounds": 100,
    "mall_goals": 26,
    "mall_indicators": 60,
    "kindergarten_study_weeks": 2,
    "kindergarten_professional_weeks": 2,
    "school_major_check_weeks": 2,
    "school_minor_check_weeks": 1,
    "school_repair_rounds": 2,
    "office_cleanings": 2,
    "office_meetings_least": 3,
    "office_meetings_most": 15,
    "service_urgent_response_hours": 2,
    "service_normal_response_days": 1,
    "service_network_repair_hours": 1,
    "service_equipment_repair_hours": 24,
    "service_call_back_hours": 48,
    "service_drills_a_quarter": 1,
    "service_five_s_hours": 12,
}

CLOCKS = {
    ("service-response-a", "urgent-response"): Duration(amount=2, unit="hour"),
    ("service-response-a", "normal-response"): Duration(amount=1, unit="working-day"),
    ("service-response-b", "response"): Duration(amount=2, unit="hour"),
    ("service-repair-network", "network-repair"): Duration(amount=1, unit="hour"),
    ("service-repair-equipment", "equipment-repair"): Duration(amount=24, unit="hour"),
    ("service-same-day-promise", "same-day-promise"): Duration(unit="same-day"),
    ("service-call-back", "call-back"): Duration(amount=48, unit="hour"),
}


@pytest.fixture(scope="module")
def rulebook() -> RuleBook:
    return load_rulebook()


def _house(rulebook: RuleBook) -> list[Pack]:
    return [pack for pack in rulebook.packs if pack.is_house]


def _version(rulebook: RuleBook, rule_id: str) -> RuleVersion:
    version = rulebook.version(rulebook.rule(rule_id), MONDAY)
    assert version is not None
    return version


@pytest.mark.parametrize("name", FIGURES)
def test_house_packs_carry_the_figures_of_the_documents(rulebook: RuleBook, name: str) -> None:
    expected = FIGURES[name]

    actual = rulebook.parameter(name, MONDAY)

    assert expected == actual


def test_a_figure_that_no_document_gives_is_called_proposed(rulebook: RuleBook) -> None:
    parameters = [each for pack in _house(rulebook) for each in pack.parameters]

    unnamed = [
        each.id
        for each in parameters
        if each.values[0].source is None and "提议值" not in each.title.zh
    ]

    assert [] == unnamed


def test_every_house_duty_has_a_checklist_to_record_it_on(rulebook: RuleBook) -> None:
    rules = [rule for pack in _house(rulebook) for rule in pack.rules]

    bare = [
        rule.id
        for rule in rules
        if rule.kind in {"duty", "event"} and rule.versions[0].checklist is None
    ]

    assert [] == bare


def test_a_sales_floor_reading_is_judged_against_its_set_point(rulebook: RuleBook) -> None:
    checklist = rulebook.checklist("mall-temperature-reading")

    reading = checklist.items[0]

    assert isinstance(reading, NumberItem)
    assert ("asset.set_point_c", 1) == (reading.set_point, reading.tolerance)


def test_a_reading_out_of_range_starts_an_adjustment_and_a_repeat_reading(
    rulebook: RuleBook,
) -> None:
    on_fail = _version(rulebook, "mall-temperature-reading").on_fail

    assert on_fail is not None
    assert ["adjust", "repeat-reading"] == [each.id for each in on_fail.follow_ups]


def test_whoever_repairs_a_fire_system_does_not_confirm_it(rulebook: RuleBook) -> None:
    people = _version(rulebook, "mall-fire-fault-confirm").people

    assert ("maintainer", "rectifier") == people.excludes


@pytest.mark.parametrize("key", CLOCKS)
def test_request_limits_are_those_of_the_texts(rulebook: RuleBook, key: tuple[str, str]) -> None:
    rule_id, clock_id = key

    limits = {each.id: each.limit for each in _version(rulebook, rule_id).clocks}

    assert CLOCKS[key] == limits[clock_id]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_demo_organisation_follows_its_house_pack_and_leaves_questions(
    rulebook: RuleBook, path: Path
) -> None:
    organisation = load_organisation(path)
    (house,) = [pack for pack in _house(rulebook) if pack.id in organisation.packs]

    bindings = derive(rulebook.for_organisation(organisation), organisation, MONDAY)

    bound = {each.rule for each in bindings if each.status == "binds"}
    assert set() == {rule.id for rule in house.rules if rule.kind != "reaction"} - bound
    assert any(each.status == "may-apply" for each in bindings)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_demo_organisation_performed_belongs_to_duties_that_bind_it(
    rulebook: RuleBook, path: Path
) -> None:
    organisation = load_organisation(path)
    bindings = derive(rulebook.for_organisation(organisation), organisation, MONDAY)
    duties = {(each.rule, each.target) for each in bindings if each.status == "binds"}

    strays = [each for each in organisation.performed if (each.rule, each.target) not in duties]

    assert [] == strays
