"""Officers choose rule packs: what is off, what is left out, and what the plan becomes."""

import re

import pytest

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.importing import load_from_record
from inspections.models import AuditRow
from tests.web.client import CarefulClient
from tests.web.conftest import PLANNED, application, planned_record
from tests.web.pages import OFFICER, ORGANISATION

PACKS = "/manage/packs"
STORED = {"house-kindergarten", "default-reactions"}


@pytest.fixture
def app(tmp_path):
    url = f"sqlite:///{tmp_path}/record.db"
    planned_record(url)
    return application(url)


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


def _applied(visitor, html):
    token = re.search(r'name="token" value="([^"]+)"', html)[1]
    return _sent(visitor, "/manage/apply", {"token": token})[0]


def _stored(app):
    with open_database(app.config["DATABASE_URL"])() as session:
        return set(load_from_record(session, ORGANISATION).packs)


def _ticked(html):
    boxes = re.findall(r'<input type="checkbox" name="pack" value="([^"]+)"([^>]*)>', html)
    return {value for value, rest in boxes if "checked" in rest}


def _choices(html):
    return set(re.findall(r'<input type="checkbox" name="pack" value="([^"]+)"', html))


def test_the_page_offers_what_may_be_chosen_and_ticks_what_is(officer):
    html = officer.page(PACKS)

    assert _ticked(html) >= STORED
    assert {"cn-from-memory", "us", "uk", "eu"} <= _choices(html) - _ticked(html)
    assert "cn-food" not in _choices(html)
    assert "凭记忆" in html


def test_rules_from_memory_are_previewed_saved_and_written_down(app, officer):
    before = _stored(app)
    ticked = _ticked(officer.page(PACKS))

    status, html = _sent(officer, PACKS, {"pack": [*ticked, "cn-from-memory"]})
    between = _stored(app)
    applied = _applied(officer, html)

    assert (200, before, 302) == (status, between, applied)
    assert "晨检或午检与全日观察，每日两轮" in html
    assert before | {"cn-from-memory"} == _stored(app)
    with open_database(app.config["DATABASE_URL"])() as session:
        subjects = {row.subject for row in session.query(AuditRow)}
    assert f"organisation/{ORGANISATION}" in subjects


def test_rules_from_memory_are_marked_on_the_rules_pages(officer):
    ticked = _ticked(officer.page(PACKS))
    _, html = _sent(officer, PACKS, {"pack": [*ticked, "cn-from-memory"]})
    _applied(officer, html)

    listed, one = officer.page("/rules?grade=C"), officer.page("/rules/kg-ventilation")

    assert "凭记忆，不作法规展示" in listed
    assert "（凭记忆，未读原文）" in one
    assert "条号待核" not in one


def test_a_habit_of_the_product_is_left_out_by_its_tick(app, officer):
    ticked = _ticked(officer.page(PACKS)) - {"default-reactions"}

    _, html = _sent(officer, PACKS, {"pack": [*ticked]})
    _applied(officer, html)

    assert "-default-reactions" in _stored(app)
    assert "default-reactions" not in _ticked(officer.page(PACKS))


def test_a_choice_like_the_stored_one_is_refused(officer):
    status, html = _sent(officer, PACKS, {"pack": [*_ticked(officer.page(PACKS))]})

    assert 422 == status
    assert 'href="#pack"' in html


def test_an_officer_of_one_site_reads_and_does_not_choose(app):
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        narrow = NewAccount(
            ORGANISATION, "narrow", "xunjian-demo", "safety-officer", None, ("chunmiao",)
        )
        ensure_account(session, narrow, now=PLANNED)
    visitor = CarefulClient(app)
    visitor.sign_in("narrow", "xunjian-demo")

    html = visitor.page(PACKS)
    status, _ = _sent(visitor, PACKS, {"pack": ["cn-from-memory"]})

    assert " disabled" in html
    assert 403 == status
