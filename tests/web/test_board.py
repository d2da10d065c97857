# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from inspections.models import BoardChangeRow, BoardPublicationRow, OccurrenceRow
from tests.web.planned_record import (  # noqa: F401 - fixtures
    INSPECTOR,
    MONDAY,
    READER,
    app,
    clock,
    sessions,
    signed_in,
)
from web.board import steps

BOARD = "/board/?week=2026-11-23"
THURSDAY = f"{BOARD}&person=vice-principal&day=2026-11-26"
ILL = {
    "kind": "away",
    "person": "principal",
    "since": "2026-11-23",
    "until": "2026-11-29",
    "reason": "病假",
}


def _token(answer):
    return re.search(r'name="token" value="([^"]+)"', answer.get_data(as_text=True))[1]


def _try(visitor, **form):
    answer = visitor.post("/board/try", {"week": "2026-11-23", **form}, token_from=BOARD)
    return _waited(visitor, answer)


def _apply(visitor, tried):
    sent = {"week": "2026-11-23", "token": _token(tried)}
    return _waited(visitor, visitor.post("/board/apply", sent, token_from=BOARD))


def _waited(visitor, answer):
    """Look again, as the page does by itself, until the planning is done."""
    while "Refresh" in answer.headers:
        visitor.look_at(answer, answer.get_data(as_text=True))
        answer = visitor.raw.get(answer.headers["Refresh"].split("url=")[1])
    return answer


def test_steps_are_previewed_applied_told_and_taken_back(signed_in, sessions):
    visitor = signed_in()
    taken = []

    for person in ("principal", "vice-principal"):
        tried = _try(visitor, **{**ILL, "person": person})
        visitor.look_at(tried, tried.get_data(as_text=True))
        with sessions() as session:
            assert len(taken) == session.query(BoardChangeRow).count()
        taken.append(_apply(visitor, tried).location)
        visitor.page(taken[-1])
    check = re.search(r"check=(\d+)", visitor.page(f"{BOARD}&gaps=1"))
    assert "为什么无人可派" in visitor.page(f"{BOARD}&check={check[1]}")
    for address in reversed(taken):
        path = address.split("?")[0]
        undone = visitor.post(f"{path}/undo", {"week": "2026-11-23"}, token_from=BOARD)
        assert "全部恢复原样" in visitor.page(undone.location)

    assert "check=" not in visitor.page(BOARD)


def test_a_hard_rule_is_shown_at_once_and_cannot_be_applied(signed_in):
    visitor = signed_in()
    html = visitor.page(THURSDAY)
    check = re.search(r'name="occurrence" value="(\d+)"', html)[1]
    stopped = re.search(r'<optgroup[^>]*><option value="([^"]+)"', html)[1]

    tried = _try(visitor, kind="give", occurrence=check, people=stopped, on="2026-11-26")

    html = tried.get_data(as_text=True)
    visitor.look_at(tried, html)
    assert "会违反硬性规则" in html
    assert 'action="/board/apply"' not in html


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({**ILL, "since": "2026-11-22"}, "请选择今天或以后的日期"),
        ({**ILL, "until": "2026-11-20"}, "请选择首日或以后的日期"),
        ({**ILL, "reason": " "}, "请简要说明原因"),
        ({"kind": "give", "occurrence": "1"}, "请选择人员和日期"),
    ],
)
def test_wrong_input_is_told_on_the_board(form, said, signed_in):
    visitor = signed_in()

    answer = _try(visitor, **form, day="2026-11-26")

    html = answer.get_data(as_text=True)
    assert 422 == answer.status_code
    visitor.look_at(answer, html)
    assert said in html


def test_a_preview_of_somebody_else_or_a_broken_one_opens_nothing(signed_in, app):
    tried = _try(signed_in(), **ILL)

    forged = signed_in().post("/board/apply", {"token": "x"}, token_from=BOARD)
    other = signed_in("office").post("/board/apply", {"token": _token(tried)}, token_from=BOARD)

    assert (400, 403) == (forged.status_code, other.status_code)


