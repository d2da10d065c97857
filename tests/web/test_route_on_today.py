"""The route of a walk on Today, and on paper."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.web.conftest import application, planned_record, visitor_of
from tests.web.pages import INSPECTOR, OFFICER
from web.inspector import route_sheet
from web.pdf import NoChineseFont


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('route')}/record.db"
    planned_record(url)
    return application(url)


def test_today_shows_the_way_through_what_is_left_and_leads_to_each_check(app):
    html = visitor_of(app, account=INSPECTOR).html("/today")
    alone = visitor_of(app, account=OFFICER).html("/today?person=electrician")

    card = re.search(r'<details class="[^"]*xj-route.*?</details>', html, re.DOTALL)[0]
    listed = re.findall(r'xj-route__job" href="/occurrences/(\d+)"', card)
    left = re.findall(r'class="xj-job[^"]*" href="/occurrences/(\d+)"', html)
    assert sorted(listed) == sorted(left)
    assert "第 1 趟" in card
    assert "xj-route" not in alone


def _rows(answer):
    sheet = load_workbook(BytesIO(answer.get_data())).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbook_lists_every_stop_under_its_heads(app):
    visitor = visitor_of(app, account=INSPECTOR)

    rows = _rows(visitor.raw.get("/today/route.xlsx"))

    stops = re.findall(r'xj-route__n" aria-hidden="true">(\d+)', visitor.html("/today"))
    assert ["趟", "站", "到达", "路上", "地点", "用时", "检查"] == rows[2]
    assert stops == [row[1] for row in rows[3:]]
    assert "黎欣" in rows[0][0]


def test_an_officer_gets_the_route_of_another_person(app):
    rows = _rows(
        visitor_of(app, account=OFFICER).raw.get("/today/route.xlsx?person=health-officer")
    )

    assert "黎欣" in rows[0][0]
    assert len(rows) > 3


def test_a_day_at_one_place_makes_a_sheet_without_stops(app):
    rows = _rows(visitor_of(app, account=OFFICER).raw.get("/today/route.xlsx?person=electrician"))

    assert 3 == len(rows)


def test_the_route_is_printed_as_a_pdf_where_this_machine_can(app):
    visitor = visitor_of(app, account=INSPECTOR)

    answer = visitor.raw.get("/today/route.pdf")

    if answer.status_code == 302:
        pytest.skip("This machine has no Chinese font or no Typst.")
    assert answer.get_data().startswith(b"%PDF")


def test_without_a_font_the_page_says_so(app, monkeypatch):
    def none():
        raise NoChineseFont

    monkeypatch.setattr(route_sheet, "chinese_font", none)
    visitor = visitor_of(app, account=INSPECTOR)

    answer = visitor.raw.get("/today/route.pdf")

    assert (302, "/today") == (answer.status_code, answer.location)
    assert "本服务器没有中文字体" in visitor.html("/today")
