"""The record that feeds are measured over: people with tasks, and a link for each."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from inspections.database import Sessions
from inspections.models import (
    AssignmentRow,
    DutyRow,
    FeedSubscriptionRow,
    OccurrenceRow,
    OrganisationRow,
    PersonRow,
    PlanRunRow,
    Row,
    SiteRow,
)
from rules.text import Text

RULE = "mps61-daily-patrol"
ORGANISATION = "bench"
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
REASON = Text(
    zh="持有消防设施操作员证，当日在岗，本周已排任务最少（第 3 位）",
    en="holds the certificate, works that day, has the fewest tasks this week",
)


def _text(words: str) -> Text:
    return Text(zh=words, en=words)


def fill_record(sessions: Sessions, people: int, tasks: int) -> list[str]:
    """Fill a record: *people* with *tasks* each, and a link for everybody; return the secrets."""
    tokens = [f"{number:043d}" for number in range(people)]
    with sessions.begin() as session:
        put = session.connection().execute
        _fill_organisation(put, people)
        day = NOW.date()
        tables: dict[Any, list[dict[str, Any]]] = {}
        for number in range(people * tasks):
            person, task = divmod(number, tasks)
            opens = NOW + timedelta(hours=6 + 2 * task, minutes=person % 60)
            tables.setdefault(OccurrenceRow, []).append(
                {
                    "id": number + 1,
                    "duty_id": 1,
                    "site_id": 1,
                    "period": f"p{number}",
                    "opens_at": opens,
                    "due_at": opens + timedelta(hours=1),
                    "closes_at": opens + timedelta(hours=1),
                    "planned_on": opens.date(),
                    "state": "scheduled",
                    "provisional": False,
                    "revision": 0,
                    "priority": 0,
                }
            )
            tables.setdefault(AssignmentRow, []).append(
                {
                    "occurrence_id": number + 1,
                    "person_id": person + 1,
                    "reason": REASON,
                    "pinned": False,
                    "plan_run_id": 1,
                }
            )
            if len(tables[OccurrenceRow]) == 20_000:
                _flush(put, tables)
        _flush(put, tables)
        links = [_link(number, token) for number, token in enumerate(tokens)]
        put(insert(FeedSubscriptionRow.__table__), links)
    print(f"{people:,} people with {tasks} tasks each, planned from {day}")
    return tokens


def _fill_organisation(put: Any, people: int) -> None:
    name, changed = _text("云岭小学"), NOW - timedelta(days=40)
    put(
        insert(OrganisationRow.__table__).values(
            id=ORGANISATION,
            name=name,
            time_zone="Asia/Shanghai",
            country="CN",
            packs=[],
            changed_at=changed,
        )
    )
    site = {"id": 1, "organisation_id": ORGANISATION, "key": "main", "name": name}
    put(insert(SiteRow.__table__).values(**site, facts={}, calendar={}, position=0))
    rows = [
        {
            "id": number + 1,
            "organisation_id": ORGANISATION,
            "key": f"p{number}",
            "name": _text(f"人员{number}"),
            "sites": ["main"],
            "roles": [],
            "facts": {},
            "minutes_per_day": 480,
            "works": [],
            "position": number,
        }
        for number in range(people)
    ]
    put(insert(PersonRow.__table__), rows)
    put(
        insert(PlanRunRow.__table__).values(
            id=1,
            organisation_id=ORGANISATION,
            at=changed,
            since=NOW.date(),
            until=NOW.date(),
            seed=0,
            inputs_digest="",
            rulebook_digest="",
            packs=[],
            software="",
            result={},
        )
    )
    put(
        insert(DutyRow.__table__).values(
            id=1,
            organisation_id=ORGANISATION,
            site_id=1,
            rule=RULE,
            target_kind="site",
            target="main",
            status="binds",
            waits_for=[],
            because={},
            valid_from=NOW.date(),
        )
    )


def _flush(put: Any, tables: dict[type[Row], list[dict[str, Any]]]) -> None:
    for table, rows in tables.items():
        put(insert(table.__table__), rows)
    tables.clear()


def _link(number: int, token: str) -> dict[str, Any]:
    return {
        "organisation_id": ORGANISATION,
        "token_sha256": hashlib.sha256(token.encode()).hexdigest(),
        "label": "bench",
        "created_by": "bench",
        "created_at": NOW,
        "language": "zh",
        "alarms": [15],
        "shows": "person",
        "person": f"p{number}",
        "deadlines": "event",
        "days_back": 30,
        "days_ahead": 120,
        "detail": "full",
        "cancelled_days": 14,
    }
