"""What the built-in packs of food, lifts, water, health, security and labour demand of sites."""

from collections.abc import Iterator

import pytest

from rules.cadence import MaxGap, PerMeal
from rules.pack import Rule, RuleVersion
from tests.rules.sample_site import ON, bound, built_in, duties

PACKS = frozenset(
    {
        "cn-food",
        "cn-special-equipment",
        "cn-local-lift",
        "cn-local-water",
        "cn-child-health",
        "cn-hospital",
        "cn-school-bus",
        "cn-security",
        "cn-labour",
    }
)
ROSTER_LIMITS = {
    "day-hours": ("lte", "hour"),
    "week-hours": ("lte", "hour"),
    "week-hours-average": ("lte", "hour"),
    "weekly-rest": ("gte", "day"),
    "overtime-day": ("lte", "hour"),
    "overtime-day-special": ("lte", "hour"),
    "overtime-month": ("lte", "hour"),
    "night-shifts": ("lte", "shift"),
}


def rules() -> Iterator[Rule]:
    for pack in built_in().packs:
        if pack.id in PACKS:
            yield from pack.rules


def version_of(rule_id: str) -> RuleVersion:
    version = built_in().version(built_in().rule(rule_id), ON)
    assert version is not None
    return version


def test_a_school_without_meals_gets_no_canteen_duty() -> None:
    facts = {"site.kind": "primary-school", "site.has_canteen": False, "site.food_business": False}

    actual = duties(facts)

    assert [] == [rule for rule in actual if rule.startswith(("moe45-", "canteen-", "cater-"))]


def test_a_school_canteen_samples_once_for_each_meal() -> None:
    actual = bound({"site.kind": "primary-school", "site.has_canteen": True})

    assert {"moe45-samples"} == actual & {"moe45-samples", "cater-samples"}
    assert isinstance(version_of("moe45-samples").cadence, PerMeal)


def test_a_hospital_canteen_is_asked_whether_the_open_wording_takes_it_in() -> None:
    binding = duties({"site.kind": "hospital", "site.has_canteen": True})["food-reg-canteen"]

    assert binding.status == "may-apply"
    assert binding.waits_for == ("site.collective_dining_unit",)


def test_lift_upkeep_is_a_gap_from_the_last_upkeep_that_the_maintainer_does_not_confirm() -> None:
    version = version_of("se-reg-lift-15d")

    assert MaxGap(type="max-gap", days=15) == version.cadence
    assert version.anchor == "completion"
    assert version.people.excludes == ("maintainer",)


def test_an_escalator_counts_as_a_lift() -> None:
    assert "samr74-daily" in bound({"site.kind": "mall"}, asset="escalator")


def test_a_tank_is_tested_monthly_in_zhengzhou_and_not_by_city_law_in_beijing() -> None:
    expected = {"water-zhengzhou", "water-zhengzhou-test", "water-zhengzhou-restart"}

    zhengzhou = bound({"site.city": "郑州市"}, asset="water-tank")
    beijing = bound({"site.city": "北京市"}, asset="water-tank")

    assert expected == {rule for rule in zhengzhou if rule.startswith("water-")}
    assert set() == {rule for rule in beijing if rule.startswith("water-")}


@pytest.mark.parametrize(
    ("kind", "expected"), [("mall", True), ("hospital", True), ("office", False)]
)
def test_video_is_kept_30_days_where_the_article_names_the_kind_of_place(
    kind: str,
    expected: bool,  # noqa: FBT001 - a truth value is the expectation
) -> None:
    facts = {"site.kind": kind, "site.has_cctv": True, "site.has_public_service_hall": False}

    assert expected == ("video-30d" in bound(facts))


def test_forty_hours_bind_a_civil_servant_and_the_labour_law_does_not() -> None:
    person = {"roles": ["clerk"], "facts": {"person.labour_contract": False}}

    actual = duties({"site.kind": "government-office", "site.unit_type": "organ"}, person=person)

    assert actual["hours-40"].status == "binds"
    assert "labour-8h-44h" not in actual


def test_an_approved_working_hours_system_lifts_the_daily_limit() -> None:
    person = {"roles": ["guard"], "facts": {"person.working_hours_system": "comprehensive"}}

    actual = duties({"site.kind": "mall", "site.unit_type": "enterprise"}, person=person)

    assert "hours-40" not in actual
    assert actual["labour-other-system"].status == "binds"
    assert actual["labour-rest-day"].status == "binds"


def test_nobody_is_asked_whether_she_is_pregnant_or_nursing() -> None:
    person = {"roles": ["clerk"], "facts": {}}

    actual = duties({"site.kind": "office", "site.unit_type": "enterprise"}, person=person)

    asked = {fact for binding in actual.values() for fact in binding.waits_for}
    assert set() == asked & {"person.pregnant_months", "person.nursing"}


def test_the_limits_that_rosters_read_keep_their_names_directions_and_units() -> None:
    actual = {
        limit.name: (limit.operator, limit.unit)
        for rule in rules()
        if rule.domain == "roster"
        for version in rule.versions
        for limit in version.limits
        if limit.name in ROSTER_LIMITS
    }

    assert actual == ROSTER_LIMITS


def test_keeping_records_and_keeping_limits_never_makes_a_recurring_task() -> None:
    kinds = {"retention", "constraint", "state", "permission"}

    recurring = [
        rule.id
        for rule in rules()
        for version in rule.versions
        if rule.kind in kinds and version.cadence is not None
    ]

    assert recurring == []


def test_nothing_from_memory_stands_in_these_packs() -> None:
    grades = {rule.source.grade for rule in rules()}

    assert grades == {"A", "B"}


def test_drafts_work_codes_and_notices_are_recommended() -> None:
    for rule_id in ("cater-samples", "kg-outdoor-full-day", "epid-report-24h", "tsg-t5002-drill"):
        assert built_in().strength(built_in().rule(rule_id)) == "recommended"


@pytest.mark.parametrize("city", ["郑州", "郑州市"])
def test_city_rules_bind_with_and_without_the_suffix_of_the_city(city: str) -> None:
    assert "water-zhengzhou" in bound({"site.city": city}, asset="water-tank")


def test_a_tank_for_fire_fighting_is_no_secondary_water_supply() -> None:
    facts = {"site.city": "青岛市", "site.has_secondary_water_supply": False}

    assert "water-qingdao" not in duties(facts, asset="water-tank")


def test_a_hospital_registers_medical_waste_without_being_asked() -> None:
    expected = {"medwaste-register", "medwaste-2days"}

    assert expected == expected & bound({"site.kind": "hospital"})


def test_a_restaurant_is_a_food_business_by_its_kind() -> None:
    facts = {"site.kind": "restaurant", "site.unit_type": "enterprise", "site.has_canteen": False}

    assert "samr97-daily" in bound(facts)


def test_a_site_without_labour_contracts_is_not_asked_about_each_person() -> None:
    facts = {"site.kind": "primary-school", "site.unit_type": "institution", "site.employer": False}

    actual = duties(facts, person={"roles": ["teacher"]})

    assert [] == [rule for rule, one in actual.items() if "person.labour_contract" in one.waits_for]


def test_the_morning_check_falls_due_where_a_nursery_has_no_terms() -> None:
    assert version_of("epid-absence-track").days == "opening"


def test_what_moves_to_an_earlier_day_says_which_days_count() -> None:
    moving = [
        rule.id
        for rule in rules()
        for version in rule.versions
        if version.day_off == "before" and version.days == "every"
    ]

    assert [] == moving
