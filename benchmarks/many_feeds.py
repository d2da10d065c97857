"""Everybody's feed polled once over loopback, as in an hour, while the record changes."""

import gzip
import http.client
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from typing import Any

import psutil
from sqlalchemy import insert, update

from benchmarks.feed_record import fill_record
from benchmarks.feed_server import CLIENTS, free_port, wait_for
from inspections.database import Sessions, open_database
from inspections.models import (
    OccurrenceEventRow,
    OccurrenceRow,
    SiteRow,
)

TASKS = 60
HOUR = 3_600
CHANGED = 0.2


def many_feeds(people: int) -> None:
    """Poll everybody's feed once, as in an hour, and set the processor's time against the hour."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/feeds.db"
        sessions = open_database(url)
        tokens = fill_record(sessions, people, TASKS)
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.feeds", "--serve", url, str(port)],
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            _measure(sessions, server, port, tokens)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def _measure(sessions: Sessions, server: Any, port: int, tokens: list[str]) -> None:
    process = psutil.Process(server.pid)
    tags: dict[str, str] = {}
    cold, _wall, answers = _round(process, port, tokens, tags)
    print(f"first poll of all: {cold:.0f} s of processor, {cold / len(tokens) * 1000:.1f} ms each")
    print(f"  {answers}")
    _change_some(sessions, len(tokens))
    writer = threading.Event()
    thread = threading.Thread(target=_keep_writing, args=(sessions, writer))
    thread.start()
    busy, wall, answers = _round(process, port, tokens, tags)
    writer.set()
    thread.join()
    share = busy / HOUR * (10_000 / len(tokens))
    print(
        f"an hour's polls, a fifth changed, others writing: {busy:.1f} s of processor"
        f" in {wall:.0f} s"
    )
    print(f"  {answers}")
    print(f"  for 10,000 people {share:.1%} of one core   at most 5 %")


def _round(
    process: psutil.Process, port: int, tokens: list[str], tags: dict[str, str]
) -> tuple[float, float, dict[int, int]]:
    """Fetch every feed with its last tag; return processor and clock seconds, and the answers."""
    shuffled = random.Random(7).sample(tokens, len(tokens))
    answers: dict[int, int] = {}
    before, start = sum(process.cpu_times()[:2]), time.perf_counter()
    threads = [
        threading.Thread(target=_poll, args=(port, shuffled[n::CLIENTS], tags, answers))
        for n in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(process.cpu_times()[:2]) - before, time.perf_counter() - start, answers


def _poll(port: int, tokens: list[str], tags: dict[str, str], answers: dict[int, int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for token in tokens:
        headers = {"Accept-Encoding": "gzip", "User-Agent": "iOS/18 dataaccessd/1.0"}
        if token in tags:
            headers["If-None-Match"] = tags[token]
        connection.request("GET", f"/feeds/{token}.ics", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        answers[answer.status] = answers.get(answer.status, 0) + 1
        if answer.status == 200:
            assert gzip.decompress(body).startswith(b"BEGIN:VCALENDAR")
            tags[token] = answer.headers["ETag"]


def _change_some(sessions: Sessions, people: int) -> None:
    """One task of every fifth person is done."""
    with sessions.begin() as session:
        at = datetime.now(UTC)
        ids = [person * TASKS + 1 for person in range(people) if person % int(1 / CHANGED) == 0]
        rows = [
            {"occurrence_id": id_, "kind": "performed", "at": at, "recorded_at": at, "by": "bench"}
            for id_ in ids
        ]
        session.execute(insert(OccurrenceEventRow), rows)
        done = update(OccurrenceRow).where(OccurrenceRow.id.in_(ids))
        session.execute(done.values(state="done"))


def _keep_writing(sessions: Sessions, stop: threading.Event) -> None:
    """Write something that calendars might show ten times a second, so that nothing is too easy."""
    while not stop.wait(0.1):
        with sessions.begin() as session:
            session.execute(update(SiteRow).values(position=SiteRow.position + 1))
