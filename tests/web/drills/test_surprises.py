"""Unannounced drills: nobody but planners reads of them before they start."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from web.pdf import NoChineseFont, NoPdf, chinese_font

PAGE = "/drills/?year=2027"
WORKBOOK = "/drills/year.xlsx?year=2027"


@pytest.fixture
def desk(told):
    return told[0]


@pytest.fixture
def surprise(told):
    """Return the first unannounced drill of the published year."""
    return next(one for one in told[1] if one.hidden)


def _days(content: bytes) -> set[tuple[object, str]]:
    listed = load_workbook(BytesIO(content)).worksheets[1]
    rows = listed.iter_rows(min_row=2, values_only=True)
    return {(row[0].date(), row[3]) for row in rows if hasattr(row[0], "date")}


@pytest.mark.parametrize("role", ["viewer", "inspector"])
def test_nobody_else_finds_it_before_it_starts(desk, surprise, role):
    visitor = desk(role)

    one = visitor.raw.get(f"/drills/{surprise.id}")
    year = visitor.raw.get(PAGE).get_data(as_text=True)

    assert 404 == one.status_code
    assert f'drill-{surprise.id}"' not in year


def test_everybody_finds_it_once_it_has_begun(desk, surprise, clock):
    clock.now = surprise.starts_at

    html = desk("viewer").page(PAGE)

    assert f'id="drill-{surprise.id}"' in html
    assert "进行" in desk("inspector").page(f"/drills/{surprise.id}")


def test_the_workbook_for_the_wall_leaves_it_out_even_for_who_planned_it(desk, surprise, clock):
    before = _days(desk().raw.get(WORKBOOK).get_data())
    clock.now = surprise.ends_at
    after = _days(desk().raw.get(WORKBOOK).get_data())

    assert before
    assert {(surprise.on, "应急疏散演练")} == after - before


def test_the_pdf_for_the_wall_has_chinese_fonts_in_it(desk, surprise):
    try:
        chinese_font()
    except (NoPdf, NoChineseFont) as missing:
        pytest.skip(missing.text.en)

    answer = desk("viewer").raw.get("/drills/year.pdf?year=2027")

    content = answer.get_data()
    assert ("application/pdf", True) == (answer.mimetype, content.startswith(b"%PDF"))
    assert re.search(rb"/FontFile[23]?", content)
