"""Builders of small roster problems."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.organisation.model import Certificate
from rules.text import Text
from scheduler.roster.problem import (
    Absence,
    Limit,
    PostCoverage,
    RosterPerson,
    RosterPost,
    RosterProblem,
    RosterShift,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
REST = Limit("rest-hours", 11)
CLAUSE = Text(zh="《国务院关于职工工作时间的规定》第三条", en="State Council Order 146, Art. 3")
FORTY = Limit("week-hours", 40, CLAUSE)
MONDAY = date(2026, 7, 6)


def text(words):
    return Text(zh=words, en=words)


def shift(code, since, until, minimum=1):
    return RosterShift(
        code, text(code), time.fromisoformat(since), time.fromisoformat(until), minimum
    )


def three_shifts(minimum=1):
    return (
        shift("D", "06:00", "14:00", minimum),
        shift("E", "14:00", "22:00", minimum),
        shift("N", "22:00", "06:00", minimum),
    )


def post(name="gate", **changes):
    values = {"site": "office", "name": text(name), "shifts": three_shifts(), "roles": ("guard",)}
    return RosterPost(name, **{**values, **changes})


def person(name, **changes):
    holds = changes.pop("holds", ())
    values = {
        "name": text(name),
        "sites": ("office",),
        "roles": ("guard",),
        "limits": (REST,),
        "qualifications": tuple(
            Certificate.model_validate({"kind": kind, "from": date(2020, 1, 1)}) for kind in holds
        ),
    }
    return RosterPerson(name, **{**values, **changes})


def at(day, clock):
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)


def absence(since, until):
    return Absence(since, until, text("请假"))


def all_day(since, until, minimum, qualifications=()):
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    spans = tuple((at(day, "00:00"), at(day + timedelta(days=1), "00:00")) for day in days)
    return PostCoverage(
        minimum, spans, qualifications, text("《高层民用建筑消防安全管理规定》第二十七条")
    )


def problem(posts, people, since=MONDAY, until=MONDAY, **more):
    return RosterProblem(since, until, "Asia/Shanghai", tuple(posts), tuple(people), **more)
