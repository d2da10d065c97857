"""How often a feed may be fetched, under which address, and what logs never hold."""

import logging

import pytest
from icalendar import Calendar

from tests.web.feeds.a_feed import fetch
from web import create_app
from web.proxies import init_app as believe_proxies
from web.secret_links import hidden


def test_a_link_fetched_too_often_is_told_when_to_come_back(app, make):
    app.config["FEED_LIMIT"] = "3/hour"
    try:
        path = make()

        answers = [fetch(app, path) for _ in range(4)]
    finally:
        app.config["FEED_LIMIT"] = "240/hour"

    assert [200, 200, 200, 429] == [one.status_code for one in answers]
    assert "3600" == answers[-1].headers["Retry-After"]


def test_an_address_that_tries_links_is_stopped(app):
    app.config["UNKNOWN_FEED_LIMIT"] = "2/hour"
    try:
        answers = [
            app.test_client().get(f"/feeds/{n}.ics", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
            for n in range(3)
        ]
    finally:
        app.config["UNKNOWN_FEED_LIMIT"] = "60/hour"

    assert [404, 404, 429] == [one.status_code for one in answers]


def test_under_a_path_every_address_has_it(app, signed_in, make):
    path = make()
    visitor = app.test_client()

    feed = visitor.get(path, base_url="https://safety.example/xunjian")
    robots = visitor.get("/robots.txt", base_url="https://safety.example/xunjian")

    urls = {str(one["URL"]) for one in Calendar.from_ical(feed.data).walk("VEVENT")}
    assert all(url.startswith("https://safety.example/xunjian/occurrences/") for url in urls)
    assert "Allow: /xunjian/feeds/" in robots.get_data(as_text=True)


def test_a_proxy_is_believed_only_where_the_settings_say_so(app, make):
    told = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "safety.example",
        "X-Forwarded-Prefix": "/xunjian",
    }
    path = make()
    url = app.config["DATABASE_URL"]
    settings = {"TESTING": True, "DATABASE_URL": url, "CLOCK": app.config["CLOCK"], "PROXIES": 1}
    behind = create_app({**settings, "SECRET_KEY": "tests"})

    doubted = fetch(app, path, **told).get_data(as_text=True)
    believed = fetch(behind, path, **told).get_data(as_text=True)

    assert "safety.example" not in doubted
    assert "URL:https://safety.example/xunjian/occurrences/" in believed
    assert believe_proxies


def test_the_configured_address_wins_over_the_one_asked_at(app, make):
    path = make()
    app.config["ADDRESS"] = "https://inspect.example/"
    try:
        text = fetch(app, path).get_data(as_text=True)
    finally:
        app.config["ADDRESS"] = ""

    assert "URL:https://inspect.example/occurrences/" in text
    assert "localhost" not in text


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ('127.0.0.1 "GET /feeds/%s.ics HTTP/1.1" 200', ("SECRET" * 8,)),
        ('%s "%s" 200', ("127.0.0.1", f"GET /feeds/{'SECRET' * 8}.ics HTTP/1.1")),
        (f"GET /feeds/{'SECRET' * 8}.ics", ()),
        ("%(r)s", ({"r": f"GET /xunjian/feeds/{'SECRET' * 8}.ics HTTP/1.1"},)),
    ],
)
def test_secrets_of_links_stay_out_of_the_log(app, caplog, message, arguments):
    if "%s.ics" in message:
        message, arguments = message % arguments, ()

    logging.getLogger("any.server.access").warning(message, *arguments)

    assert "/feeds/…" in caplog.text
    assert "SECRET" not in caplog.text


def test_nothing_else_in_a_log_changes():
    assert "GET /feeds/ and /findings/12" == hidden("GET /feeds/ and /findings/12")
