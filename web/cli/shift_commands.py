"""`xunjian shifts`: bring shift patterns into the record, and write some to fill in."""

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
    from inspections.shift_patterns.entries import ShiftPatterns
    from rules.organisation.model import Organisation, Shift


@click.group(
    cls=Group,
    help=Text(zh="班次表：各岗位的班次。", en="Shift patterns: the shifts of posts."),
)
def shifts() -> None:
    """Name the group."""


@shifts.command(
    "import",
    cls=Command,
    help=Text(
        zh="把班次表（.xlsx 或 .ics）导入已有的岗位，并重新排程。\n\n"
        "文件写到的岗位，以文件为其全部班次；没写到的岗位不变。\n\n"
        "退出码：0 正常，2 输入有误，此时不写入任何内容。",
        en="Bring the shift patterns in FILE (.xlsx or .ics) to the posts that are there, and plan "
        "anew.\n\nThe file lists all shifts of each post that it names; other posts stay.\n\n"
        "Exit status: 0, or 2 with bad input, and then nothing is written.",
    ),
    example="xunjian shifts import shifts.xlsx --organisation mall-group --dry-run",
)
@click.argument("file", type=click.Path(path_type=Path))
@ORGANISATION
@SITES
@DRY_RUN
@DATABASE
@JSON
def import_shifts(  # noqa: PLR0913 (the options of one command)
    file: Path,
    *,
    organisation_id: str,
    sites: tuple[str, ...],
    dry_run: bool,
    database: str | None,
    as_json: bool,
) -> None:
    """Bring shift patterns to the posts that are there."""
    from inspections.editing import Editor
    from inspections.shift_patterns.entries import try_shifts

    editor = Editor(organisation_id, "import", "administrator")
    with open_record(database, as_json=as_json).begin() as session:
        present = organisation_of(session, organisation_id, as_json=as_json)
        chosen = chosen_sites(present, sites, as_json=as_json)
        try:
            edit = _read(file, present, chosen)
            edited = try_shifts(present, edit, editor=editor)
        except InputInvalid as invalid:
            refuse(invalid.faults, as_json=as_json)
        saved = edited != present and not dry_run
        if saved:
            save_edit(session, present, edit, editor=editor)
    _show(present, edited, saved=saved, as_json=as_json)


@shifts.command(
    "template",
    cls=Command,
    help=Text(
        zh="写出可填写的班次表工作簿，带示例；给出单位时写出其现有班次。\n\n"
        "退出码：0 正常，2 输入有误。",
        en="Write a workbook to fill in, with examples; with an organisation, what it has now.\n\n"
        "Exit status: 0, or 2 with bad input.",
    ),
    example="xunjian shifts template --out shifts.xlsx",
)
@OUT
@option(
    "--organisation",
    "organisation_id",
    metavar="ID",
    help=Text(zh="写出哪个单位现有的班次。", en="Whose present shifts to write."),
)
@DATABASE
@JSON
def template(
    out: Path, *, organisation_id: str | None, database: str | None, as_json: bool
) -> None:
    """Write a workbook to fill in."""
    from inspections.exchange.shift_writer import shift_template, shift_workbook

    write_workbook(
        out,
        organisation_id,
        empty=shift_template,
        filled=shift_workbook,
        database=database,
        as_json=as_json,
    )


def _read(file: Path, present: "Organisation", chosen: tuple[str, ...]) -> "ShiftPatterns":
    from inspections.shift_patterns.posts import known_posts

    data, posts = bytes_of(file), known_posts(present, chosen)
    if is_ics(file):
        from web.imports.ics_shifts import read_shift_ics

        zone = ZoneInfo(present.time_zone)
        today = datetime.now(zone).date()
        return read_shift_ics(data, file=str(file), posts=posts, zone=zone, today=today)
    from inspections.exchange.shift_reader import read_shift_workbook

    return read_shift_workbook(data, file=str(file), posts=posts)


def _show(before: "Organisation", after: "Organisation", *, saved: bool, as_json: bool) -> None:
    old, new = _shifts(before), _shifts(after)
    changed = [key for key in sorted({*old, *new}) if old.get(key) != new.get(key)]
    if as_json:
        told = [{"site": s, "post": p, "code": c} for s, p, c in changed]
        print_json({"saved": saved, "changed": told})
        return
    heads = [
        Text(zh="场所", en="Site"),
        Text(zh="岗位", en="Post"),
        Text(zh="原来", en="Until now"),
        Text(zh="现在", en="From now on"),
    ]
    rows = [[key[0], key[1], _words(old.get(key)), _words(new.get(key))] for key in changed]
    if rows:
        print_table(say(after.name), [say(head) for head in heads], rows)
    done = Text(zh="已写入，并重新排程。", en="Saved, and planned anew.")
    none = Text(zh="没有写入。", en="Nothing was written.")
    click.echo(say(done if saved else none))


def _shifts(organisation: "Organisation") -> "dict[tuple[str, str, str], Shift]":
    return {
        (site.id, post.id, shift.code): shift
        for site in organisation.sites
        for post in site.posts
        for shift in post.shifts
    }


def _words(shift: Any) -> str:
    if shift is None:
        return ""
    figures = (shift.minimum, shift.preferred, shift.maximum)
    people = "–".join(map(str, dict.fromkeys(one for one in figures if one is not None)))
    hours = f"{shift.since:%H:%M}–{shift.until:%H:%M}"
    return f"{shift.code} {say(shift.name)} {hours} × {people}"
