"""Random checks and drills that nobody may foresee, and what leaders see."""

from datetime import timedelta

import pytest

from inspections.feeds.choices import Choices
from inspections.feeds.gathering import gather
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import scope_of
from inspections.findings.opening import FindingReport, open_finding
from rules.text import Text
from tests.inspections.feeds.a_feed import NOW, changed_rule, first_task, shown_by


def test_a_random_check_is_seen_by_nobody_before_it_opens(school, rulebook):
    row = first_task(school, "yard-random")
    key = f"occurrence-{row.id}"
    everything = Choices(shows="site", site="main")
    scope = scope_of(school, "campus", everything, now=NOW)
    found = gather(school, scope, RuleKinds(rulebook))
    opens_at = row.hidden_until

    before = shown_by(school, rulebook, everything, opens_at - timedelta(seconds=1))
    after = shown_by(school, rulebook, everything, opens_at)

    assert key not in before
    assert key in after
    assert found.holds_until <= opens_at


@pytest.mark.parametrize("choices", [Choices(shows="leaders"), Choices(shows="site", site="main")])
def test_an_unannounced_drill_is_seen_by_nobody_before_it_starts(school, rulebook, choices):
    secret = changed_rule(rulebook, "yard-daily", domain="drill", announced=False)
    row = first_task(school, "yard-daily")
    key = f"occurrence-{row.id}"

    before = shown_by(school, secret, choices, row.opens_at - timedelta(seconds=1))
    after = shown_by(school, secret, choices, row.opens_at)

    assert not [item for item in before.values() if item.kind == "drill"]
    assert "drill" == after[key].kind


def test_leaders_see_drills_as_whole_days_and_deadlines_and_nothing_else(school, rulebook):
    drills = changed_rule(rulebook, "kitchen-temperature", domain="drill")
    title = Text(zh="地面破损", en="Broken floor")
    report = FindingReport("campus", "main", title, "minor", "officer", owner="cook")
    open_finding(school, rulebook, report, now=NOW)

    shown = shown_by(school, drills, Choices(shows="leaders")).values()

    assert {"drill", "finding"} == {item.kind for item in shown}
    assert all(item.day is not None for item in shown)
