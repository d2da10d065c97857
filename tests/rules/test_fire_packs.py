"""What the built-in fire and drill packs demand of whole sites, definitions chained to duties."""

from collections.abc import Iterator

import pytest

from rules.cadence import Count, Interval, MaxGap, Periodic
from rules.pack import Rule
from tests.rules.sample_site import bound, built_in, duties

FIRE_PACKS = frozenset(
    {"cn-fire", "cn-fire-law", "cn-fire-order-61", "cn-fire-high-rise", "cn-drill", "cn-local-fire"}
)


def fire_rules() -> Iterator[Rule]:
    for pack in built_in().packs:
        if pack.id in FIRE_PACKS:
            yield from pack.rules


def test_a_mall_is_patrolled_every_two_hours_and_daily_from_its_kind_alone() -> None:
    expected = {"mps61-public-gathering-2h", "mps61-daily-patrol", "gbt40248-daily-patrol"}

    actual = bound({"site.kind": "mall"})

    assert expected == expected & actual


def test_a_day_kindergarten_gets_no_patrol_of_public_gathering_places() -> None:
    facts = {"site.kind": "kindergarten", "site.children_stay_overnight": False}

    actual = duties(facts)

    assert "mps61-public-gathering-2h" not in actual


def test_a_kindergarten_that_has_not_said_whether_children_stay_overnight_is_asked_that() -> None:
    binding = duties({"site.kind": "kindergarten"})["mps61-night-patrol"]

    assert binding.status == "may-apply"
    assert binding.waits_for == ("site.children_stay_overnight",)


def test_a_day_kindergarten_is_asked_how_it_reads_boarding() -> None:
    facts = {"site.kind": "kindergarten", "site.children_stay_overnight": False}

    actual = duties(facts)

    assert "mps61-night-patrol" not in actual
    assert actual["mps61-night-patrol-day-kindergarten"].status == "may-apply"


@pytest.mark.parametrize("kind", ["hospital", "care-home"])
def test_a_hospital_or_care_home_patrols_at_night_without_being_asked(kind: str) -> None:
    assert "mps61-night-patrol" in bound({"site.kind": kind})


@pytest.mark.parametrize(
    ("height", "expected"),
    [
        (24, set()),
        (24.1, {"highrise-drill-yearly"}),
        (100, {"highrise-drill-yearly"}),
        (100.1, {"highrise-drill-yearly", "highrise-drill-100m-halfyear"}),
    ],
)
def test_the_height_of_an_office_decides_its_drills(height: float, expected: set[str]) -> None:
    facts = {"site.kind": "office", "site.height_m": height, "site.storeys": 6}

    actual = bound(facts) & {"highrise-drill-yearly", "highrise-drill-100m-halfyear"}

    assert expected == actual


@pytest.mark.parametrize(
    ("unit_type", "expected"),
    [
        ("organ", {"mps61-inspection-quarterly"}),
        ("institution", {"mps61-inspection-quarterly"}),
        ("enterprise", {"mps61-inspection-monthly"}),
        ("household", set()),
    ],
)
def test_the_type_of_unit_decides_how_often_it_inspects(unit_type: str, expected: set[str]) -> None:
    facts = {"site.kind": "office", "site.unit_type": unit_type}

    actual = bound(facts) & {"mps61-inspection-quarterly", "mps61-inspection-monthly"}

    assert expected == actual


@pytest.mark.parametrize(
    ("province", "remote", "expected"),
    [
        ("广东省", True, {"gd-control-room-networked-one-person"}),
        ("广东省", False, {"gd-control-room-networked"}),
        ("浙江省", True, {"local-control-room-1person-zhejiang"}),
        ("湖南省", True, set()),
    ],
)
def test_one_operator_is_admitted_only_in_provinces_and_rooms_that_the_law_names(
    province: str, *, remote: bool, expected: set[str]
) -> None:
    facts = {
        "site.kind": "office",
        "site.unit_type": "enterprise",
        "site.province": province,
        "site.has_fire_control_room": True,
        "site.control_room_remote_control": remote,
    }
    local = {rule.id for rule in fire_rules() if "control-room" in rule.id} - {
        "fire-87-control-room",
        "gb25506-control-room",
    }

    assert expected == bound(facts) & local


