"""Missed checks stay missed; open ones are excused in time; tickets show every clock."""

import re

import pytest

from tests.web.an_officer import filled_by_an_officer
from tests.web.client import CarefulClient
from tests.web.conftest import application, planned_record
from tests.web.pages import OFFICER


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('missed')}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture(scope="module")
def ids(app):
    return filled_by_an_officer(app)


@pytest.fixture
def officer(app):
    visitor = CarefulClient(app)
    visitor.sign_in(OFFICER, "xunjian-demo")
    return visitor


def _sent(visitor, path, data):
    answer = visitor.post(path, data, token_from="/account/")
    html = answer.get_data(as_text=True)
    if answer.status_code != 302:
        visitor.look_at(answer, html)
    return answer.status_code, html


def _faults(html):
    return [name for name, _ in re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', html)]


def test_missed_check_is_explained_and_signed_and_stays_missed(officer, ids):
    path = f"/missed/{ids['missed']}"

    no_cause, html = _sent(officer, path, {"step": "explain", "cause": " "})
    unexplained, _ = _sent(officer, path, {"step": "sign", "signature": _my_name(officer)})
    explained, _ = _sent(officer, path, {"step": "explain", "cause": "保安请假"})
    stranger, forged = _sent(officer, path, {"step": "sign", "signature": "某人"})
    signed, _ = _sent(officer, path, {"step": "sign", "signature": _my_name(officer)})

    assert (422, 409, 302, 422, 302) == (no_cause, unexplained, explained, stranger, signed)
    assert (["cause"], ["signature"]) == (_faults(html), _faults(forged))
    shown = officer.page(path)
    assert "保安请假" in shown
    assert "xj-state--bad" in shown
    assert "保安请假" in officer.page("/missed/?show=signed")


def _my_name(officer):
    return re.search(r"<h1>([^<]+)</h1>", officer.page("/account/"))[1]


def test_missed_check_can_no_longer_be_excused(officer, ids):
    approver = _approver(officer, ids["open"])

    status, html = _sent(
        officer, f"/missed/{ids['missed']}/excuse", {"reason": "x", "approver": approver}
    )

    assert 409 == status
    assert "不能再豁免" in html


def test_open_check_is_excused_with_reason_and_approver(officer, ids):
    path = f"/missed/{ids['open']}/excuse"

    refused, html = _sent(officer, path, {"reason": "", "approver": "nobody"})
    done, _ = _sent(officer, path, {"reason": "施工", "approver": _approver(officer, ids["open"])})

    assert (422, ["reason", "approver"], 302) == (refused, _faults(html), done)
    assert "豁免" in officer.page(f"/missed/{ids['open']}")


def _approver(officer, occurrence):
    html = officer.page("/missed/?show=open")
    fresh = re.search(r"/missed/(\d+)/excuse", html)[1]
    page = officer.page(f"/missed/{fresh}/excuse")
    assert occurrence
    return re.findall(r'<option value="([^"]+)"', page)[0]


def test_ticket_needs_place_words_and_kind(officer):
    status, html = _sent(officer, "/tickets/new", {})

    assert 422 == status
    assert {"where", "title", "category", "priority"} == set(_faults(html))


def test_ticket_is_promised_repaired_and_called_back(officer, ids):
    path = f"/tickets/{ids['ticket']}"

    too_early, _ = _sent(officer, path, {"step": "called-back"})
    wrong, html = _sent(officer, path, {"step": "promised", "promised_on": "2026-11-31"})
    past, _ = _sent(officer, path, {"step": "promised", "note": "x", "promised_on": "2026-11-01"})
    steps = [
        {"step": "answered"},
        {"step": "promised", "note": "等配件", "promised_on": "2026-11-25"},
        {"step": "reclassify", "category": "network", "priority": "urgent"},
        {"step": "completed"},
        {"step": "called-back"},
    ]
    taken = [_sent(officer, path, step)[0] for step in steps]

    assert (409, 422, 422) == (too_early, wrong, past)
    assert {"note", "promised_on"} == set(_faults(html))
    assert [302] * 5 == taken
    shown = officer.page(path)
    assert "2026-11-25" in shown
    assert "已回访" in shown
    assert "水龙头漏水" in officer.page("/tickets/?show=closed")


def test_what_is_not_there_is_not_found(officer):
    for path in ("/missed/999999", "/tickets/999999", "/manage/people/nobody"):
        officer.page(path, status=404)
