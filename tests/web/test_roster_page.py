# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
from datetime import date

import pytest
from sqlalchemy import select

from inspections.models import AbsenceRow, PersonRow, RosterCellRow, RosterRunRow, SiteRow
from inspections.queries.roster_week import roster_week
from inspections.rosters import solve_rosters
from rules.loader import load_rulebook
from rules.text import Text
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
WEEK = date(2026, 11, 23)
AWAY = date(2026, 11, 25)


@pytest.fixture
def solved(sessions):
    for organisation in ("kindergarten", "government-office"):
        with sessions.begin() as session:
            if not session.scalars(
                select(RosterRunRow).filter_by(organisation_id=organisation)
            ).first():
                if organisation == "government-office":
                    _send_everyone_away(session, organisation)
                solve_rosters(
                    session,
                    BOOK,
                    organisation_id=organisation,
                    since=WEEK,
                    until=date(2026, 11, 29),
                    now=MONDAY,
                    seconds=2,
                )


def _send_everyone_away(session, organisation):
    for person in session.scalars(select(PersonRow).filter_by(organisation_id=organisation)):
        reason = Text(zh="全员培训", en="Training for all")
        away = {"since": AWAY, "until": AWAY, "reason": reason, "position": 99}
        session.add(AbsenceRow(person_id=person.id, **away))
    session.flush()


def _week(session, organisation, site):
    return roster_week(session, BOOK, organisation, site=site, monday=WEEK)


def _sites(session, organisation):
    runs = select(RosterRunRow.site_id).filter_by(organisation_id=organisation)
    return session.scalars(select(SiteRow.key).where(SiteRow.id.in_(runs))).all()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_keeps_the_rules_of_the_house(language, signed_in, solved):
    assert "</table>" in signed_in("office", language).page("/roster")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_week_without_a_roster_says_so(language, signed_in, solved):
    html = signed_in("office", language).page("/roster?week=2027-03-01")

    assert ("本周还没有排班表" if language == "zh" else "No roster for this week yet") in html


def test_week_holds_every_cell_of_the_run_and_nothing_else(sessions, solved):
    with sessions() as session:
        for site in _sites(session, "government-office"):
            week = _week(session, "government-office", site)

            shown = sum(len(found) for one in week.people for found in one.days.values())
            stored = session.scalars(select(RosterCellRow).filter_by(roster_run_id=week.run.id))
            cells = [cell for cell in stored if cell.person_id is not None]
            assert len(cells) == shown == sum(week.standing.values())


def test_hours_of_a_person_are_the_sum_of_the_shifts(sessions, solved):
    with sessions() as session:
        week = _week(session, "kindergarten", _sites(session, "kindergarten")[0])

    for person in week.people:
        stands = [stand for found in person.days.values() for stand in found]
        assert sum(stand.shift.minutes for stand in stands) == person.minutes


def test_uncovered_places_are_listed_with_reason_and_counted_below(sessions, solved):
    with sessions() as session:
        weeks = [
            _week(session, "government-office", site)
            for site in _sites(session, "government-office")
        ]

    assert any(week.uncovered for week in weeks)
    for week in weeks:
        assert sum(week.missing.values()) == sum(one.missing for one in week.uncovered)
        assert all(one.reason.zh and one.reason.en for one in week.uncovered)


def test_roster_with_a_gap_is_refused_with_its_reasons(sessions, signed_in, solved):
    with sessions() as session:
        found = (
            _week(session, "government-office", s) for s in _sites(session, "government-office")
        )
        week = next(week for week in found if week.against)
    visitor = signed_in("office")

    html = visitor.page(f"/roster?site={week.site}")
    answer = visitor.post(
        f"/roster/{week.run.id}/publish",
        {"site": week.site, "week": WEEK.isoformat()},
        token_from="/roster",
    )

    assert "为什么不能发布" in html
    assert answer.status_code == 409
    with sessions() as session:
        assert session.get_one(RosterRunRow, week.run.id).published_at is None


def test_whole_roster_is_published_and_then_on_the_calendar(sessions, signed_in, solved):
    with sessions() as session:
        week = _week(session, "kindergarten", _sites(session, "kindergarten")[0])
    assert not week.against

    answer = signed_in().post(
        f"/roster/{week.run.id}/publish",
        {"site": week.site, "week": WEEK.isoformat()},
        token_from="/roster",
    )

    assert answer.status_code == 302
    with sessions() as session:
        assert session.get_one(RosterRunRow, week.run.id).published_at == MONDAY


def test_readers_look_but_cannot_publish(signed_in, solved):
    visitor = signed_in(READER)

    assert "/roster/solve" not in visitor.page("/roster")
    answer = visitor.post("/roster/1/publish", {}, token_from="/account/")
    assert answer.status_code == 403


def test_inspectors_have_no_roster_page(signed_in):
    signed_in(INSPECTOR).page("/roster", status=403)


@pytest.mark.parametrize("week", ["yesterday", "2026-13-45", ""])
def test_nonsense_in_the_address_shows_this_week(week, signed_in, solved):
    assert "11月23日" in signed_in("office").page(f"/roster?week={week}")
