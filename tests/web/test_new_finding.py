"""Reporting a finding with the plain form, where no script keeps it on the device."""

import re

import pytest

from tests.web.pages import INSPECTOR

PATH = "/findings/new"
SPOT = "chunmiao|asset|extinguishers"


@pytest.fixture
def inspector(client):
    return client(account=INSPECTOR)


def report(inspector, **changes):
    data = {"spot": SPOT, "what": "压力不足\n指针在红区", "severity": "severe", "owner": ""}
    return inspector.post(PATH, {**data, **changes}, token_from=PATH)


def test_a_reported_finding_is_open_with_its_first_line_as_title(inspector):
    answer = report(inspector, same="", measures="换上备用的", danger="1")

    html = inspector.html(answer.location)
    assert re.search(r"<h1[^>]*>压力不足</h1>", html)
    assert "指针在红区" in html
    assert "换上备用的" in html
    assert "严重" in html


def test_what_is_open_at_the_same_spot_is_offered_before_a_second_one_opens(inspector):
    first = report(inspector, same="").location

    offered = report(inspector).get_data(as_text=True)
    number = re.search(r'name="same" value="(\d+)">', offered)[1]
    again = report(inspector, same=number, what="又见一次")

    assert "是其中之一吗" in offered
    assert first == f"/findings/{number}" == again.location
    assert "又见一次" in inspector.html(again.location)


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(inspector):
    answer = report(inspector, what=" ", spot="", measures="换上备用的")

    html = answer.get_data(as_text=True)
    assert 422 == answer.status_code
    assert 'href="#spot"' in html
    assert 'href="#what"' in html
    assert "换上备用的" in html


@pytest.mark.parametrize("spot", ["elsewhere|site|elsewhere", "chunmiao|asset|nothing", "x"])
def test_nobody_reports_what_is_not_in_scope(spot, inspector):
    assert 422 == report(inspector, spot=spot, same="").status_code
