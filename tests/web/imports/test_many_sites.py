"""Importing where an organisation has several sites, and an officer sees only some of them."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.demo_accounts import PASSWORD
from inspections.importing import import_organisation
from rules.organisation.loader import load_organisation
from tests.web.a_mall import MALL, mall_application
from tests.web.client import CarefulClient
from tests.web.imports.test_ics_calendar import calendar, event
from tests.web.manage.an_edit import send_form

NOW = datetime(2026, 11, 23, tzinfo=UTC)
START = "/manage/import"
STOCKTAKING = event("s", "20270110", "20270111", "闭店盘点")


@pytest.fixture
def visitors(tmp_path):
    """Two officers of the malls: one of both stores, one of store B alone."""
    url = f"sqlite:///{tmp_path}/record.db"
    with open_database(url).begin() as session:
        organisation = load_organisation(MALL)
        import_organisation(session, organisation, now=NOW)
        for name, sites in (("both", ()), ("only-b", ("store-b",))):
            new = NewAccount(organisation.id, name, PASSWORD, "safety-officer", "a-safety", sites)
            ensure_account(session, new, now=NOW)
    app = mall_application(url)
    found = {name: CarefulClient(app) for name in ("both", "only-b")}
    for name, visitor in found.items():
        visitor.sign_in(name, PASSWORD)
    return found


def send(visitor, site=""):
    file = (BytesIO(calendar(STOCKTAKING)), "days.ics")
    return send_form(visitor, f"{START}/calendar", {"file": file, "site": site})


def test_a_calendar_is_for_all_sites_or_for_the_one_that_was_chosen(visitors):
    page = visitors["both"].page(START)
    _, everywhere = send(visitors["both"])
    _, one = send(visitors["both"], "store-b")

    assert "全部 2 个场所" in page
    assert "海岸商场 A 店、海岸商场 B 店" in everywhere
    assert "海岸商场 A 店" not in one


def test_sites_out_of_scope_are_neither_offered_nor_taken(visitors):
    page = visitors["only-b"].page(START)
    _, own = send(visitors["only-b"])
    other, _ = send(visitors["only-b"], "store-a")
    workbook = load_workbook(BytesIO(visitors["only-b"].raw.get(f"{START}/calendar.xlsx").data))
    workbook.worksheets[0].append(["放假", "盘点", None, "2027-01-10", *[None] * 4, "store-a"])
    buffer = BytesIO()
    workbook.save(buffer)
    row, refused = send_form(
        visitors["only-b"], f"{START}/calendar", {"file": (BytesIO(buffer.getvalue()), "days.xlsx")}
    )

    assert "A 店" not in page
    assert "A 店" not in own
    assert (404, 422) == (other, row)
    assert "I2" in refused
    assert 404 == visitors["only-b"].raw.get(f"{START}/shifts.xlsx?site=store-a").status_code
