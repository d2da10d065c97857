"""Every client reads every instant of a mixed feed alike, and finds nothing wrong with it."""

import pytest

from tests.feed_clients.conftest import HERE, run
from tests.feed_clients.mixed_feed import ODD_ZONES, expected, feed, mixed_events

EVENTS = mixed_events()


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    written = tmp_path_factory.mktemp("feed") / "feed.ics"
    written.write_bytes(feed(EVENTS))
    return written


def _read(printed: str) -> dict[str, tuple[str, str]]:
    rows = [line.split("\t") for line in printed.splitlines()]
    assert len(rows) == len({uid for uid, *_ in rows})
    return {uid: (starts, ends) for uid, starts, ends in rows}


def test_libical_reads_every_instant_and_finds_no_error(libical, path):
    assert expected(EVENTS) == _read(run(libical, path))


def test_ical_js_reads_every_instant(icaljs, path):
    assert expected(EVENTS) == _read(run(*icaljs, path))


def test_home_assistant_reads_every_instant(in_clients, path):
    reader = HERE / "readers" / "home_assistant_reader.py"

    assert expected(EVENTS) == _read(run(in_clients("python"), reader, path))


def test_icalendar_with_recurring_events_reads_every_instant(in_clients, path):
    reader = HERE / "readers" / "recurring_reader.py"

    assert expected(EVENTS) == _read(run(in_clients("python"), reader, path))


@pytest.mark.parametrize("reader", ["libical", "icaljs"])
def test_zones_without_a_yearly_rule_are_told_change_by_change(reader, request, tmp_path):
    # These two read the zones that stand in the feed, and know none by name.
    command = request.getfixturevalue(reader)
    events = mixed_events(ODD_ZONES)
    (tmp_path / "odd.ics").write_bytes(feed(events))

    printed = run(*(command if isinstance(command, list) else [command]), tmp_path / "odd.ics")

    assert expected(events) == _read(printed)
