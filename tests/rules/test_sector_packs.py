"""Packs of practice: told apart from law, taken up by choice, and complete enough to work with."""

from datetime import date
from pathlib import Path

import pytest

from rules.coverage.carried import carried, names_of_nothing
from rules.coverage.items import practices, requirements
from rules.derive import derive
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from rules.pack import DATED_KINDS, Pack
from rules.rulebook import RuleBook

EXAMPLES = Path(__file__).parents[2] / "examples"
MONDAY = date(2026, 11, 23)
# Each with at least this many checklists of its own.
SECTORS = {
    "sector-school": 10,
    "sector-kindergarten": 5,
    "sector-hospital": 5,
    "sector-mall": 10,
    "sector-office": 10,
    "sector-canteen": 10,
    "sector-facilities": 10,
    "sector-security": 5,
    "sector-common": 20,
}


@pytest.fixture(scope="module")
def rulebook() -> RuleBook:
    return load_rulebook()


@pytest.fixture(scope="module")
def packs(rulebook: RuleBook) -> list[Pack]:
    return [pack for pack in rulebook.packs if pack.id in SECTORS]


def test_every_sector_has_several_checklists_and_all_are_used(packs: list[Pack]) -> None:
    counts = {pack.id: len(pack.checklists) for pack in packs}
    used = {version.checklist for pack in packs for r in pack.rules for version in r.versions}
    unused = [each.id for pack in packs for each in pack.checklists if each.id not in used]

    assert SECTORS.keys() == counts.keys()
    assert [] == [name for name, least in SECTORS.items() if counts[name] < least]
    assert [] == unused


def test_practice_binds_nobody_who_does_not_name_it(packs: list[Pack]) -> None:
    assert {("sector", True)} == {(pack.layer, pack.opt_in) for pack in packs}


def test_practice_is_never_more_than_recommended(rulebook: RuleBook, packs: list[Pack]) -> None:
    rules = [rule for pack in packs for rule in pack.rules]

    assert {"practice"} == {rulebook.instrument(rule).force for rule in rules}
    assert {"recommended"} == {rulebook.strength(rule) for rule in rules}


def test_every_dated_practice_has_a_checklist_and_names_what_it_carries(packs: list[Pack]) -> None:
    rules = [rule for pack in packs for rule in pack.rules]

    bare = [r.id for r in rules if r.kind in DATED_KINDS and r.versions[0].checklist is None]
    silent = [r.id for r in rules if not r.covers]

    assert [] == bare
    assert [] == silent


def test_the_sixty_eight_systems_are_carried_or_say_why_not(rulebook: RuleBook) -> None:
    found = carried(rulebook, practices())

    assert [f"S{n:02}" for n in range(1, 70) if n != 47] == [each.item.id for each in found]
    assert ["S68"] == [each.item.id for each in found if each.state == "not-yet"]
    assert [] == [e.item.id for e in found if e.state == "not-yet" and e.item.not_yet is None]


def test_no_rule_carries_what_nobody_asked_for(rulebook: RuleBook) -> None:
    assert {} == names_of_nothing(rulebook, (*requirements(), *practices()))


def test_every_part_that_carries_a_practice_exists() -> None:
    top = Path(__file__).parents[2]

    missing = [
        part.module
        for item in practices()
        for part in item.parts
        if not (top / part.module).exists()
    ]

    assert [] == missing


@pytest.mark.parametrize(
    ("name", "packs"),
    [
        ("boarding-school", {"sector-school", "sector-canteen"}),
        ("kindergarten", {"sector-kindergarten"}),
        ("mall-group", {"sector-mall"}),
        ("government-office", {"sector-office"}),
        ("logistics-service", {"sector-common", "sector-facilities", "sector-security"}),
    ],
)
def test_a_demo_organisation_takes_up_the_practice_of_its_sector_without_new_questions(
    rulebook: RuleBook, name: str, packs: set[str]
) -> None:
    organisation = load_organisation(EXAMPLES / f"{name}.yaml")

    bindings = derive(rulebook.for_organisation(organisation), organisation, MONDAY)

    mine = [each for each in bindings if rulebook.pack_of(each.rule).id in SECTORS]
    assert packs == {rulebook.pack_of(each.rule).id for each in mine}
    assert {"binds"} == {each.status for each in mine}
