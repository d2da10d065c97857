"""Term calendars: what was imported, and on which days a site then opens."""

from dataclasses import dataclass, field
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pytest_bdd import parsers, then, when

from features.steps.moments import DAY, day_of
from features.steps.world import World
from inspections.calendars.edit import ImportedCalendar
from inspections.edits import changed
from inspections.exchange.calendar_reader import read_calendar_workbook
from inspections.exchange.calendar_sheet import CALENDAR
from inspections.exchange.calendar_writer import calendar_template
from inspections.importing import import_organisation, load_from_record
from rules.organisation.model import Organisation
from scheduler.workdays import WorkCalendar

_COLUMNS = {"种类": "kind", "名称": "name.zh", "开始": "from", "结束": "until"}


@dataclass
class Imported:
    """The calendars that a scenario imported, the last one last."""

    edits: list[ImportedCalendar] = field(default_factory=list)


@pytest.fixture
def imported() -> Imported:
    """Return what was imported so far: nothing."""
    return Imported()


@when(parsers.re("导入“(?P<name>.+)”"))
def import_calendar(world: World, imported: Imported, name, datatable) -> None:
    """Fill in the template, read it and save what it says."""
    present = load_from_record(world.session, world.organisation)
    sites = {site.id: site.name for site in present.sites}
    data = _filled(datatable)
    file = read_calendar_workbook(data, file="terms.xlsx", sites=sites, name=name)
    edit = ImportedCalendar(file.name, tuple(sites), file.entries)
    import_organisation(world.session, changed(present, edit), now=world.now)
    imported.edits.append(edit)


@then("再导入一次什么也不变")
def the_same_again(world: World, imported: Imported) -> None:
    """See that the same file finds everything as it says."""
    present = load_from_record(world.session, world.organisation)

    assert present == changed(present, imported.edits[-1])


@then(parsers.re(f"幼儿园(?P<day>{DAY})开放"))
def opens(world: World, day) -> None:
    """See that the site opens."""
    assert _calendar(world).why_closed(day_of(day)) is None


@then(parsers.re(f"幼儿园(?P<day>{DAY})因“(?P<why>.+)”不开放"))
def stays_closed(world: World, day, why) -> None:
    """See that the site does not open, and why."""
    closed = _calendar(world).why_closed(day_of(day))

    assert closed is not None
    assert why == closed.zh


@then(parsers.re(f"幼儿园的考试日是(?P<since>{DAY})至(?P<until>{DAY})"))
def exam_days(world: World, since, until) -> None:
    """See the only days of examinations."""
    exams = _organisation(world).sites[0].calendar.exams

    assert [(day_of(since), day_of(until))] == [(span.since, span.until) for span in exams]


def _organisation(world: World) -> Organisation:
    return load_from_record(world.session, world.organisation)


def _calendar(world: World) -> WorkCalendar:
    present = _organisation(world)
    site = present.sites[0]
    return WorkCalendar(site.calendar, time_zone=present.time_zone, country=present.country)


def _filled(rows: list[list[str]]) -> bytes:
    head, *body = rows
    workbook = load_workbook(BytesIO(calendar_template()))
    sheet = workbook[CALENDAR.tab]
    keys = [column.key for column in CALENDAR.columns]
    for number, row in enumerate(body, 2):
        for title, value in zip(head, row, strict=True):
            sheet.cell(number, keys.index(_COLUMNS[title]) + 1).value = value
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
