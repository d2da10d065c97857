from functools import partial

import pytest

from tests.web.a_roster import filled_by_a_roster
from tests.web.conftest import application, planned_record, visitor_of
from tests.web.pages import INSPECTOR, OFFICER

MINE, SITE = "/wishes/", "/wishes/site/chunmiao"
ASKED = {
    "id": "0f2b8c1e-0000-4000-8000-000000000002",
    "kind": "avoid",
    "shift": "gate-post/E",
    "since": "2026-12-07",
    "until": "2026-12-08",
    "reason": "晚上上课",
}


@pytest.fixture
def app(tmp_path):
    url = f"sqlite:///{tmp_path}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture
def wish(app):
    """The number of another guard's wish."""
    return filled_by_a_roster(app)["wish"]


@pytest.fixture
def client(app):
    return partial(visitor_of, app)


def test_a_guard_enters_a_wish_the_officer_sees_it_and_it_is_withdrawn(client, wish):
    guard, officer = client("zh", INSPECTOR), client("zh", OFFICER)

    wrong = guard.post(MINE, {**ASKED, "since": "2026-11-24"}, token_from=MINE)
    kept = guard.post(MINE, ASKED, token_from=MINE)
    again = guard.post(MINE, ASKED, token_from=MINE)
    edited = guard.post(MINE, {**ASKED, "kind": "stand"}, token_from=MINE)
    others = guard.post(f"{MINE}{wish}/withdraw", {}, token_from=MINE)
    mine, theirs = guard.page(MINE), officer.page(SITE)
    withdrawn = officer.post(f"{MINE}{wish}/withdraw", {"site": "chunmiao"}, token_from=SITE)

    answers = (wrong, kept, again, edited, others)
    assert [422, 302, 302, 422, 403] == [one.status_code for one in answers]
    assert "本次填写的内容尚未保存" in edited.get_data(as_text=True)
    assert "排班表已发布至 2026-11-28" in wrong.get_data(as_text=True)
    assert (1, 1) == (mine.count("晚上上课"), theirs.count("晚上上课"))
    assert ("/wishes/site/chunmiao", 4) == (withdrawn.location, theirs.count("</tr>") - 2)
    assert f"{MINE}{wish}/withdraw" not in officer.page(SITE)


def test_an_officer_enters_for_who_stands_a_post_and_for_nobody_else(client, wish):
    officer = client("en", OFFICER)

    nobody = officer.post(SITE, {**ASKED, "person": "principal"}, token_from=SITE)
    wrong = officer.post(SITE, {**ASKED, "person": "guard-2", "kind": "x"}, token_from=SITE)
    kept = officer.post(SITE, {**ASKED, "person": "guard-2"}, token_from=SITE)

    assert [422, 422, 302] == [one.status_code for one in (nobody, wrong, kept)]
    assert "No wish is chosen." in wrong.get_data(as_text=True)
    assert "rather not this shift" in officer.page(SITE).lower()


def test_the_board_and_the_cell_say_what_became_of_a_wish(client, wish):
    officer = client("zh", OFFICER)

    board = officer.page("/roster?site=chunmiao&week=2026-11-23")
    cell = officer.page("/roster/cell?site=chunmiao&person=guard-2&day=2026-11-26")

    assert 'title="意愿：休息，未满足"' in board
    assert 'title="意愿：想值这个班 门岗 · 离园班 14:45–18:00，已满足"' in board
    assert "当天想值“门岗”离园班：已满足" in cell
