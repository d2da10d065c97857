"""One feed of 1,000 events in the handler: cold, warm, not modified, and rendered each time."""

import random
import statistics
import tempfile
import time
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update

from benchmarks.feed_record import NOW, ORGANISATION, fill_record
from inspections.database import Sessions, open_database
from inspections.feeds.choices import Choices
from inspections.feeds.gathering import gather, items_of
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import scope_of
from inspections.feeds.stamping import stamped
from inspections.models import (
    OccurrenceRow,
    SiteRow,
)
from web import create_app
from web.feeds.document import FeedHead, document
from web.feeds.wording import Wording
from web.rulebook import whole_rulebook

EVENTS = 1_000


def one_feed() -> None:
    """Measure a feed of 1,000 events in the handler, and against icalendar on each request."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/feed.db"
        sessions = open_database(url)
        token, other = fill_record(sessions, 2, EVENTS)
        app = create_app({"DATABASE_URL": url, "SECRET_KEY": "bench", "FEED_LIMIT": "1000000/hour"})
        # Rules, words and statements are made ready by somebody else's feed.
        app.test_client().get(f"/feeds/{other}.ics")
        _one_feed(app, sessions, f"/feeds/{token}.ics")


def _one_feed(app: Flask, sessions: Sessions, path: str) -> None:
    client, clock = app.test_client(), _handler_clock(app)
    whole = client.get(path)
    cold = clock[-1]
    events = whole.data.count(b"BEGIN:VEVENT")
    warm = _repeated(lambda: client.get(path), clock)
    packed = _repeated(lambda: client.get(path, headers={"Accept-Encoding": "gzip"}), clock)
    tag = {"If-None-Match": whole.headers["ETag"]}
    same = _repeated(lambda: client.get(path, headers=tag), clock)
    assert client.get(path, headers=tag).status_code == 304

    def written_elsewhere() -> None:
        with sessions.begin() as session:
            session.execute(update(SiteRow).values(position=random.randrange(100)))
        client.get(path, headers=tag)

    looked = _repeated(written_elsewhere, clock)
    edits = iter(range(EVENTS))

    def edited() -> None:
        with sessions.begin() as session:
            row = session.get_one(OccurrenceRow, 500 + next(edits))
            row.due_at += timedelta(minutes=1)
        client.get(path, headers=tag)

    moved = _repeated(edited, clock)
    plain = _rendered_each_time(app, sessions)
    print(f"{events} events, {len(whole.data) / 1024:.0f} KiB; by the clock, and of processor")
    for words, (wall, cpu), target in (
        ("cold (once per revision)", cold, "at most 1,500"),
        ("one event changed", moved, ""),
        ("warm", warm, "at most 5"),
        ("warm, compressed", packed, ""),
        ("not modified", same, "at most 2"),
        ("not modified, others wrote", looked, ""),
    ):
        print(f"  {words:<28} {wall:8.2f} ms {cpu:8.2f} ms   {target}")
    ratio = plain / warm[1]
    print(f"  icalendar on each request             {plain:8.1f} ms   {ratio:,.0f} times warm")


def _handler_clock(app: Flask) -> list[tuple[float, float]]:
    """Return a list that gets the milliseconds of each fetch in the handler: clock, processor."""
    view, taken = app.view_functions["calendar.feed"], []

    def timed(**given: Any) -> Any:
        start, busy = time.perf_counter(), time.thread_time()
        try:
            return view(**given)
        finally:
            spent = (time.perf_counter() - start) * 1000, (time.thread_time() - busy) * 1000
            taken.append(spent)

    app.view_functions["calendar.feed"] = timed
    # The access check asks the function for this mark.
    timed.__dict__.update(view.__dict__)
    return taken


def _repeated(fetch: Any, clock: list[tuple[float, float]]) -> tuple[float, float]:
    found = []
    for _ in range(30):
        fetch()
        found.append(clock[-1])
    walls, cpus = zip(*found, strict=True)
    return statistics.median(walls), statistics.median(cpus)


def _rendered_each_time(app: Flask, sessions: Sessions) -> float:
    """Return the processor's milliseconds of rendering the feed anew, as most products do."""
    with app.app_context():
        kinds = RuleKinds(whole_rulebook())
    choices = Choices(person="p0", alarms=(15,))
    best = float("inf")
    for _ in range(3):
        start = time.thread_time()
        with sessions() as session:
            scope = scope_of(session, ORGANISATION, choices, now=NOW)
            items, _cut = items_of(session, gather(session, scope, kinds))
            items = stamped(session, ORGANISATION, items, now=NOW)
            session.rollback()
        wording = Wording(choices, scope.zone, "http://localhost")
        events = [event for item in items for event in wording.events(item)]
        document(FeedHead("x", "x", "Asia/Shanghai"), events)
        best = min(best, (time.thread_time() - start) * 1000)
    return best
