"""Bringing in a term calendar on the pages, from the file to the record, twice."""

import re
from html import unescape
from io import BytesIO

from openpyxl import load_workbook

from inspections.exchange.calendar_sheet import CALENDAR
from tests.web.imports.test_ics_calendar import calendar, event
from tests.web.manage.an_edit import apply_preview, send_form, stored
from tests.web.manage.conftest import app, officer  # noqa: F401  (fixtures)

START = "/manage/import"
PARENTS = event("p", "20270305", "20270306", "家长会")


def send(visitor, data, name, **fields):
    form = {"file": (BytesIO(data), name), **fields}
    return send_form(visitor, f"{START}/calendar", form)


def check(visitor, html, **kinds):
    token = unescape(re.search(r'name="entries" value="([^"]+)"', html)[1])
    return send_form(visitor, f"{START}/calendar/check", {"entries": token, **kinds})


def site(app):  # noqa: F811
    return stored(app).sites[0]


def test_a_calendar_is_seen_before_it_is_saved_and_changes_nothing_the_second_time(app, officer):  # noqa: F811
    exams = event("e", "20270118", "20270121", "期末考试")
    data = calendar(exams, PARENTS, head="X-WR-CALNAME:幼儿园校历\n")
    before = site(app).calendar

    status, html = send(officer, data, "terms.ics")
    read_only = site(app).calendar
    _, preview = check(officer, html, **{"kind-1": "closed"})
    apply_preview(officer, preview)
    saved = site(app).calendar
    _, again = send(officer, data, "terms.ics")

    assert (200, before) == (status, read_only)
    assert "看不出是什么" in html
    assert ["期末考试"] == [one.reason.zh for one in saved.exams]
    assert "幼儿园校历#p" in {one.origin for one in saved.closed}
    assert "没有要保存的" in again
    assert saved.terms == before.terms


def test_every_fault_of_a_workbook_is_shown_with_its_cell_and_nothing_is_saved(app, officer):  # noqa: F811
    template = officer.raw.get(f"{START}/calendar.xlsx").data
    workbook = load_workbook(BytesIO(template))
    sheet = workbook[CALENDAR.tab]
    sheet.append(["放假", "寒假", None, "2027-02-30"])
    sheet.append(["学期", "重叠的学期", None, "2026-10-01", "2027-03-01"])
    sheet.append(["节日", "五一", None, "2027-05-01"])
    buffer = BytesIO()
    workbook.save(buffer)
    before = site(app).calendar

    status, html = send(officer, buffer.getvalue(), "校历.xlsx")
    nothing, asked = send_form(officer, f"{START}/calendar", {})

    assert (422, 422) == (status, nothing)
    assert "D2" in html
    assert "A4" in html
    assert "D3" in html
    assert "校历.xlsx" in html
    assert "请选择 .xlsx 或 .ics 文件" in asked
    assert before == site(app).calendar


def test_what_a_site_has_can_be_downloaded_and_sent_back(app, officer):  # noqa: F811
    now = officer.raw.get(f"{START}/calendar.xlsx?site=chunmiao").data

    status, html = send(officer, now, "calendar.xlsx")

    assert 200 == status
    assert "此后随此日历" in html
    assert 404 == officer.raw.get(f"{START}/calendar.xlsx?site=elsewhere").status_code
