"""The page of links: shown once, whose they may be, and what is refused."""

import pytest
from sqlalchemy import func, select

from inspections.models import (
    FeedSubscriptionRow,
)
from tests.web.feeds.a_feed import fetch, html_of, make_link, site_key
from tests.web.planned_record import INSPECTOR, OFFICER, READER


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_keeps_the_rules_of_the_house(language, signed_in):
    html = signed_in(OFFICER, language).page("/calendar")

    assert ("它不是闹钟" if language == "zh" else "It is not an alarm") in html


def test_link_is_shown_once_and_kept_as_hash_only(signed_in, sessions):
    visitor = signed_in()

    path = make_link(visitor, label="Phone", language="zh", alarm="15")

    token = path.removeprefix("/feeds/").removesuffix(".ics")
    assert len(token) >= 43
    assert token not in html_of(visitor, "/calendar")
    with sessions() as session:
        kept = session.scalars(select(FeedSubscriptionRow.token_sha256)).all()
    assert all(token not in one and len(one) == 64 for one in kept)


def test_code_on_the_page_needs_no_inline_style(signed_in):
    visitor = signed_in()
    visitor.post("/calendar", {"label": "QR"}, token_from="/calendar")

    html = visitor.raw.get("/calendar").get_data(as_text=True)

    assert "<svg" in html
    assert "style=" not in html
    assert 'href="webcal://localhost/feeds/' in html


def test_list_tells_when_and_by_what_a_link_was_fetched(app, signed_in):
    visitor = signed_in(READER)
    path = make_link(visitor, label="Told")
    fetch(app, path, **{"User-Agent": "iOS/18 dataaccessd"})

    html = html_of(visitor, "/calendar")

    assert "iOS/18 dataaccessd" in html
    assert "最近读取" in html


def test_inspectors_cannot_take_the_calendar_of_a_site(signed_in, sessions):
    visitor = signed_in(INSPECTOR)

    make_link(visitor, of=f"site:{site_key(sessions)}", label="Not mine")

    with sessions() as session:
        row = session.scalars(select(FeedSubscriptionRow).filter_by(label="Not mine")).one()
    assert row.site is None
    assert row.person is not None


def test_links_of_others_cannot_be_revoked(signed_in, sessions):
    make_link(signed_in(OFFICER), label="Officer's")
    with sessions() as session:
        number = session.scalar(select(func.max(FeedSubscriptionRow.id)))

    answer = signed_in(READER).post(f"/calendar/{number}/revoke", {}, token_from="/calendar")

    assert answer.status_code == 404


def test_more_than_three_alarms_are_refused_beside_the_field(signed_in):
    visitor = signed_in()

    answer = visitor.post(
        "/calendar",
        {"label": "Loud", "alarm": ["0", "15", "60", "1440"]},
        token_from="/calendar",
    )

    assert answer.status_code == 409
    assert "最多选 3 个提醒" in answer.get_data(as_text=True)


def test_account_that_is_nobodys_is_asked_for_a_site(signed_in):
    answer = signed_in("office").post("/calendar", {"label": "x"}, token_from="/calendar")

    assert answer.status_code == 409
    assert "请选择一个场所" in answer.get_data(as_text=True)
