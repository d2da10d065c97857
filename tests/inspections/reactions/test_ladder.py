"""Who is told of an overdue finding, and when: the ladder of escalations."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from inspections.findings.rectification import (
    confirm,
    reopen,
    submit_rectification,
)
from inspections.models import (
    FindingRow,
)
from inspections.reactions.escalations import escalations
from tests.inspections.reactions.a_school import (
    DAY,
    NOW,
    fail,
    sweep_at,
)


def test_the_ladder_is_climbed_by_working_days_once_each(school, book):
    """Five working days after Monday is the Monday after; the ladder counts from there."""
    fail(school, book, surface="fail")
    finding = school.scalars(select(FindingRow)).one()
    assert date(2026, 3, 9) == finding.due_at.date()
    looks = {n: finding.due_at + n * DAY for n in (0, 1, 2, 3, 4, 5, 7)}

    rungs = []
    for day in (0, 1, 1, 2, 3, 4, 5, 7, 7):
        sweep_at(school, book, looks[day] + timedelta(minutes=1))
        found = escalations(school, "campus", NOW)
        rungs.append(sum(each.finding_id == finding.id for each in found))

    # Saturday and Sunday, the 14th and 15th, do not count: the fourth rung is the 16th.
    assert [0, 1, 1, 2, 3, 3, 3, 4, 4] == rungs
    mine = [e for e in escalations(school, "campus", NOW) if e.finding_id == finding.id]
    assert [1, 2, 3, 4] == [each.rung for each in mine]
    assert ["owner", "team-lead", "safety-officer", "responsible-person"] == [
        each.role for each in mine
    ]
    assert (5, "officer") == (mine[-1].days, mine[2].to)
    assert "2 天休息不计" in mine[-1].text.zh


def test_the_ladder_waits_over_a_public_holiday(school, book):
    """1 to 5 May are closed: the day after a deadline of 30 April is 6 May."""
    at = datetime(2026, 4, 23, 1, 0, tzinfo=UTC)
    fail(school, book, surface="fail", at=at)
    finding = school.scalars(select(FindingRow)).one()
    assert date(2026, 4, 30) == finding.due_at.date()

    counts = []
    for day in (date(2026, 5, 5), date(2026, 5, 6)):
        sweep_at(school, book, datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        mine = [e for e in escalations(school, "campus", NOW) if e.finding_id == finding.id]
        counts.append(len(mine))

    assert [0, 1] == counts


def test_a_reopened_finding_climbs_the_ladder_anew(school, book):
    fail(school, book, surface="fail")
    finding = school.scalars(select(FindingRow)).one()
    late = finding.due_at + DAY
    sweep_at(school, book, late)
    submit_rectification(school, finding_id=finding.id, by="guard", now=late, note="levelled")
    confirm(school, finding_id=finding.id, by="head", now=late)
    reopen(school, finding_id=finding.id, by="head", now=late, note="sunk again")

    sweep_at(school, book, late)

    mine = [e for e in escalations(school, "campus", NOW) if e.finding_id == finding.id]
    assert [1, 1] == [each.rung for each in mine]
