"""What a site decides where an article's own reading is open, or facts cannot be answered."""

from datetime import date

import pytest

from rules.derive import derive
from tests.rules.builders import organisation, pack, rule, rulebook, words

DAY = date(2026, 9, 1)


def only(book, org, on=DAY):
    (binding,) = derive(book, org, on)
    return binding


def decision(rule_id, *, applies, on="2026-01-01"):
    return {
        "rule": rule_id,
        "site": "store",
        "applies": applies,
        "note": words(),
        "by": "zhang",
        "on": on,
    }


class TestOpenReading:
    def book(self, tmp_path, **changes):
        return rulebook(tmp_path, pack(rule(reading=words("含义？", "What is meant?"), **changes)))

    def test_it_may_apply_until_the_site_decides(self, tmp_path):
        binding = only(self.book(tmp_path), organisation())

        assert ("may-apply", ("decision:daily-check",)) == (binding.status, binding.waits_for)

    def test_unknown_facts_are_asked_first(self, tmp_path):
        binding = only(self.book(tmp_path), organisation({}))

        assert ("may-apply", ("site.kind",)) == (binding.status, binding.waits_for)

    def test_it_never_applies_where_its_facts_say_no(self, tmp_path):
        decided = [decision("daily-check", applies=True)]

        assert () == derive(
            self.book(tmp_path), organisation({"site.kind": "office"}, decisions=decided), DAY
        )

    def test_it_binds_when_the_site_decides_so_and_says_it(self, tmp_path):
        org = organisation(decisions=[decision("daily-check", applies=True)])

        binding = only(self.book(tmp_path), org)

        assert "binds" == binding.status
        assert {"site.kind": "mall", "decision:daily-check": True} == binding.because

    def test_it_is_gone_when_the_site_decides_against_it(self, tmp_path):
        org = organisation(decisions=[decision("daily-check", applies=False)])

        assert () == derive(self.book(tmp_path), org, DAY)

    def test_the_latest_decision_made_until_the_day_counts(self, tmp_path):
        org = organisation(
            decisions=[
                decision("daily-check", applies=False, on="2026-08-01"),
                decision("daily-check", applies=True, on="2026-03-01"),
            ]
        )
        book = self.book(tmp_path)

        days = [date(2026, 2, 1), date(2026, 3, 1), date(2026, 8, 1)]
        statuses = [[each.status for each in derive(book, org, day)] for day in days]

        assert [["may-apply"], ["binds"], []] == statuses


@pytest.mark.parametrize(("applies", "statuses"), [(True, ["binds"]), (False, [])])
def test_a_decision_settles_an_undecided_rule_without_open_reading(tmp_path, applies, statuses):
    org = organisation({}, decisions=[decision("daily-check", applies=applies)])

    bindings = derive(rulebook(tmp_path, pack()), org, DAY)

    assert statuses == [each.status for each in bindings]
