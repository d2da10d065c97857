# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
"""The page of staffing truths waits where it takes long, and says what holds."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.web.planned_record import (  # noqa: F401 - fixtures
    app,
    clock,
    sessions,
    signed_in,
)
from web.staffing import pages

WEEK = "since=2026-11-23&until=2026-11-29"
SPAN = "since=2026-11-23&until=2027-01-22"


def looked_at(visitor, query=SPAN):
    """Return the page once it is worked out."""
    for _ in range(200):
        html = visitor.page(f"/staffing/?{query}")
        if "xj-progress" not in html:
            return html
    raise AssertionError("It is never worked out.")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_least_staff_is_shown_with_its_proof(language, signed_in):
    html = looked_at(signed_in("office", language))

    proof = {"zh": "已证明不能再少", "en": "proved: fewer do not do"}[language]
    posts = {"zh": "岗位（共用人员的合并）", "en": "Posts that share people"}[language]
    assert proof in html
    assert posts in html


def test_whom_nobody_could_stand_in_for_is_shown_with_why(signed_in):
    html = looked_at(signed_in("office", "en"))

    assert "Off on " in html
    assert "nobody else of the role and certificate is at work" in html


def test_what_the_page_shows_is_had_as_excel_and_as_pdf(signed_in):
    visitor = signed_in("office", "en")
    html = looked_at(visitor)

    book = load_workbook(BytesIO(visitor.raw.get(f"/staffing/staffing.xlsx?{SPAN}").data))
    paper = visitor.raw.get(f"/staffing/staffing.pdf?{SPAN}")

    rows = list(book["The least staff"].iter_rows(min_row=2, values_only=True))[:-1]
    least = int(re.search(r"<b>(\d+)</b><span>people (?:at the least|found)", html)[1])
    checks = int(re.search(r"<b>([\d,]+)</b><span>checks due", html)[1].replace(",", ""))
    assert least == len(rows)
    assert checks <= sum(row[3] for row in rows)
    assert [
        "The least staff",
        "Posts",
        "If one is away from posts",
        "Post certificates that end",
        "If one person is away",
        "Certificates that end",
    ] == book.sheetnames
    places = int(re.search(r"<b>([\d,]+)</b><span>places at posts", html)[1].replace(",", ""))
    assert places == sum(row[5] for row in rows)
    assert (200, True) == (paper.status_code, paper.data[:5] == b"%PDF-") or (
        302 == paper.status_code
    )


def test_a_file_of_what_is_not_worked_out_yet_leads_to_the_page(signed_in, monkeypatch):
    monkeypatch.setattr(pages, "SECONDS_AT_MOST", 0)

    answer = signed_in("office").raw.get("/staffing/staffing.xlsx?since=2026-12-01")

    assert "/staffing/?since=2026-12-01" == answer.location


def test_the_house_asks_for_more_than_the_law(signed_in):
    visitor = signed_in("office", "en")

    law, house = (
        int(re.search(r"<b>([\d,]+)</b><span>checks due", html)[1].replace(",", ""))
        for html in (looked_at(visitor, f"{WEEK}&demand={name}") for name in ("law", "house"))
    )

    assert law < house


def test_the_rest_of_the_term_is_looked_at_where_no_days_are_named(signed_in):
    assert 'value="2027-01-22"' in looked_at(signed_in(), "")


def test_days_on_which_nothing_falls_due_say_so(signed_in):
    html = looked_at(signed_in(), "since=2027-01-23&until=2027-01-23")

    assert "这些日子里，此类职责没有检查任务。" in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=soon", "Write the day"),
        ("since=2026-11-23&until=2026-11-01", "within a year"),
        ("demand=wish", "Choose one from the list."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(query, said, signed_in):
    assert said in signed_in("office", "en").page(f"/staffing/?{query}", status=422)


def test_inspectors_do_not_see_it(signed_in):
    signed_in("inspector").page("/staffing/", status=403)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_effective_hours_of_a_month_are_shown(language, signed_in):
    html = signed_in("office", language).page("/staffing/hours?month=2026-11")

    assert "2026-11" in html


def test_a_month_that_has_not_begun_is_told(signed_in):
    visitor = signed_in("office", "en")

    assert "like 2026-11" in visitor.page("/staffing/hours?month=2027-02", status=422)
    assert "like 2026-11" in visitor.page("/staffing/hours?month=soon", status=422)


def test_readers_see_no_hours_of_single_people(signed_in):
    signed_in("reader").page("/staffing/hours", status=403)