def test_no_fire_rule_turns_half_a_month_into_fifteen_days() -> None:
    cadences = [version.cadence for rule in fire_rules() for version in rule.versions]

    assert [] == [cadence for cadence in cadences if isinstance(cadence, MaxGap)]


def test_retention_of_patrol_records_never_becomes_a_yearly_job() -> None:
    rule = built_in().rule("zj-patrol-record-1y")

    assert rule.kind == "retention"
    assert [None] == [version.cadence for version in rule.versions]


def test_the_cadences_are_those_of_the_articles() -> None:
    expected = {
        "fire-law-yearly-full-test": Periodic(type="periodic", unit="year"),
        "mps61-drill-key-halfyear": Periodic(type="periodic", unit="half-year"),
        "highrise-inspection-halfmonth": Periodic(type="periodic", unit="half-month"),
        "highrise-kitchen-duct": Periodic(type="periodic", unit="quarter"),
        "extinguisher-monthly": Periodic(type="periodic", unit="month"),
        "gbt40248-night-2h": Interval(type="interval", every=2, unit="hour", within="night"),
        "sh-drill-2-per-year": Count(type="count", times=2, per="year"),
    }

    actual = {rule: built_in().rule(rule).versions[-1].cadence for rule in expected}

    assert expected == actual


def test_one_flat_in_a_tower_does_not_patrol_the_whole_building() -> None:
    household = {
        "site.kind": "residential",
        "site.unit_type": "household",
        "site.height_m": 60,
        "site.storeys": 20,
    }
    expected = {"fire-law-exits-clear-individuals", "highrise-hot-work", "highrise-electric-check"}

    actual = bound(household)

    assert expected == expected & actual
    assert set() == actual & {"highrise-daily-patrol", "highrise-assessment-yearly"}
    assert set() == {rule for rule in duties(household) if rule.startswith(("wsl-drill", "mem2-"))}


def test_the_manager_of_a_tower_of_flats_patrols_it_daily_and_inspects_it_monthly() -> None:
    facts = {"site.kind": "residential", "site.unit_type": "enterprise", "site.height_m": 27.1}

    actual = bound(facts)

    expected = {"highrise-daily-patrol", "highrise-residential-monthly"}
    assert expected == expected & actual
    assert "highrise-inspection-halfmonth" not in actual


@pytest.mark.parametrize(
    ("unit_type", "expected"), [("enterprise", "binds"), ("individual-business", "may-apply")]
)
def test_order_61_makes_key_units_of_units_and_asks_individual_businesses(
    unit_type: str, expected: str
) -> None:
    actual = duties({"site.kind": "restaurant", "site.unit_type": unit_type})

    assert expected == actual["mps61-daily-patrol"].status


def test_an_enterprise_is_a_business_unit_without_being_asked_and_an_institution_is_asked() -> None:
    enterprise = duties({"site.kind": "office", "site.unit_type": "enterprise"})
    school = duties({"site.kind": "primary-school", "site.unit_type": "institution"})
    organ = duties({"site.kind": "government-office", "site.unit_type": "organ"})

    assert enterprise["mem2-33-drills-yearly"].status == "binds"
    assert school["mem2-33-drills-yearly"].waits_for == ("site.production_business_unit",)
    assert "mem2-33-drills-yearly" not in organ


def test_only_sites_that_may_be_a_commercial_complex_are_asked_whether_they_are() -> None:
    asked = ("site.large_commercial_complex",)

    mall, school = duties({"site.kind": "mall"}), duties({"site.kind": "primary-school"})

    assert asked == mall["complex-patrol-daily"].waits_for
    assert [] == [rule for rule, each in school.items() if asked == each.waits_for]
