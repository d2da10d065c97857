"""The burden page shows figures that add up."""

import re

import pytest

from tests.web.conftest import application, planned_record, visitor_of
from tests.web.pages import OFFICER


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('burden')}/record.db"
    planned_record(url)
    return visitor_of(application(url), "en", OFFICER).html("/rules/burden")


def minutes_of(table):
    body, foot = table.split("<tfoot>")
    figures = r'<td class="xj-num-r">([\d,]+)</td><td class="xj-num-r">[\d.,]+</td></tr>'
    rows, (total,) = (
        [int(each.replace(",", "")) for each in re.findall(figures, part)] for part in (body, foot)
    )
    return rows, total


def test_every_table_adds_up_to_the_same_total(html):
    tables = [minutes_of(table) for table in re.findall(r"<table.*?</table>", html, re.DOTALL)]

    assert 3 == len(tables)
    assert 1 == len({total for _, total in tables})
    assert all(sum(rows) == total for rows, total in tables)
