# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
import re
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from inspections.models import DutyRow, OccurrenceRow, SiteRow
from inspections.queries.coverage import SitePage, cell_detail, coverage_map
from inspections.sweep import sweep
from rules.loader import load_rulebook
from tests.web.planned_record import (  # noqa: F401 - fixtures
    INSPECTOR,
    MONDAY,
    READER,
    app,
    clock,
    sessions,
    signed_in,
)

BOOK = load_rulebook()


@pytest.fixture
def session(sessions):
    """A session whose changes are undone."""
    with sessions() as opened:
        sweep(opened, now=MONDAY)
        yield opened
        opened.rollback()


def _map(session, organisation="kindergarten", **changes):
    return coverage_map(session, BOOK, organisation, now=MONDAY, page=SitePage(**changes))


def _one_duty(session, state="scheduled"):
    """Return a duty of one target with an open occurrence ahead, and that occurrence."""
    shown = _map(session)
    for (rule, _site), cell in shown.cells.items():
        if cell.targets == 1 and cell.state == state and cell.shown.occurrence:
            row = session.get_one(OccurrenceRow, cell.shown.occurrence)
            return rule, row
    raise AssertionError(f"no cell is {state}")


def _cell(session, rule):
    shown = _map(session)
    return shown.cells[rule, shown.sites[0].key]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/coverage", "/coverage?show=gap", "/coverage?domain=fire"])
def test_page_keeps_the_rules_of_the_house(path, language, signed_in):
    assert "</table>" in signed_in("office", language).page(path)


def test_totals_on_the_page_reconcile_with_its_cells(signed_in):
    html = signed_in("office").page("/coverage")

    figures = re.findall(r'<div class="xj-sum__n"><b[^>]*>(?:<svg.*?</svg>)?(\d+)', html)
    covered, gaps, overdue, missed, may = map(int, figures)
    applicable = int(re.search(r"/ (\d+)</small>", html)[1])
    cells = Counter(re.findall(r'class="xj-cell[^"]*" href=.*?visually-hidden">([^<:]+): ', html))
    assert sum(cells.values()) == applicable + may
    assert covered + gaps == applicable
    assert (gaps, overdue, missed, may) == (
        cells["缺口"],
        cells["逾期"],
        cells["漏检"],
        cells["可能适用"],
    )


def test_every_binding_duty_of_a_dated_rule_has_a_cell_and_no_other(session):
    shown = _map(session, "government-office")

    keys = {row.id: row.key for row in session.scalars(select(SiteRow))}
    duties = session.scalars(select(DutyRow).filter_by(organisation_id="government-office"))
    expected = {
        (duty.rule, keys[duty.site_id])
        for duty in duties
        if BOOK.rule(duty.rule).kind in {"duty", "event", "coverage"}
    }
    assert expected == shown.cells.keys()


def test_missed_stays_red_also_after_a_later_one_was_done(session):
    rule, row = _one_duty(session, "in_progress")
    earlier = OccurrenceRow(
        duty_id=row.duty_id,
        site_id=row.site_id,
        period="earlier",
        opens_at=MONDAY - timedelta(days=4),
        due_at=MONDAY - timedelta(days=3),
        closes_at=MONDAY - timedelta(days=3),
        planned_on=(MONDAY - timedelta(days=3)).date(),
        state="missed",
        provisional=False,
        revision=0,
        priority=0,
    )
    session.add(earlier)
    row.state = "done"
    session.flush()

    cell = _cell(session, rule)

    assert cell.state == "missed"


def test_missed_leaves_the_map_after_28_days_but_not_the_record(session):
    rule, row = _one_duty(session, "scheduled")
    row.state, row.due_at = "missed", MONDAY - timedelta(days=29)
    session.flush()

    assert _cell(session, rule).state != "missed"
    assert row.state == "missed"


