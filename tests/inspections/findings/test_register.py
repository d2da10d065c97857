"""The register: every figure of the totals is the length of the list behind it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from inspections.editing import Editor
from inspections.findings.extensions import ask_for_time
from inspections.models import FindingEventRow, FindingRow, SiteRow
from inspections.queries.finding_register import (
    COLUMNS,
    DUES,
    SORTS,
    STATES,
    Wanted,
    register_ids,
    register_lines,
    register_page,
    register_totals,
)
from rules.text import Text
from tests.inspections.findings.conftest import FOUND, LATER

ALL = Wanted("campus", state="all")
_a_finding = st.fixed_dictionaries(
    {
        "site": st.integers(0, 2),
        "state": st.sampled_from(["open", "in_progress", "awaiting_verification", "closed"]),
        "severity": st.sampled_from(["minor", "moderate", "severe"]),
        "owner": st.sampled_from([None, "cook", "guard"]),
        "rule": st.sampled_from([None, "yard-daily"]),
        "days": st.integers(-9, 9),
        "extended": st.integers(0, 9),
        "words": st.sampled_from(["插座过载", "50% off_x", "防火门关不严"]),
    }
)
_a_filter = st.builds(
    Wanted,
    organisation=st.just("campus"),
    scope=st.sampled_from([(), ("main",), ("main", "annex")]),
    site=st.sampled_from([None, "main", "annex"]),
    state=st.sampled_from(STATES),
    severity=st.sampled_from([None, "minor", "severe"]),
    due=st.sampled_from(DUES),
    owner=st.sampled_from([None, "cook", "nobody"]),
    rule=st.sampled_from([None, "yard-daily"]),
    text=st.sampled_from(["", "插座", "%", "_", "防火 关", "F-0001"]),
    sort=st.sampled_from(SORTS),
    falling=st.booleans(),
)


@pytest.fixture
def three_sites(school):
    first = school.scalars(select(SiteRow)).one()
    for number, key in enumerate(("annex", "pool"), start=1):
        copied = {"facts": {}, "calendar": first.calendar, "organisation_id": "campus"}
        name = Text(zh=key, en=key)
        school.add(SiteRow(key=key, name=name, position=number, ended_on=None, **copied))
    school.commit()
    return school


def _fill(session, made):
    session.execute(delete(FindingEventRow))
    session.execute(delete(FindingRow))
    sites = list(session.scalars(select(SiteRow.id).order_by(SiteRow.position)))
    for number, one in enumerate(made, start=1):
        first = FOUND + one["days"] * timedelta(days=1)
        session.add(
            FindingRow(
                organisation_id="campus",
                number=f"F-{number:04}",
                site_id=sites[one["site"]],
                title=Text(zh=one["words"], en="x"),
                severity=one["severity"],
                state=one["state"],
                owner=one["owner"],
                rule=one["rule"],
                found_at=FOUND - timedelta(days=20),
                due_at=first + timedelta(days=one["extended"]),
                first_due_at=first,
                arithmetic={},
                without=[],
            )
        )
    session.flush()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(_a_finding, max_size=12), asked=_a_filter)
def test_totals_reconcile_with_the_lists_behind_them(three_sites, made, asked):
    _fill(three_sites, made)

    whole, sites = register_totals(three_sites, asked, now=LATER)

    for total in (*sites, whole):
        for column, (state, due) in COLUMNS.items():
            behind = replace(asked, site=total.site, state=state, due=due)
            listed = register_lines(three_sites, behind, now=LATER)
            assert len(listed) == getattr(total, column), (total.site, column)
    for total in (*sites, whole):
        assert total.not_closed == total.open + total.in_progress + total.awaiting_verification
    if not asked.owner and not asked.text and not asked.severity and not asked.rule:
        seen = [n for n in made if not asked.scope or n["site"] < len(asked.scope)]
        assert len(seen) == whole.not_closed + whole.closed


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(_a_finding, max_size=12), asked=_a_filter)
def test_page_export_and_choice_of_all_are_the_same_findings(three_sites, made, asked):
    _fill(three_sites, made)

    page = register_page(three_sites, asked, number=1, now=LATER)
    lines = register_lines(three_sites, asked, now=LATER)
    ids, total = register_ids(three_sites, asked, now=LATER, most=100)

    assert [one.id for one in lines] == [one.id for one in page.rows] == list(ids)
    assert len(lines) == page.total == total
    for one in lines:
        assert one.past_plan == (one.state != "closed" and one.due_at < LATER)
        assert one.past_law == (one.state != "closed" and one.first_due_at < LATER)


def test_a_page_beyond_the_last_is_the_last(three_sites):
    one = {"site": 0, "state": "open", "severity": "minor", "owner": None, "rule": None}
    _fill(three_sites, [{**one, "days": n % 5, "extended": 0, "words": "x"} for n in range(53)])

    found = register_page(three_sites, ALL, number=9, now=LATER)

    assert (2, 2, 3, 53) == (found.number, found.count, len(found.rows), found.total)


def test_what_waits_for_an_answer_is_found_until_it_is_answered_or_closed(school, found):
    waiting, quiet = found(), found()
    editor = Editor("campus", "cook", "inspector")
    ask_for_time(school, waiting, until=date(2026, 3, 12), note="x", editor=editor, now=LATER)
    asked = Wanted("campus", due="asked")

    lines = register_lines(school, asked, now=LATER)

    assert [waiting] == [one.id for one in lines]
    assert 12 == lines[0].marks.asked_until.day
    assert quiet in {one.id for one in register_lines(school, ALL, now=LATER)}
