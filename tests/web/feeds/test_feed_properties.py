"""Whatever happens to the record, feeds keep their promises to the clients that poll them."""

import gzip
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import delete, func, select
from sqlalchemy.orm import sessionmaker

from inspections.calendar_clock import listen
from inspections.database import open_database, open_engine
from inspections.feeds.choices import Choices
from inspections.feeds.kept import document
from inspections.feeds.rule_kinds import RuleKinds
from inspections.models import (
    CalendarEntryRow,
    FeedDocumentRow,
)
from rules.loader import load_rulebook
from tests.web.feeds.a_small_record import DOINGS, NOW, TASKS, fill_small_record, rename
from web.feeds.document import HEAD_BYTES
from web.feeds.rendering import View
from web.feeds.serving import answer
from web.feeds.wording import HOST

VIEWS = (
    Choices(person="p0", alarms=(15,)),
    Choices(person="p1", language="en", detail="titles"),
    Choices(shows="site", site="main", deadlines="both", cancelled_days=2),
    Choices(shows="leaders", detail="busy"),
)
KINDS = RuleKinds(load_rulebook())


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("properties") / "record.db"
    fill_small_record(path)
    return path


steps = st.lists(
    st.tuples(
        st.sampled_from(DOINGS),
        st.integers(0, TASKS - 1),
        st.sampled_from([0, 1, 90, 3600, 30 * 3600, 15 * 86400]),
    ),
    min_size=1,
    max_size=5,
)


def _opened(path):
    """Return a maker of sessions for a record that is up to date."""
    engine = open_engine(f"sqlite:///{path}")
    listen(engine)
    return sessionmaker(engine, expire_on_commit=False)


class Client:
    """Polls one view, and holds every answer against the one before."""

    def __init__(self, choices):
        self.view = View("o", choices, "https://x.example", "rules")
        self.body, self.etag, self.changed_at = None, None, None
        self.seen: dict[str, tuple[int, datetime, bytes]] = {}

    def poll(self, session, now):
        found = answer(session, self.view, lambda: KINDS, now=now)
        body = found.plain()
        session.commit()
        assert sha256(body).hexdigest() == found.etag
        assert (body == self.body) == (found.etag == self.etag)
        if self.body is not None and body != self.body:
            assert found.changed_at > self.changed_at
        if body == self.body:
            assert found.changed_at == self.changed_at
        self._look_at(body, now)
        self.body, self.etag, self.changed_at = body, found.etag, found.changed_at
        return body

    def _look_at(self, body, now):
        assert all(len(line) <= 75 for line in body.split(b"\r\n"))
        assert body.decode("utf-8")
        for part in Calendar.from_ical(body).walk():
            if part.name not in {"VEVENT", "VTODO"}:
                continue
            told = (int(part["SEQUENCE"]), part["DTSTAMP"].dt, part.to_ical())
            before = self.seen.get(str(part["UID"]), told)
            assert part["LAST-MODIFIED"].dt == part["DTSTAMP"].dt <= now
            assert told[:2] >= before[:2]
            # What is shown otherwise has a higher revision.
            assert told[0] > before[0] or told[2] == before[2]
            self.seen[str(part["UID"])] = told


# Each example is a life of a record with four subscribers.
@settings(max_examples=settings.default.max_examples // 5)
@given(done=steps)
@example(done=[(rename, 0, 0)])
def test_tags_revisions_and_bytes_follow_the_record(template, tmp_path_factory, done):
    path = tmp_path_factory.mktemp("example") / "record.db"
    shutil.copy(template, path)
    sessions = _opened(path)
    clients, now = [Client(choices) for choices in VIEWS], NOW
    with sessions() as session:
        for client in clients:
            client.poll(session, now)
        for doing, number, seconds in done:
            now += timedelta(seconds=seconds)
            doing(session, number, now)
            session.commit()
            for client in clients:
                assert client.poll(session, now) == client.poll(session, now)
                assert f"occurrence-4@{HOST}".encode() not in client.body or now >= _opening()
        # Rendered anew from the same record and revisions, the bytes are the same.
        session.execute(delete(FeedDocumentRow))
        session.commit()
        for client in clients:
            held = client.body
            client.body = client.etag = client.changed_at = None
            again = client.poll(session, now)
            assert _without_stamps(held) == _without_stamps(again)
    sessions.kw["bind"].dispose()


def _opening():
    return NOW + timedelta(days=2, hours=2)


def _without_stamps(body):
    """A view that slept through a change and back keeps its lower revision; all else is equal."""
    told = (b"SEQUENCE", b"DTSTAMP", b"LAST-MODIFIED", b"COMPLETED")
    return [line for line in body.split(b"\r\n") if not line.startswith(told)]


def test_kept_fragments_stand_where_the_index_says(template, tmp_path):
    shutil.copy(template, tmp_path / "record.db")
    sessions = open_database(f"sqlite:///{tmp_path / 'record.db'}")
    view = View("o", VIEWS[2], "https://x.example", "rules")
    with sessions() as session:
        answer(session, view, lambda: KINDS, now=NOW)
        kept = document(session, view.key)
    sessions.kw["bind"].dispose()

    body = gzip.decompress(kept.body)

    assert kept.events
    for uid, (revision, offset, length) in kept.events.items():
        part = body[offset : offset + length]
        assert part.startswith((b"BEGIN:VEVENT\r\n", b"BEGIN:VTODO\r\n"))
        assert part.endswith((b"END:VEVENT\r\n", b"END:VTODO\r\n"))
        assert f"UID:{uid}".encode() in part.replace(b"\r\n ", b"")
        assert f"SEQUENCE:{revision}\r\n".encode() in part


def test_what_nobody_asks_for_is_forgotten(template, tmp_path):
    shutil.copy(template, tmp_path / "record.db")
    sessions = open_database(f"sqlite:///{tmp_path / 'record.db'}")
    view = View("o", VIEWS[0], "https://x.example", "rules")
    other = replace(view, address="https://y.example")
    with sessions() as session:
        answer(session, view, lambda: KINDS, now=NOW)
        session.commit()
        answer(session, other, lambda: KINDS, now=NOW + timedelta(days=32))
        session.commit()

        assert [other.key] == list(session.scalars(select(FeedDocumentRow.view)))
        # Revisions stay: a client that comes back must not see them fall.
        assert session.scalar(select(func.count(CalendarEntryRow.id)))
    sessions.kw["bind"].dispose()


def test_a_feed_too_large_for_google_counts_what_it_leaves_out(template, tmp_path, monkeypatch):
    shutil.copy(template, tmp_path / "record.db")
    sessions = _opened(tmp_path / "record.db")
    view = View("o", Choices(shows="site", site="main"), "https://x.example", "rules")
    with sessions() as session:
        whole = _titles(answer(session, view, lambda: KINDS, now=NOW).plain())
        session.rollback()
        monkeypatch.setattr("web.feeds.rendering.MOST_BYTES", 2 * HEAD_BYTES + 1_500)

        cut = answer(session, view, lambda: KINDS, now=NOW).plain()
    sessions.kw["bind"].dispose()

    shown = _titles(cut)
    note = shown.pop()
    assert f"此日历放不下：另有 {len(whole) - len(shown)} 项请在巡检中查看" == note
    assert 0 < len(shown) < len(whole)
    assert set(shown) < set(whole)
    assert len(cut) <= 2 * HEAD_BYTES + 1_500


def _titles(body):
    return [str(part["SUMMARY"]) for part in Calendar.from_ical(body).walk("VEVENT")]
