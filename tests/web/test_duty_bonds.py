from functools import partial

import pytest

from tests.web.a_roster import filled_by_a_roster
from tests.web.conftest import application, planned_record, visitor_of
from tests.web.pages import ADMINISTRATOR, OFFICER

SITE = "/pairings/chunmiao"
ASKED = {
    "kind": "with",
    "person": "guard-2",
    "others": "guard-1",
    "reason": "新入职，须有人带班",
    "since": "2026-11-23",
}


@pytest.fixture
def app(tmp_path):
    url = f"sqlite:///{tmp_path}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture
def bond(app):
    """The number of a separation of two guards."""
    return filled_by_a_roster(app)["bond"]


def test_an_officer_enters_a_pairing_the_cell_tells_it_and_it_is_ended(app, bond):
    officer = partial(visitor_of, app)("zh", OFFICER)

    wrong = officer.post(SITE, {**ASKED, "others": "guard-2", "until": "soon"}, token_from=SITE)
    kept = officer.post(SITE, ASKED, token_from=SITE)
    ended = officer.post(f"/pairings/{bond}/end", {}, token_from=SITE)
    shown = officer.page(SITE)
    cell = officer.page("/roster/cell?site=chunmiao&person=guard-2&day=2026-11-23")

    assert [422, 302, 302] == [one.status_code for one in (wrong, kept, ended)]
    assert wrong.get_data(as_text=True).count("xj-entry__fault") == 2
    assert "须与其中一人同班" in shown
    assert "亲属回避" not in shown
    assert "（新入职，须有人带班）。" in cell


def test_the_audit_log_tells_a_pairing_in_words_with_the_names_of_its_people(app, bond):
    visitor = partial(visitor_of, app)
    visitor("zh", OFFICER).post(SITE, ASKED, token_from=SITE)

    entries = visitor("zh", ADMINISTRATOR).page("/audit/?area=bond")

    assert "须与其中一人同班" in entries
    assert "guard-2;" not in entries
