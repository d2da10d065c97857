"""A defect that is known through a day is not found anew."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from inspections.findings.rectification import (
    know_until,
)
from inspections.models import (
    FindingEventRow,
    FindingRow,
)
from tests.inspections.reactions.a_school import DAY, MONDAY, all_rows, fail


@pytest.mark.parametrize(("day", "findings"), [(3, 1), (4, 2)])
def test_a_known_defect_is_not_found_anew_until_the_day_after(school, book, day, findings):
    """Known until Thursday: that day it is still known, on Friday it is a finding again."""
    fail(school, book, surface="fail")
    finding = school.scalars(select(FindingRow)).one()
    until = datetime(2026, 3, 5, 15, 59, tzinfo=UTC)  # Thursday 23:59 in Shanghai
    know_until(
        school, finding_id=finding.id, by="officer", now=MONDAY, until=until, note="fenced off"
    )

    inspection = fail(school, book, surface="fail", at=MONDAY + day * DAY)

    assert findings == len(all_rows(school, FindingRow))
    seen = [row for row in all_rows(school, FindingEventRow) if (row.data or {}).get("seen")]
    assert [inspection] * (2 - findings) == [row.data["seen"] for row in seen]


def test_what_is_worse_than_the_known_defect_is_found(school, book):
    fail(school, book, gate="open")
    finding = school.scalars(select(FindingRow)).one()
    finding.severity = "minor"
    until = datetime(2026, 3, 31, 15, 59, tzinfo=UTC)
    know_until(school, finding_id=finding.id, by="officer", now=MONDAY, until=until, note="rusty")

    fail(school, book, gate="open", at=MONDAY + DAY)

    assert ["minor", "moderate"] == [row.severity for row in all_rows(school, FindingRow)]
