"""`xunjian import-tablet`: take in the file that a tablet wrote."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.output import print_json, refuse, say
from web.cli.record import open_record
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.sync.file_import import Imported


@click.command(
    "import-tablet",
    cls=Command,
    help=Text(
        zh="导入平板导出的文件（同步页“导出”）。\n\n每条按原记录人记入，重复导入不会重复。\n\n"
        "退出码：0 全部记入，1 有条目需要处理（网页“平板”），2 输入有误，此时不写入任何内容。",
        en="Take in the FILE that a tablet wrote on its Sync page.\n\nEach item is recorded as the "
        "person who wrote it; importing again changes nothing.\n\nExit status: 0, 1 where items "
        "need a look (page Tablets), or 2 with bad input, and then nothing is written.",
    ),
    example="xunjian import-tablet xunjian-li-20261122-0905.json",
)
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--skip-damaged",
    is_flag=True,
    help=Text(
        zh="只导入完好的部分，用于平板已不能再导出时。",
        en="Import what is whole; for when the tablet can export no more.",
    ),
)
@option(
    "--evidence",
    type=click.Path(path_type=Path),
    default=Path("var/evidence"),
    show_default=True,
    metavar="FOLDER",
    help=Text(zh="照片存放的文件夹。", en="Folder of the photos."),
)
@DATABASE
@JSON
def import_tablet(
    file: Path,
    *,
    skip_damaged: bool,
    evidence: Path,
    database: str | None,
    as_json: bool,
) -> None:
    """Take in the file of a tablet."""
    from inspections.evidence import EvidenceStore
    from inspections.published_packs import rulebook_for
    from inspections.sync.device_file import read_device_file
    from inspections.sync.file_import import import_device_file, organisation_of
    from rules.loader import load_rulebook

    try:
        held = read_device_file(_content(file, as_json=as_json), name=str(file))
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    if held.faults and not skip_damaged:
        refuse(list(held.faults), as_json=as_json)
    sessions = open_record(database, as_json=as_json)
    try:
        with sessions() as session:
            id_ = organisation_of(session, held, name=str(file))
            book = rulebook_for(session, id_, load_rulebook())
        done = import_device_file(
            sessions,
            book,
            held,
            organisation=id_,
            name=str(file),
            store=EvidenceStore(evidence),
            by="import",
            now=datetime.now(UTC),
        )
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    _tell(done, as_json=as_json)
    if done.problems:
        raise SystemExit(1)


def _content(file: Path, *, as_json: bool) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        message = Text(zh=f"不能读取 {file}。", en=f"{file} cannot be read ({error.strerror}).")
        remedy = Text(zh="请检查文件名。", en="Check the name of the file.")
        refuse([_fault(message, remedy)], as_json=as_json)


def _fault(message: Text, remedy: Text) -> Fault:
    return option_fault("FILE", message, remedy)


def _tell(done: "Imported", *, as_json: bool) -> None:
    if as_json:
        problems = [
            {"id": ack.id, "status": ack.status, "code": ack.problem.code if ack.problem else None}
            for ack in done.problems
        ]
        print_json({"items": dict(done.statuses), "photos": done.photos, "problems": problems})
        return
    new, known = done.statuses.get("stored", 0), done.statuses.get("replayed", 0)
    left = len(done.problems)
    click.echo(
        say(
            Text(
                zh=f"记入 {new} 条，已有 {known} 条，照片 {done.photos} 张，待处理 {left} 条。",
                en=f"Recorded {new}, there already {known}, photos {done.photos}, "
                f"to look at {left}.",
            )
        )
    )
