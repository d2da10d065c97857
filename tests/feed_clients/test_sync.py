# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
"""vdirsyncer fetches a real feed over HTTP into a folder, and khal shows what lies there."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from inspections.models import FeedSubscriptionRow, OccurrenceRow
from inspections.occurrence_log import append
from tests.browser.server import serving
from tests.feed_clients.conftest import run
from tests.feed_clients.mixed_feed import expected, feed, mixed_events
from tests.web.planned_record import MONDAY, app, clock, sessions, signed_in  # noqa: F401

VDIRSYNCER = """
[general]
status_path = "{folder}/status"
[pair calendar]
a = "feed"
b = "kept"
collections = null
conflict_resolution = "a wins"
[storage feed]
type = "http"
url = "{url}"
[storage kept]
type = "filesystem"
path = "{folder}/kept"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[kept]]
path = {folder}/kept
readonly = True
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


class Subscriber:
    """A phone: it syncs a link, and lists what it holds."""

    def __init__(self, in_clients, folder, url: str) -> None:
        self.folder, self._vdirsyncer, self._khal = (
            folder,
            in_clients("vdirsyncer"),
            in_clients("khal"),
        )
        (folder / "kept").mkdir(parents=True)
        (folder / "vdirsyncer.conf").write_text(VDIRSYNCER.format(folder=folder, url=url))
        (folder / "khal.conf").write_text(KHAL.format(folder=folder))
        self._sync("discover")

    def sync(self) -> None:
        self._sync("sync")

    def held(self) -> dict[str, tuple[str, int]]:
        """Return state and revision of what it holds, by the page that it leads to."""
        # vdirsyncer files what it fetched by names of its own and not by UID.
        return {
            str(one["URL"]): (str(one["STATUS"]), int(one["SEQUENCE"])) for one in self._events()
        }

    def titles(self) -> list[str]:
        return [str(one["SUMMARY"]) for one in self._events()]

    def _events(self):
        paths = (self.folder / "kept").glob("*.ics")
        return [Calendar.from_ical(path.read_bytes()).walk("VEVENT")[0] for path in paths]

    def written_at(self) -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (self.folder / "kept").iterdir()}

    def listed(self, since: str, until: str) -> dict[str, tuple[str, str]]:
        """Return start and end as khal shows them, by UID."""
        form = "{uid}\t{start-long-full}\t{end-long-full}"
        printed = run(
            self._khal,
            "-c",
            self.folder / "khal.conf",
            "list",
            "--once",
            "--day-format",
            "",
            "--format",
            form,
            since,
            until,
        )
        rows = [line.split("\t") for line in printed.splitlines() if "\t" in line]
        return {uid: (starts, ends) for uid, starts, ends in rows}

    def _sync(self, verb: str) -> None:
        run(self._vdirsyncer, "-c", self.folder / "vdirsyncer.conf", verb, input="y\n" * 9)


@pytest.fixture
def link(app, signed_in, clock, sessions):
    """Return the path and the number of a link to the calendar of one person."""
    clock.now = MONDAY
    visitor = signed_in()
    visitor.post("/calendar", {"label": "phone"}, token_from="/calendar")
    html = visitor.raw.get("/calendar").get_data(as_text=True)
    with sessions() as session:
        number = session.scalar(select(func.max(FeedSubscriptionRow.id)))
    return re.search(r'readonly value="http://localhost(/feeds/[^"]+)"', html)[1], number


@pytest.fixture
def phone(app, in_clients, link, tmp_path):
    in_clients("vdirsyncer")
    with serving(app) as address:
        yield Subscriber(in_clients, tmp_path / "phone", address + link[0])


def test_sync_takes_every_event_and_the_next_one_changes_nothing(app, phone, link):
    phone.sync()
    first = phone.written_at()
    phone.sync()

    served = Calendar.from_ical(app.test_client().get(link[0]).data).walk("VEVENT")
    assert {urlsplit(str(one["URL"])).path for one in served} == {
        urlsplit(url).path for url in phone.held()
    }
    assert first == phone.written_at()


def test_moved_and_cancelled_tasks_arrive_with_a_higher_revision_and_vanish_after_14_days(
    phone, sessions, clock
):
    phone.sync()
    before = phone.held()
    moved, cancelled = _latest_two(before, sessions)
    with sessions.begin() as session:
        row = session.get_one(OccurrenceRow, _number(moved))
        row.due_at += timedelta(minutes=20)
        row = session.get_one(OccurrenceRow, _number(cancelled))
        append(session, row, "cancelled", at=MONDAY, recorded_at=MONDAY, by="plan")

    phone.sync()
    after = phone.held()
    clock.now = MONDAY + timedelta(days=14)
    phone.sync()

    assert before.keys() == after.keys()
    assert ("CONFIRMED", before[moved][1] + 1) == after[moved]
    assert ("CANCELLED", before[cancelled][1] + 1) == after[cancelled]
    assert cancelled not in phone.held()
    assert moved in phone.held()


def test_revoked_link_empties_the_phone_and_leaves_the_notice(phone, link, signed_in):
    phone.sync()
    signed_in().post(f"/calendar/{link[1]}/revoke", {}, token_from="/calendar")

    phone.sync()

    assert ["此巡检日历已停用"] == phone.titles()


def test_khal_shows_every_event_of_a_mixed_feed_at_its_instants(in_clients, tmp_path):
    events = [one for one in mixed_events() if one.task is None]
    phone = Subscriber(in_clients, tmp_path / "phone", "http://localhost/none.ics")
    calendar = Calendar.from_ical(feed(events))
    zones = [part for part in calendar.subcomponents if part.name == "VTIMEZONE"]
    for part in calendar.walk("VEVENT"):
        one = Calendar()
        one.add("VERSION", "2.0")
        one.add("PRODID", "-//tests//ZH")
        for each in (*zones, part):
            one.add_component(each)
        name = str(part["UID"]).partition("@")[0]
        (tmp_path / "phone" / "kept" / f"{name}.ics").write_bytes(one.to_ical())

    shown = phone.listed("2026-02-01", "2027-03-31")

    wanted = {
        uid: (_as_khal(starts), _as_khal(ends, days=1))
        for uid, (starts, ends) in expected(events).items()
    }
    assert wanted == shown


def _latest_two(urls: Iterable[str], sessions) -> list[str]:
    """Return the two that are due last: they stay longest in a feed."""
    with sessions() as session:
        due = {url: session.get_one(OccurrenceRow, _number(url)).due_at for url in urls}
    return sorted(due, key=lambda url: (due[url], url))[-2:]


def _number(url: str) -> int:
    return int(url.rpartition("/")[2])


def _as_khal(told: str, *, days: int = 0) -> str:
    """Return an instant or a day as khal writes it; the last of whole days is included."""
    if "T" in told:
        return datetime.fromisoformat(told).astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    return (datetime.fromisoformat(told) - timedelta(days=days)).strftime("%Y-%m-%d 00:00")
