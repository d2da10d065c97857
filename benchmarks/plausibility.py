"""
How long the flags of a month take on a record of 100,000 inspections.

Run it with `python -m benchmarks.plausibility`. It fills a record of its own: 20 sites, a year of
100,000 inspections with ten answers each (two of them readings), 20,000 photos with looks, and a
planted flag of each kind. Then it asks for the flags of a month as the page does; then for all
100,000 as if they had been done within one month. `XUNJIAN_DATABASE_URL` names a PostgreSQL, which
must be empty; without it SQLite is used.
"""

import os
import random
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from inspections.database import Sessions, open_database
from inspections.models import (
    AnswerRow,
    DutyRow,
    EvidenceLinkRow,
    EvidenceRow,
    InspectionRow,
    OccurrenceRow,
    OrganisationRow,
    PlaceRow,
    SiteRow,
)
from inspections.plausibility.flags import Wanted, flags_of
from rules.text import Text

INSPECTIONS, SITES, PLACES, ANSWERS, PHOTO_EACH = 100_000, 20, 40, 10, 5
START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = Text(zh="一", en="one")
CHECKLIST = {
    "id": "round",
    "title": {"zh": "巡查", "en": "Round"},
    "items": [
        {
            "id": f"i{number}",
            "type": "number",
            "unit": "°C",
            "title": {"zh": "温度", "en": "Reading"},
        }
        for number in range(ANSWERS)
    ],
}
Rows = list[dict[str, Any]]


def _fill(sessions: Sessions, days: int) -> None:
    with sessions.begin() as session:
        session.execute(insert(OrganisationRow), [_organisation()])
        for table, rows in _tables(days).items():
            for start in range(0, len(rows), 20_000):
                session.execute(insert(table), rows[start : start + 20_000])


def _organisation() -> dict[str, Any]:
    return {
        "id": "big",
        "name": WORDS,
        "time_zone": "UTC",
        "country": "CN",
        "packs": [],
        "changed_at": START,
    }


def _tables(days: int) -> dict[Any, Rows]:
    draw = random.Random(7)
    tables: dict[Any, Rows] = {
        table: []
        for table in (
            SiteRow,
            PlaceRow,
            DutyRow,
            OccurrenceRow,
            InspectionRow,
            AnswerRow,
            EvidenceRow,
            EvidenceLinkRow,
        )
    }
    for site in range(1, SITES + 1):
        tables[SiteRow].append(_site(site))
        for place in range(PLACES):
            tables[PlaceRow].append(_place(site, place))
            tables[DutyRow].append(_duty((site - 1) * PLACES + place + 1, site, place))
    for number in range(INSPECTIONS):
        _inspection(tables, number, days, draw)
    return tables


def _site(site: int) -> dict[str, Any]:
    common = {"organisation_id": "big", "name": WORDS, "facts": {}, "calendar": {}}
    return {**common, "id": site, "key": f"s{site}", "position": site}


def _place(site: int, place: int) -> dict[str, Any]:
    facts = {"place.building": f"b{place // 10}"}
    return {"site_id": site, "key": f"p{place}", "name": WORDS, "facts": facts, "position": place}


def _duty(number: int, site: int, place: int) -> dict[str, Any]:
    return {
        "id": number,
        "organisation_id": "big",
        "site_id": site,
        "rule": "round",
        "target_kind": "place",
        "target": f"p{place}",
        "status": "binds",
        "waits_for": [],
        "because": {},
        "valid_from": START.date(),
    }


def _inspection(tables: dict[Any, Rows], number: int, days: int, draw: random.Random) -> None:
    duty = number % (SITES * PLACES) + 1
    site = (duty - 1) // PLACES + 1
    # Eight people a site, each with a round of places that lie a quarter of an hour apart.
    step = days * 24 * 60 / (INSPECTIONS / SITES / 8)
    at = START + timedelta(minutes=step * (number // SITES // 8), seconds=draw.randrange(60))
    by = f"person-{site}-{number // SITES % 8}"
    hasty = number % 10_000 == 9_999
    pace = 0.2 if hasty else draw.uniform(3, 12)
    tables[OccurrenceRow].append(_occurrence(number, duty, site, at))
    done = at + timedelta(seconds=pace * ANSWERS)
    tables[InspectionRow].append(
        {
            "id": f"{number:032}",
            "occurrence_id": number + 1,
            "checklist": CHECKLIST,
            "started_at": at,
            "finished_at": done,
            "device_at": done,
            "server_at": done,
            "offset_seconds": 0.0,
            "by": by,
            "make_up": False,
        }
    )
    for item in range(ANSWERS):
        reading = 21.5 if duty == 1 else round(draw.gauss(20, 2), 2)
        value: Any = reading if item < 2 else "pass"
        tables[AnswerRow].append(
            {
                "inspection_id": f"{number:032}",
                "item": f"i{item}",
                "attempt": 1,
                "value": value,
                "verdict": "pass",
                "at": at + timedelta(seconds=pace * item),
            }
        )
    if number % PHOTO_EACH == 0:
        _photo(tables, number, done, draw)


def _occurrence(number: int, duty: int, site: int, at: datetime) -> dict[str, Any]:
    return {
        "id": number + 1,
        "duty_id": duty,
        "site_id": site,
        "period": str(number),
        "opens_at": at - timedelta(hours=4),
        "due_at": at + timedelta(hours=4),
        "closes_at": at + timedelta(hours=8),
        "planned_on": at.date(),
        "state": "done",
        "provisional": False,
        "revision": 0,
        "priority": 0,
    }


def _photo(tables: dict[Any, Rows], number: int, at: datetime, draw: random.Random) -> None:
    sha256 = f"{number:064x}"
    look = 7 if number % 20_000 == 0 else draw.getrandbits(64) - (1 << 63)
    tables[EvidenceRow].append(
        {"sha256": sha256, "media_type": "image/jpeg", "size": 1, "stored_at": at, "look": look}
    )
    owner = {"inspection_id": f"{number:032}", "item": "i9"}
    tables[EvidenceLinkRow].append({"sha256": sha256, "by": "x", "at": at, **owner})


def _measure(title: str, days: int, month: date, folder: str) -> None:
    url = os.environ.get("XUNJIAN_DATABASE_URL") or f"sqlite:///{folder}/{days}.db"
    sessions = open_database(url)
    _fill(sessions, days)
    walls = []
    for _ in range(3):
        with sessions() as session:
            started, worked = time.perf_counter(), time.process_time()
            found = flags_of(session, Wanted("big", (), month))
            walls.append((time.perf_counter() - started, time.process_time() - worked))
    wall, cpu = min(walls)
    kinds = dict(sorted(Counter(one.flag.kind for one in found).items()))
    print(f"{title}: {wall:.2f} s ({cpu:.2f} s of the processor), flags {kinds}")
    sessions.kw["bind"].dispose()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _measure("one month of a year with 100,000 inspections", 365, date(2026, 6, 1), folder)
        if "XUNJIAN_DATABASE_URL" not in os.environ:
            _measure("all 100,000 within one month", 30, date(2026, 1, 1), folder)


if __name__ == "__main__":
    main()