def test_open_task_past_its_due_time_is_overdue(session):
    rule, row = _one_duty(session, "scheduled")
    row.due_at, row.closes_at = MONDAY - timedelta(days=2), MONDAY + timedelta(days=2)
    session.flush()

    cell = _cell(session, rule)

    assert ("overdue", MONDAY - timedelta(days=2)) == (cell.state, cell.shown.at)


def test_task_that_nobody_can_do_is_a_gap(session):
    rule, row = _one_duty(session, "scheduled")
    row.uncovered_code = "no-qualification"
    session.flush()

    cell = _cell(session, rule)

    assert ("gap", "nobody") == (cell.state, cell.shown.gap)


def test_duty_due_after_the_plan_is_no_gap_and_says_when(session):
    beyond = [cell for cell in _map(session).cells.values() if cell.shown.beyond_plan]

    assert beyond
    planned_until = _map(session).planned_until
    for cell in beyond:
        assert cell.state in {"scheduled", "done"}
        assert cell.shown.hidden or cell.shown.next_at.date() > planned_until


def test_hidden_random_check_shows_no_date(session):
    rule, row = _one_duty(session, "scheduled")
    row.hidden_until = row.opens_at
    session.flush()

    shown = _cell(session, rule).shown

    assert shown.hidden
    assert (None, (), None) == (shown.next_at, shown.who, shown.occurrence)


def test_sites_come_page_by_page(session):
    first = _map(session, "government-office", size=2)
    second = _map(session, "government-office", size=2, number=2)

    assert (2, 1) == (len(first.sites), len(second.sites))
    assert first.site_count == second.site_count == 3
    assert not {site.key for site in first.sites} & {site.key for site in second.sites}


def test_number_of_queries_does_not_grow_with_the_sites(session):
    from sqlalchemy import event

    counted = []
    event.listen(session.bind, "before_cursor_execute", lambda *_: counted.append(1))
    _map(session, "government-office", size=1)
    one = len(counted)

    _map(session, "government-office", size=3)

    assert len(counted) - one <= one


def test_chain_of_a_cell_leads_from_the_clause_to_the_evidence(signed_in, session):
    rule, row = _one_duty(session, "in_progress")
    site = session.get_one(SiteRow, row.site_id).key
    # A sign-in writes, and waits for whoever reads and writes in one go.
    session.rollback()

    html = signed_in().page(f"/coverage?cell={rule}@{site}")

    panel = html[html.index('class="xj-card xj-panel"') :]
    order = [panel.index(word) for word in ("条款", "规则", "职责", "计划", "佐证")]
    assert sorted(order) == order
    assert f"/occurrences/{row.id}" in panel


def test_unverified_clause_is_marked_on_the_map(signed_in):
    assert "条号待核" in signed_in("office").page("/coverage")


def test_cell_that_does_not_apply_opens_no_chain(session):
    found = cell_detail(
        session, BOOK, "kindergarten", now=MONDAY, where=("no-such-rule", "chunmiao")
    )

    assert found is None


def test_filters_narrow_the_map_and_the_totals(signed_in):
    whole = signed_in("office").page("/coverage")
    house = signed_in("office").page("/coverage?layer=site")

    def applicable(html):
        return int(re.search(r"/ (\d+)</small>", html)[1])

    assert 0 < applicable(house) < applicable(whole)


@pytest.mark.parametrize(
    "query", ["show=x&page=0", "page=-3", "domain=%00", "cell=@@@", "page=9e9"]
)
def test_nonsense_in_the_address_is_left_out(query, signed_in):
    signed_in("office").page(f"/coverage?{query}")


def test_inspectors_have_no_map(signed_in):
    signed_in(INSPECTOR).page("/coverage", status=403)


def test_readers_may_look(signed_in):
    signed_in(READER).page("/coverage")


def test_site_of_somebody_else_is_not_found_on_the_map(signed_in):
    html = signed_in().page("/coverage?site=no-such-site")

    assert "没有符合筛选的格" in html or "还没有职责" in html
