"""A drill of the day stands on Today and with its checks, and a tablet keeps its page."""

from datetime import timedelta

import pytest

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.demo_accounts import PASSWORD
from tests.inspections.drills.a_year import BEFORE, MALL
from tests.web.client import CarefulClient


@pytest.fixture
def leading(told, clock, mall):
    """Return a warden on the morning of the first announced drill they lead, and that drill."""
    _enter, drills = told
    drill = next(one for one in drills if one.leader and not one.hidden and one.serves)
    clock.now = drill.starts_at - timedelta(hours=1)
    app = mall("published")
    sessions = open_database(app.config["DATABASE_URL"])
    with sessions.begin() as session:
        account = NewAccount(MALL, "warden", PASSWORD, "inspector", drill.leader)
        ensure_account(session, account, now=BEFORE)
    sessions.kw["bind"].dispose()
    visitor = CarefulClient(app)
    visitor.sign_in("warden", PASSWORD)
    return visitor, drill


def test_who_leads_a_drill_finds_it_on_today_and_the_tablet_keeps_it(leading):
    warden, drill = leading

    today = warden.page("/today")
    kept = [one["url"] for one in warden.raw.get("/sync/bundle").get_json()["pages"]]
    page = warden.raw.get(f"/drills/{drill.id}")

    assert f'href="/drills/{drill.id}"' in today
    assert "由您带队" in today
    assert f"/drills/{drill.id}" in kept
    assert "X-Xunjian-Keep" in page.headers


def test_a_check_leads_to_the_drill_that_serves_it(leading):
    warden, drill = leading
    occurrence = next(one.occurrence for one in drill.serves if one.occurrence)

    html = warden.page(f"/occurrences/{occurrence}")

    assert f'href="/drills/{drill.id}"' in html


def test_a_surprise_stands_with_its_check_only_once_it_has_begun(told, clock):
    enter, drills = told
    surprise = next(one for one in drills if one.hidden and one.serves[0].occurrence)
    path = f"/occurrences/{surprise.serves[0].occurrence}"

    clock.now = surprise.starts_at - timedelta(minutes=1)
    before = enter().raw.get(path)
    clock.now = surprise.serves[0].wanted.due_at + timedelta(minutes=1)
    after = enter().page(path)

    assert 404 == before.status_code
    assert f'href="/drills/{surprise.id}"' in after
