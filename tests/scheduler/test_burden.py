"""The burden adds up: the shares of rules, and those of people, are the whole."""

from datetime import date
from pathlib import Path

import pytest

from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from scheduler.burden import burden
from tests.rules.builders import organisation, pack, rule, rulebook, words

EXAMPLES = Path(__file__).parents[2] / "examples"
SINCE, UNTIL = date(2026, 11, 23), date(2026, 12, 20)
CHECKLIST = {
    "id": "walk",
    "title": words(),
    "items": [{"id": "a", "type": "pass-fail", "title": words()}],
}


def daily(rule_id, **version):
    sound = {"from": "2020-01-01", "cadence": {"type": "periodic", "unit": "day"}, "minutes": 10}
    return rule(rule_id, versions=[sound | version])


@pytest.mark.parametrize(
    "name",
    ["kindergarten", "mall-group", "boarding-school", "government-office", "logistics-service"],
)
def test_the_parts_of_every_demo_organisation_add_up(name):
    every = load_rulebook()
    here = load_organisation(EXAMPLES / f"{name}.yaml", every)

    found = burden(every.for_organisation(here), here, since=SINCE, until=UNTIL)

    assert found.minutes > 0
    assert found.minutes == sum(each.minutes for each in found.rules)
    assert found.minutes == sum(found.people.values()) + found.nobody
    assert found.saved >= 0
    assert min(found.people.values()) >= 0


def test_every_occurrence_counts_its_minutes_and_people(tmp_path):
    book = rulebook(tmp_path, pack(daily("alone", people={"count": 2})))

    found = burden(book, organisation(), since=SINCE, until=UNTIL)

    assert (28, 28 * 20, 28 * 20) == (
        found.rules[0].occurrences, found.rules[0].alone, found.rules[0].minutes,
    )  # fmt: skip
    assert 4 == found.weeks


def test_one_inspection_for_two_rules_counts_once_and_is_shared(tmp_path):
    shared = pack(
        daily("first", checklist="walk"), daily("second", checklist="walk"), checklists=[CHECKLIST]
    )

    found = burden(rulebook(tmp_path, shared), organisation(), since=SINCE, until=UNTIL)

    assert (280, 280, 28) == (found.minutes, found.saved, found.inspections)
    assert {"first": 140, "second": 140} == {each.rule: each.minutes for each in found.rules}


def test_what_nobody_may_do_is_told_apart(tmp_path):
    book = rulebook(tmp_path, pack(daily("gated", people={"roles": ["nutrition"]})))

    found = burden(book, organisation(), since=SINCE, until=UNTIL)

    assert (280, 280) == (found.minutes, found.nobody)
