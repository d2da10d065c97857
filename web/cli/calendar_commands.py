"""`xunjian calendar`: bring a term calendar into the record, and write one to fill in."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from rules.faults import InputInvalid
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, Group, option
from web.cli.file_imports import (
    DRY_RUN,
    ORGANISATION,
    OUT,
    SITES,
    bytes_of,
    chosen_sites,
    is_ics,
    organisation_of,
    save_edit,
    write_workbook,
)
from web.cli.output import print_json, print_table, refuse, say
from web.cli.record import open_record

if TYPE_CHECKING:
    from inspections.calendars.edit import ImportedCalendar
    from inspections.calendars.entries import CalendarFile
    from rules.organisation.model import Organisation

_OUTCOMES = {
    "new": Text(zh="新增", en="new"),
    "moved": Text(zh="移动", en="moved"),
    "renamed": Text(zh="改名", en="renamed"),
    "cancelled": Text(zh="取消", en="cancelled"),
    "gone": Text(zh="文件中不再有", en="no longer in the file"),
    "linked": Text(zh="已有，此后随此日历", en="there already; follows this calendar from now on"),
    "absent": Text(zh="已取消，原本没有", en="cancelled, was not here"),
    "same": Text(zh="未变", en="unchanged"),
}


@click.group(
    cls=Group,
    help=Text(
        zh="校历：学期、放假、补班补课和考试。", en="Term calendars: terms, closed days, exams."
    ),
)
def calendar() -> None:
    """Name the group."""


@calendar.command(
    "import",
    cls=Command,
    help=Text(
        zh="把校历（.xlsx 或 .ics）导入各场所的日历，并重新排程。\n\n"
        "同名日历再次导入：日子变了的移动，取消的和文件里不再有的去掉，其余不变；"
        "手工填写的从不去掉。\n\n退出码：0 正常，2 输入有误，此时不写入任何内容。",
        en="Bring the term calendar in FILE (.xlsx or .ics) into the calendars of sites, and plan "
        "anew.\n\nA calendar of the same name, imported again, moves what has other days, takes "
        "out what is cancelled or gone, and changes nothing else; what people wrote stays.\n\n"
        "Exit status: 0, or 2 with bad input, and then nothing is written.",
    ),
    example="xunjian calendar import terms.ics --organisation chunmiao --dry-run",
)
@click.argument("file", type=click.Path(path_type=Path))
@ORGANISATION
@SITES
@option(
    "--name",
    default="",
    metavar="NAME",
    help=Text(
        zh="日历名称；默认用文件自己的名称。", en="Name of the calendar; its own if not given."
    ),
)
@DRY_RUN
@DATABASE
@JSON
def import_calendar(  # noqa: PLR0913 (the options of one command)
    file: Path,
    *,
    organisation_id: str,
    sites: tuple[str, ...],
    name: str,
    dry_run: bool,
    database: str | None,
    as_json: bool,
) -> None:
    """Bring a term calendar into the calendars of sites."""
    from inspections.calendars.edit import (
        ImportedCalendar,
        every_fault,
        try_calendar,
        with_known_kinds,
    )
    from inspections.calendars.entries import PartlyRead
    from inspections.editing import Editor

    editor = Editor(organisation_id, "import", "administrator")
    with open_record(database, as_json=as_json).begin() as session:
        present = organisation_of(session, organisation_id, as_json=as_json)
        chosen = chosen_sites(present, sites, as_json=as_json)
        try:
            read = _read(file, present, name)
            calendars = [site.calendar for site in present.sites if site.id in chosen]
            read = with_known_kinds(read, calendars)
            edit = ImportedCalendar(read.name, chosen, read.entries)
            edited = try_calendar(present, edit, editor=editor)
        except PartlyRead as partly:
            refuse(every_fault(present, partly, chosen, editor=editor), as_json=as_json)
        except InputInvalid as invalid:
            refuse(invalid.faults, as_json=as_json)
        if edited != present and not dry_run:
            save_edit(session, present, edit, editor=editor)
    _show(present, edit, read, saved=edited != present and not dry_run, as_json=as_json)


@calendar.command(
    "template",
    cls=Command,
    help=Text(
        zh="写出可填写的校历工作簿，带示例；给出单位时写出其现有校历。\n\n"
        "退出码：0 正常，2 输入有误。",
        en="Write a workbook to fill in, with examples; with an organisation, what it has now.\n\n"
        "Exit status: 0, or 2 with bad input.",
    ),
    example="xunjian calendar template --out terms.xlsx",
)
@OUT
@option(
    "--organisation",
    "organisation_id",
    metavar="ID",
    help=Text(zh="写出哪个单位现有的校历。", en="Whose present calendars to write."),
)
@DATABASE
@JSON
def template(
    out: Path, *, organisation_id: str | None, database: str | None, as_json: bool
) -> None:
    """Write a workbook to fill in."""
    from inspections.exchange.calendar_writer import calendar_template, calendar_workbook

    write_workbook(
        out,
        organisation_id,
        empty=calendar_template,
        filled=calendar_workbook,
        database=database,
        as_json=as_json,
    )


def _read(file: Path, present: "Organisation", name: str) -> "CalendarFile":
    data = bytes_of(file)
    if is_ics(file):
        from web.imports.ics_calendar import read_calendar_ics

        zone = ZoneInfo(present.time_zone)
        today = datetime.now(zone).date()
        return read_calendar_ics(data, file=str(file), zone=zone, today=today, name=name)
    from inspections.exchange.calendar_reader import read_calendar_workbook

    sites = {site.id: site.name for site in present.sites}
    return read_calendar_workbook(data, file=str(file), sites=sites, name=name)


def _show(
    present: "Organisation",
    edit: "ImportedCalendar",
    read: "CalendarFile",
    *,
    saved: bool,
    as_json: bool,
) -> None:
    steps = edit.steps(present)
    counts = Counter(step.outcome for each in steps.values() for step in each)
    unclear = [entry.name for entry in read.unclear]
    if as_json:
        told = {"calendar": read.name, "saved": saved, "outcomes": dict(counts)}
        print_json({**told, "left_out": [say(name) for name in unclear]})
        return
    rows = [
        [site, say(step.name), _days(step.before), _days(step.after), say(_OUTCOMES[step.outcome])]
        for site, each in steps.items()
        for step in each
        if step.outcome != "same"
    ]
    heads = [
        Text(zh="场所", en="Site"),
        Text(zh="名称", en="Name"),
        Text(zh="原来", en="Until now"),
        Text(zh="现在", en="From now on"),
        Text(zh="结果", en="What becomes of it"),
    ]
    if rows:
        print_table(read.name, [say(head) for head in heads], rows)
    for name in unclear:
        left = Text(
            zh=f"没有导入“{name.zh}”：看不出是什么。请在日历中给它加类别，或在网页上导入时选择。",
            en=f"Left out “{name.en}”: it is not clear what it is. Give it a category, or choose "
            "on the page of imports.",
        )
        click.echo(say(left), err=True)
    done = Text(zh="已写入，并重新排程。", en="Saved, and planned anew.")
    none = Text(zh="没有写入。", en="Nothing was written.")
    click.echo(say(done if saved else none))


def _days(span: Any) -> str:
    if span is None:
        return ""
    since, until = span
    return str(since) if since == until else f"{since} – {until}"
