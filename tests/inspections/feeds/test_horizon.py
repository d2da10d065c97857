"""The horizon: certificates, rules taking effect, rare windows of the law."""

from datetime import date

from inspections.feeds.choices import Choices
from inspections.importing import import_organisation
from inspections.planning import plan
from rules.cadence import Periodic
from rules.pack import EffectiveDate
from rules.rulebook import RuleBook
from tests.inspections.feeds.a_feed import (
    NOW,
    changed_rule,
    shown_by,
)


def test_the_horizon_tells_of_certificates_and_of_rules_taking_effect(school, rulebook):
    effective = EffectiveDate(on=date(2026, 4, 1), precision="day")
    book = changed_rule(rulebook, "lift-yearly", effective=effective)

    shown = shown_by(school, book, Choices(shows="horizon", days_ahead=366))

    by_kind = {item.kind: item for item in shown.values()}
    assert {"certificate", "rule"} <= by_kind.keys()
    assert date(2026, 12, 31) == by_kind["certificate"].day
    assert "张师傅" == by_kind["certificate"].place.zh
    assert date(2026, 4, 1) == by_kind["rule"].day
    assert "occurrence" not in by_kind


def test_the_horizon_tells_when_rare_windows_of_the_law_open(session, campus, rulebook):
    pack = rulebook.packs[0]
    monthly = (
        pack.rules[0]
        .versions[0]
        .model_copy(
            update={
                "cadence": Periodic(type="periodic", unit="month"),
                "window": None,
                "days": "every",
            }
        )
    )
    rule = pack.rules[0].model_copy(update={"versions": (monthly,)})
    law = pack.model_copy(update={"layer": "law", "rules": (rule, *pack.rules[1:])})
    book = RuleBook((law,), rulebook.texts)
    import_organisation(session, campus, now=NOW)
    span = {"since": date(2026, 3, 2), "until": date(2026, 6, 30)}
    plan(session, book, organisation_id="campus", now=NOW, assign=False, **span)

    shown = shown_by(session, book, Choices(shows="horizon", days_back=0, days_ahead=120))

    opening = [item for item in shown.values() if item.kind == "opening"]
    first_days = [date(2026, month, 1) for month in (4, 5, 6)]
    assert first_days == sorted(one.day for one in opening if one.title == rule.title)
    # What is due weekly or more often is everyday work.
    assert {"操场每日巡查", "报警系统每月测试"} == {one.title.zh for one in opening}
