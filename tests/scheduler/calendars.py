"""Calendars and rule versions for tests of the scheduler."""

from datetime import date, datetime
from typing import Any

from rules.organisation.model import SiteCalendar
from rules.pack import RuleVersion
from scheduler.context import ExpansionContext
from scheduler.expansion import expand
from scheduler.occurrence import Occurrence
from scheduler.workdays import WorkCalendar

WEEK = ["mon", "tue", "wed", "thu", "fri"]
ALL_DAYS = [*WEEK, "sat", "sun"]


def calendar(
    days: list[str] | None = None,
    opens: str = "07:30",
    closes: str = "17:30",
    *,
    time_zone: str = "Asia/Shanghai",
    country: str = "CN",
    **more: Any,
) -> WorkCalendar:
    opening = [{"days": days or WEEK, "opens": opens, "closes": closes}]
    site = SiteCalendar.model_validate({"opening": opening, **more})
    return WorkCalendar(site, time_zone=time_zone, country=country)


def version(cadence: dict[str, Any], **more: Any) -> RuleVersion:
    return RuleVersion.model_validate({"from": "2020-01-01", "cadence": cadence, **more})


def expansion(
    cadence: dict[str, Any],
    since: str,
    until: str,
    *,
    on: WorkCalendar | None = None,
    context: ExpansionContext | None = None,
    **more: Any,
) -> tuple[Occurrence, ...]:
    return expand(
        version(cadence, **more),
        on or calendar(),
        since=date.fromisoformat(since),
        until=date.fromisoformat(until),
        context=context or ExpansionContext(),
    )


def windows(found: tuple[Occurrence, ...], on: WorkCalendar | None = None) -> list[str]:
    """Each occurrence as "period: opens - due" on the local clock."""
    zone = (on or calendar()).zone

    def face(instant: datetime) -> str:
        return f"{instant.astimezone(zone):%m-%d %H:%M}"

    return [f"{o.period}: {face(o.opens_at)} - {face(o.due_at)}" for o in found]


def due_days(found: tuple[Occurrence, ...], on: WorkCalendar | None = None) -> list[str]:
    zone = (on or calendar()).zone
    return [f"{o.due_at.astimezone(zone):%m-%d}" for o in found]
