"""Feeds are answered conditionally, compressed when asked, and made anew as little as may be."""

import gzip

from sqlalchemy import update

from inspections.models import AccountRow, OccurrenceRow
from tests.web.feeds.a_feed import fetch, move, numbers_shown


def test_headers_keep_the_feed_private_and_out_of_referrers_and_search_engines(app, make):
    headers = fetch(app, make()).headers

    assert "private, no-cache" == headers["Cache-Control"]
    assert "no-referrer" == headers["Referrer-Policy"]
    assert "noindex" == headers["X-Robots-Tag"]
    assert "Accept-Encoding" == headers["Vary"]
    assert "text/calendar; charset=utf-8" == headers["Content-Type"]
    assert "Content-Disposition" not in headers
    assert "Set-Cookie" not in headers


def test_it_is_compressed_only_for_clients_that_name_gzip(app, make):
    path = make()

    plain = fetch(app, path)
    star = fetch(app, path, **{"Accept-Encoding": "*"})
    refused = fetch(app, path, **{"Accept-Encoding": "gzip;q=0"})
    packed = fetch(app, path, **{"Accept-Encoding": "br, gzip"})

    assert [None, None, None, "gzip"] == [
        one.headers.get("Content-Encoding") for one in (plain, star, refused, packed)
    ]
    assert plain.data == gzip.decompress(packed.data) == star.data
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert not plain.headers["ETag"].startswith("W/")


def test_either_tag_is_known_again_in_either_form(app, make):
    path = make()
    tags = [
        fetch(app, path, **headers).headers["ETag"] for headers in ({}, {"Accept-Encoding": "gzip"})
    ]

    answers = [
        fetch(app, path, **{"If-None-Match": f'"other", W/{tag}', **accepted})
        for tag in tags
        for accepted in ({}, {"Accept-Encoding": "gzip"})
    ]

    assert [304] * 4 == [one.status_code for one in answers]
    assert all(one.data == b"" and "ETag" in one.headers for one in answers)


def test_a_client_that_asks_by_date_sees_every_change(app, make, sessions, clock):
    path = make()
    first = fetch(app, path)
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    unchanged = fetch(app, path, **since)
    # Less than a second later: dates in headers have whole seconds.
    move(sessions, numbers_shown(first)[0])

    changed = fetch(app, path, **since)
    again = fetch(app, path, **{"If-Modified-Since": changed.headers["Last-Modified"]})

    assert [304, 200, 304] == [one.status_code for one in (unchanged, changed, again)]
    assert first.data != changed.data


def test_a_tag_decides_before_a_date(app, make, sessions):
    path = make()
    first = fetch(app, path)
    late = {"If-Modified-Since": "Fri, 01 Jan 2027 00:00:00 GMT"}

    answer = fetch(app, path, **{"If-None-Match": '"other"', **late})

    assert 200 == answer.status_code
    assert first.data == answer.data


def test_an_unreadable_date_is_no_condition(app, make):
    assert 200 == fetch(app, make(), **{"If-Modified-Since": "yesterday"}).status_code


def test_what_others_write_changes_neither_tag_nor_bytes(app, make, sessions):
    path = make()
    first = fetch(app, path)
    with sessions.begin() as session:
        session.execute(update(AccountRow).values(failures=0))
        session.execute(update(OccurrenceRow).where(OccurrenceRow.id == 0).values(revision=1))

    again = fetch(app, path)

    assert first.data == again.data
    assert first.headers["ETag"] == again.headers["ETag"]
    assert first.headers["Last-Modified"] == again.headers["Last-Modified"]


def test_only_what_changed_is_made_anew(app, make, sessions, monkeypatch):
    path = make()
    first = fetch(app, path)
    number = numbers_shown(first)[0]
    made = []
    real = __import__("web.feeds.rendering", fromlist=["fragment"]).fragment
    monkeypatch.setattr(
        "web.feeds.rendering.fragment", lambda event: made.append(event.uid) or real(event)
    )
    move(sessions, number)

    fetch(app, path)

    assert [f"occurrence-{number}@xunjian.invalid"] == made


def test_links_with_the_same_choices_share_what_is_kept(app, make, monkeypatch):
    path = make(label="phone")
    fetch(app, path)
    monkeypatch.setattr("web.feeds.rendering.fragment", None)

    other = fetch(app, make(label="laptop"))

    assert 200 == other.status_code
