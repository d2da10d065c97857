"""Reads a duty roster from a YAML file: every fault at once, or a problem that is sound."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from rules.cadence import WEEKDAYS
from rules.faults import InputInvalid
from rules.organisation.model import DateSpan
from rules.schema_faults import schema_faults
from rules.yaml_document import read_document
from scheduler.roster.formats.duty_checks import complaints
from scheduler.roster.formats.duty_model import (
    KIND,
    DutyCell,
    DutyPerson,
    DutyPost,
    DutyRosterFile,
)
from scheduler.roster.problem import (
    Absence,
    Bond,
    Cell,
    Cells,
    Limit,
    LimitName,
    RosterPerson,
    RosterPost,
    RosterProblem,
    Wish,
)
from scheduler.roster.shifts import roster_shift
from scheduler.roster.slots import days_between

_PRIORITY = {"law": 0, "recommended": 1, "house": 2}


def is_duty_roster(text: str) -> bool:
    """Tell whether the text of a file says that it is a duty roster."""
    return any(line.strip() == f"kind: {KIND}" for line in text.splitlines()[:50])


def read_duty_roster(path: Path) -> RosterProblem:
    """
    Return the problem that the file at *path* holds.

    Raises:
        InputInvalid: If anything in it is wrong; holds every fault.
    """
    document = read_document(path)
    try:
        file = DutyRosterFile.model_validate(document.data)
    except ValidationError as error:
        raise InputInvalid(schema_faults(error, document)) from error
    faults = [document.fault(one.at, one.message, one.remedy) for one in complaints(file)]
    if faults:
        raise InputInvalid(sorted(faults, key=lambda one: (one.line, one.field)))
    return _problem(file)


def _problem(file: DutyRosterFile) -> RosterProblem:
    zone = ZoneInfo(file.time_zone)
    return RosterProblem(
        file.since,
        file.until,
        file.time_zone,
        tuple(map(_post, file.posts)),
        tuple(_person(person, file, zone) for person in file.people),
        history=_cells(file.history),
        pins=_cells(file.pins),
        previous=_cells(file.previous),
        bonds=tuple(_bonds(file)),
        wishes=tuple(_wishes(file)),
    )


def _post(post: DutyPost) -> RosterPost:
    shifts = map(roster_shift, post.shifts)
    return RosterPost(
        post.id,
        post.site,
        post.name,
        tuple(shifts),
        roles=post.roles,
        qualifications=post.qualifications,
        priority=_PRIORITY[post.priority],
    )


def _person(person: DutyPerson, file: DutyRosterFile, zone: ZoneInfo) -> RosterPerson:
    mine = {**file.limits, **person.limits}
    return RosterPerson(
        person.id,
        person.name,
        person.sites,
        roles=person.roles,
        qualifications=person.qualifications,
        absences=tuple(_absence(span, zone) for span in person.absences),
        limits=tuple(_limit(name, mine[name], person, file) for name in sorted(mine)),
    )


def _limit(name: LimitName, value: float, person: DutyPerson, file: DutyRosterFile) -> Limit:
    extra = person.overtime if name == "week-hours" else 0
    return Limit(name, value, weeks=file.average_weeks, overtime=extra)


def _bonds(file: DutyRosterFile) -> Iterator[Bond]:
    for apart in file.apart:
        yield Bond("apart", apart.people, apart.reason)
    for one in file.together:
        yield Bond("with", (one.person, *one.others), one.reason)


def _wishes(file: DutyRosterFile) -> Iterator[Wish]:
    for wish in file.wishes:
        cell = (wish.post, wish.shift) if wish.post is not None and wish.shift else None
        for day in days_between(file.since, file.until):
            if day == wish.on or WEEKDAYS[day.weekday()] in wish.days:
                yield Wish(wish.person, day, cell, wish.weight, unwanted=wish.unwanted)


def _absence(span: DateSpan, zone: ZoneInfo) -> Absence:
    until = span.until + timedelta(days=1)
    return Absence(
        datetime.combine(span.since, time(), zone),
        datetime.combine(until, time(), zone),
        span.reason,
    )


def _cells(cells: Iterable[DutyCell]) -> Cells:
    return {(one.person, one.on): _cell(one) for one in cells}


def _cell(one: DutyCell) -> Cell | None:
    return (one.post, one.shift) if one.post is not None and one.shift is not None else None
