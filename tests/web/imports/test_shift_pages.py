"""Bringing in shift patterns on the pages, from the file to the record, twice."""

from datetime import time
from io import BytesIO

from openpyxl import load_workbook

from tests.web.manage.an_edit import apply_preview, send_form, stored
from tests.web.manage.conftest import app, officer  # noqa: F401  (fixtures)

PAGE = "/manage/import/shifts"


def send(visitor, data):
    return send_form(visitor, PAGE, {"file": (BytesIO(data), "班次.xlsx")})


def test_shifts_are_previewed_then_saved_and_change_nothing_the_second_time(app, officer):  # noqa: F811
    workbook = load_workbook(BytesIO(officer.raw.get(f"{PAGE}.xlsx?site=chunmiao").data))
    workbook.worksheets[0]["G3"] = "18:30"
    buffer = BytesIO()
    workbook.save(buffer)

    status, preview = send(officer, buffer.getvalue())
    apply_preview(officer, preview)
    _, again = send(officer, buffer.getvalue())

    assert 200 == status
    assert "E 离园班 14:45–18:30" in preview
    assert time(18, 30) == stored(app).sites[0].posts[0].shifts[1].until
    assert "没有要保存的" in again
