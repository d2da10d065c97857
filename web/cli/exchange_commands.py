"""`xunjian import` and `xunjian export`: organisations as YAML files and Excel workbooks."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.output import print_json, print_table, refuse, say
from web.cli.record import open_record
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.importing import ImportSummary
    from rules.organisation.model import Organisation

_KINDS: dict[str, Text] = {
    "organisation": Text(zh="单位", en="organisation"),
    "site": Text(zh="场所", en="sites"),
    "place": Text(zh="部位", en="places"),
    "asset": Text(zh="设备", en="assets"),
    "post": Text(zh="值守岗位", en="posts"),
    "person": Text(zh="人员", en="people"),
    "certificate": Text(zh="证书", en="certificates"),
    "absence": Text(zh="缺勤", en="absences"),
    "site_event": Text(zh="事件", en="events"),
    "decision": Text(zh="适用决定", en="decisions"),
    "performed": Text(zh="已完成", en="performed before"),
}


@click.command(
    "import",
    cls=Command,
    help=Text(
        zh="把文件（.yaml 或 .xlsx）中的单位导入记录。\n\n"
        "再次导入只更新变化，不重复；文件里不再有的内容终止，其记录保留。"
        "之后用 xunjian plan 排程。\n\n退出码：0 正常，2 输入有误，此时不写入任何内容。",
        en="Bring the organisation of FILE (.yaml or .xlsx) into the record.\n\n"
        "Importing again updates what changed and never duplicates; what FILE no longer names "
        "ends, and its records stay. Plan afterwards with xunjian plan.\n\n"
        "Exit status: 0, or 2 with bad input, and then nothing is written.",
    ),
    example="xunjian import examples/kindergarten.yaml",
)
@click.argument("file", type=click.Path(path_type=Path))
@DATABASE
@JSON
def import_organisation(file: Path, *, database: str | None, as_json: bool) -> None:
    """Bring the organisation of a file into the record."""
    from inspections import importing

    try:
        organisation = _read(file)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    with open_record(database, as_json=as_json).begin() as session:
        summary = importing.import_organisation(session, organisation, now=datetime.now(UTC))
    if as_json:
        print_json({"organisation": organisation.id, **_data(summary)})
    else:
        _print(organisation, summary)


@click.command(
    "export",
    cls=Command,
    help=Text(
        zh="把记录中的单位写成 xunjian import 能读的文件。\n\n退出码：0 正常，2 输入有误。",
        en="Write an organisation of the record to a file that xunjian import reads.\n\n"
        "Exit status: 0, or 2 with bad input.",
    ),
    example="xunjian export --organisation mall-group --out mall.xlsx",
)
@option(
    "--organisation",
    "organisation_id",
    required=True,
    metavar="ID",
    help=Text(zh="哪个单位。", en="Which one."),
)
@option(
    "--format",
    "kind",
    type=click.Choice(["xlsx", "yaml"]),
    default="xlsx",
    show_default=True,
    help=Text(zh="文件格式。", en="Format of the file."),
)
@option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=Text(zh="写到哪个文件。", en="File to write."),
)
@DATABASE
@JSON
def export_organisation(
    organisation_id: str, *, kind: str, out: Path, database: str | None, as_json: bool
) -> None:
    """Write an organisation of the record to a file."""
    from inspections.errors import NotFound
    from inspections.importing import load_from_record, organisations

    with open_record(database, as_json=as_json)() as session:
        try:
            organisation = load_from_record(session, organisation_id)
        except NotFound as missing:
            known = ", ".join(organisations(session))
            refuse([_no_organisation(missing.text, known)], as_json=as_json)
    try:
        _write(organisation, kind, out)
    except OSError as error:
        refuse([_unwritable(out, error)], as_json=as_json)
    if as_json:
        print_json({"organisation": organisation_id, "format": kind, "file": str(out)})
    else:
        click.echo(say(Text(zh=f"已写入 {out}。", en=f"Wrote {out}.")))


def _read(file: Path) -> "Organisation":
    from rules.loader import load_rulebook

    rulebook = load_rulebook()
    if file.suffix.lower() in {".xlsx", ".xlsm"}:
        from inspections.exchange.workbook_reader import read_workbook

        return read_workbook(file, rulebook)
    from rules.organisation.loader import load_organisation

    return load_organisation(file, rulebook)


def _write(organisation: "Organisation", kind: str, out: Path) -> None:
    if kind == "xlsx":
        from inspections.exchange.workbook_writer import write_workbook

        write_workbook(organisation, out)
    else:
        from inspections.exchange.yaml_file import write_yaml

        write_yaml(organisation, out)


def _data(summary: "ImportSummary") -> dict[str, dict[str, int]]:
    return {
        "added": dict(summary.added),
        "changed": dict(summary.changed),
        "ended": dict(summary.ended),
    }


def _print(organisation: "Organisation", summary: "ImportSummary") -> None:
    if summary.is_empty:
        name = organisation.name
        same = Text(zh=f"{name.zh}：没有变化。", en=f"{name.en}: nothing changed.")
        click.echo(say(same))
        return
    columns = [
        Text(zh="内容", en="What"),
        Text(zh="新增", en="Added"),
        Text(zh="更新", en="Changed"),
        Text(zh="结束", en="Ended"),
    ]
    rows = [
        [say(title), *(str(counts.get(kind, "")) for counts in _data(summary).values())]
        for kind, title in _KINDS.items()
        if any(kind in counts for counts in _data(summary).values())
    ]
    print_table(say(organisation.name), [say(column) for column in columns], rows)


def _unwritable(out: Path, error: OSError) -> Fault:
    message = Text(zh=f"不能写入 {out}。", en=f"{out} cannot be written ({error.strerror}).")
    remedy = Text(
        zh="请换一个文件名，或检查文件夹的权限。",
        en="Name another file, or check the permissions of the folder.",
    )
    return option_fault("--out", message, remedy)


def _no_organisation(message: Text, known: str) -> Fault:
    remedy = Text(
        zh=f"已有的单位：{known or '无，请先导入'}。",
        en=f"Known organisations: {known or 'none yet; import one first'}.",
    )
    return option_fault("--organisation", message, remedy)
