# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
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


def test_solving_makes_a_draft_of_two_weeks_of_the_site_and_leads_back_to_them(
    sessions, signed_in, solved
):
    later = date(2027, 1, 4)
    with sessions() as session:
        site = _sites(session, "kindergarten")[0]
    visitor, form = signed_in(), {"site": site, "week": later.isoformat()}

    answer = visitor.post("/roster/solve", form, token_from="/account/")
    elsewhere = visitor.post("/roster/solve", {**form, "site": "office"}, token_from="/account/")

    assert (302, 404) == (answer.status_code, elsewhere.status_code)
    assert f"site={site}&week={later}" in answer.location
    with sessions() as session:
        run = session.scalars(select(RosterRunRow).where(RosterRunRow.since == later)).one()
    assert (date(2027, 1, 17), None) == (run.until, run.published_at)


@pytest.mark.parametrize("week", ["yesterday", "2026-13-45", ""])
def test_nonsense_in_the_address_shows_this_week(week, signed_in, solved):
    assert "11月23日" in signed_in("office").page(f"/roster?week={week}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_cell_says_why_and_who_else_and_what_changes_without_the_person(
    language, sessions, signed_in, solved
):
    with sessions() as session:
        site = _sites(session, "kindergarten")[0]
        person = next(one for one in _week(session, "kindergarten", site).people if one.days)
    day = min(person.days)
    here = f"/roster/cell?site={site}&person={person.key}&day={day}"
    visitor = signed_in(language=language)

    roster = visitor.page(f"/roster?site={site}")
    why = visitor.page(here)
    away = visitor.page(f"{here}&until={day}")

    assert here.replace("&", "&amp;") in roster
    stand = person.days[day][0].shift
    assert getattr(stand.name, language) in why
    assert "不在" in why if language == "zh" else "Without" in why
    assert "</table>" in away
    assert "/roster/leave" in away
    with sessions() as session:
        assert not session.scalars(select(AbsenceRow).where(AbsenceRow.since == day)).all()


@pytest.mark.parametrize(("typed", "in_english"), [("陪产", "陪产"), ("请假", "Leave of absence")])
def test_a_previewed_leave_is_saved_with_its_roster_in_one_step_and_taken_back(
    sessions, signed_in, solved, typed, in_english
):
    with sessions() as session:
        site = _sites(session, "kindergarten")[0]
        week = _week(session, "kindergarten", site)
        person = next(one for one in week.people if one.days)
    day, visitor = min(person.days), signed_in()
    here = f"/roster/cell?site={site}&person={person.key}&day={day}"
    token = re.search(r'name="token" value="([^"]+)"', visitor.page(f"{here}&until={day}"))[1]
    own = week.run.id

    saved = visitor.post("/roster/leave", {"token": token, "reason": typed}, token_from="/account/")
    again = visitor.post("/roster/leave", {"token": token}, token_from="/account/")
    forged = visitor.post("/roster/leave", {"token": f"{token}x"}, token_from="/account/")
    html = visitor.page(f"/roster?site={site}&week={day}")
    with sessions() as session:
        leave = session.scalars(
            select(AbsenceRow).where(AbsenceRow.since == day, AbsenceRow.ended_on.is_(None))
        ).one()
        after = _week(session, "kindergarten", site)
        stands = [one.days for one in after.people if one.key == person.key]
    back = f"/roster/{after.run.id}/leave-back"
    taken = visitor.post(back, {}, token_from="/account/")
    twice = visitor.post(back, {}, token_from="/account/")

    assert (302, 409, 400) == (saved.status_code, again.status_code, forged.status_code)
    assert (typed, in_english, day) == (leave.reason.zh, leave.reason.en, leave.until)
    assert after.run.id > own
    assert day not in stands[0]
    assert back in html
    assert (302, 409) == (taken.status_code, twice.status_code)
    with sessions() as session:
        assert not session.scalars(
            select(AbsenceRow).where(AbsenceRow.since == day, AbsenceRow.ended_on.is_(None))
        ).all()
        now = _week(session, "kindergarten", site)
    assert [one.days for one in week.people] == [one.days for one in now.people]


def test_agreed_overtime_stands_beside_the_weekly_hours_as_far_as_the_law_lets_it(sessions, solved):
    with sessions() as session:
        site = _sites(session, "kindergarten")[0]
        people = _week(session, "kindergarten", site).people
        key = next(one.key for one in people if one.limit and not one.limit.average)
        mine = select(PersonRow).filter_by(organisation_id="kindergarten", key=key)
        row = session.scalars(mine).one()
        row.facts = {**row.facts, "person.overtime_hours": 20}
        session.flush()
        after = {one.key: one for one in _week(session, "kindergarten", site).people}

    assert (40, 8.12) == (after[key].limit.hours, after[key].limit.overtime)
    assert not replace(after[key], minutes=48 * 60).is_over
    assert replace(after[key], minutes=49 * 60).is_over


def test_a_day_beyond_the_roster_is_refused_in_words(sessions, signed_in, solved):
    with sessions() as session:
        site = _sites(session, "kindergarten")[0]
        person = next(one for one in _week(session, "kindergarten", site).people if one.days)
    here = f"/roster/cell?site={site}&person={person.key}&day=2026-11-24"

    assert "2026-11-29" in signed_in().page(f"{here}&until=2027-01-01")
    assert "2026-11-29" in signed_in().page(f"{here}&until=tomorrow")


@pytest.mark.parametrize(
    "wanted", ["person=nobody&day=2026-11-24", "person=principal&day=2028-01-01"]
)
def test_a_stranger_or_a_day_without_roster_is_not_found(wanted, sessions, signed_in, solved):
    with sessions() as session:
        site = _sites(session, "kindergarten")[0]

    signed_in().page(f"/roster/cell?site={site}&{wanted}", status=404)


def test_the_week_as_excel_holds_what_the_page_shows(sessions, signed_in, solved):
    with sessions() as session:
        site = _sites(session, "kindergarten")[0]
        week = _week(session, "kindergarten", site)

    answer = signed_in().raw.get(f"/roster.xlsx?site={site}&week={WEEK}")

    rows = list(
        load_workbook(BytesIO(answer.data))["排班表"].iter_rows(min_row=2, values_only=True)
    )
    stands = sum(str(cell or "").count("–") for row in rows[:-1] for cell in row[1:8])
    assert sum(week.standing.values()) == stands
    assert [one.name.zh for one in week.people] == [row[0] for row in rows[:-1]]