def test_planning_that_takes_long_tells_how_far_it_is_to_who_asked(signed_in, monkeypatch):
    monkeypatch.setattr(steps, "SECONDS_AT_MOST", 0)
    visitor = signed_in()

    answer = visitor.post("/board/try", {"week": "2026-11-23", **ILL}, token_from=BOARD)

    visitor.look_at(answer, answer.get_data(as_text=True))
    path = answer.headers["Refresh"].split("url=")[1]
    assert "正在重新派工" in answer.get_data(as_text=True)
    signed_in("office").page(path, status=404)
    monkeypatch.setattr(steps, "SECONDS_AT_MOST", 5)
    assert "病假" in visitor.page(path)


def test_a_plan_that_changed_meanwhile_is_shown_anew(signed_in):
    visitor = signed_in()
    first, second = (_try(visitor, **ILL), _try(visitor, **{**ILL, "person": "vice-principal"}))
    done = _apply(visitor, second)

    answer = _apply(visitor, first)

    assert 409 == answer.status_code
    assert "预览之后派工已有变化" in answer.get_data(as_text=True)
    path = done.location.split("?")[0]
    visitor.post(f"{path}/undo", {}, token_from=BOARD)


def test_a_week_is_published_and_the_board_says_so(signed_in, sessions):
    visitor = signed_in()
    assert "未发布" in visitor.page(BOARD)

    visitor.post("/board/publish", {"week": "2026-11-23"}, token_from=BOARD)

    assert "未发布" not in visitor.page(BOARD)
    with sessions() as session:
        rows = session.scalars(select(BoardPublicationRow)).all()
        assert [(MONDAY, "kindergarten")] == [(row.at, row.organisation_id) for row in rows]


def test_readers_look_and_print_but_change_nothing(signed_in):
    visitor = signed_in(READER)

    html = visitor.page(THURSDAY)

    assert 'action="/board/' not in html
    assert 403 == visitor.post("/board/try", {}, token_from="/account/").status_code
    signed_in(INSPECTOR).page(BOARD, status=403)


@pytest.mark.parametrize("week", ["yesterday", "2026-13-45", "9999-99-99"])
def test_nonsense_in_the_address_shows_this_week(week, signed_in):
    assert "11月23日" in signed_in().page(f"/board/?week={week}&person=nobody&day=x&check=-1")


def test_what_hangs_on_the_wall_adds_up_and_tells_no_drawn_check(signed_in, sessions):
    visitor = signed_in()
    with sessions.begin() as session:
        row = session.scalars(select(OccurrenceRow).filter_by(planned_on=MONDAY.date())).first()
        hidden_before, row.hidden_until = row.hidden_until, MONDAY.replace(year=2027)

    shown = visitor.html(BOARD)
    book = load_workbook(BytesIO(visitor.raw.get("/board/week.xlsx?week=2026-11-23").data))
    with sessions.begin() as session:
        session.get_one(OccurrenceRow, row.id).hidden_until = hidden_before
    whole = load_workbook(BytesIO(visitor.raw.get("/board/week.xlsx?week=2026-11-23").data))

    assert ["派工周表", "无人可派", "负荷"] == book.sheetnames
    assert _minutes(book) < _minutes(whole)
    assert f"{_minutes(whole) // 60} 小时" in shown


def _minutes(book, days=7):
    rows = list(book["负荷"].iter_rows(min_row=2, values_only=True))[:-1]
    for row in rows:
        assert row[days + 1] == sum(cell for cell in row[1 : days + 1] if isinstance(cell, int))
    return sum(row[days + 1] for row in rows)


def test_the_load_of_four_weeks_is_a_workbook_that_adds_up(signed_in):
    raw = signed_in().raw

    four = load_workbook(BytesIO(raw.get("/board/load.xlsx?week=2026-11-09").data))

    weeks = (f"/board/week.xlsx?week=2026-{day}" for day in ("11-09", "11-16", "11-23", "11-30"))
    each = (_minutes(load_workbook(BytesIO(raw.get(address).data))) for address in weeks)
    assert ["负荷"] == four.sheetnames
    assert 0 < _minutes(four, days=28) == sum(each)


@pytest.mark.parametrize("name", ["week", "load"])
def test_what_hangs_on_the_wall_is_a_pdf_with_the_font_in_it(name, signed_in):
    pytest.importorskip("typst")
    answer = signed_in().raw.get(f"/board/{name}.pdf?week=2026-11-23")

    if answer.status_code == 302:
        pytest.skip("This machine has no Chinese font.")
    assert answer.data.startswith(b"%PDF-")
    assert b"FontFile" in answer.data
