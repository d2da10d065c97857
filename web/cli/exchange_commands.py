"""`xunjian import` and `xunjian export`: organisations as YAML files and Excel workbooks."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.output import print_json, print_table, refuse, say

if TYPE_CHECKING:
    from inspections.importing import ImportSummary
    from rules.organisation.model import Organisation

_DATABASE = click.option(
    "--database", metavar="URL", help="The record; XUNJIAN_DATABASE_URL or var/xunjian.db if not."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
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


@click.command("import", epilog="Example: xunjian import examples/kindergarten.yaml")
@click.argument("file", type=click.Path(path_type=Path))
@_DATABASE
@_JSON
def import_organisation(file: Path, *, database: str | None, as_json: bool) -> None:
    """
    Bring the organisation of FILE (.yaml or .xlsx) into the record.

    Importing again updates what changed and never duplicates; what FILE no longer names ends, and
    its records stay. Plan afterwards with `xunjian plan`.

    Exit status: 0, or 2 with bad input, and then nothing is written.
    """
    from inspections import importing
    from inspections.database import open_database

    try:
        organisation = _read(file)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    with open_database(database).begin() as session:
        summary = importing.import_organisation(session, organisation, now=datetime.now(UTC))
    if as_json:
        print_json({"organisation": organisation.id, **_data(summary)})
    else:
        _print(organisation, summary)


@click.command("export", epilog="Example: xunjian export --organisation mall-group --out mall.xlsx")
@click.option("--organisation", "organisation_id", required=True, metavar="ID")
@click.option("--format", "kind", type=click.Choice(["xlsx", "yaml"]), default="xlsx")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write.")
@_DATABASE
@_JSON
def export_organisation(
    organisation_id: str, *, kind: str, out: Path, database: str | None, as_json: bool
) -> None:
    """
    Write an organisation of the record to a file that `xunjian import` reads.

    Exit status: 0, or 2 where there is no such organisation.
    """
    from inspections.database import open_database
    from inspections.errors import NotFound
    from inspections.importing import load_from_record, organisations

    with open_database(database)() as session:
        try:
            organisation = load_from_record(session, organisation_id)
        except NotFound as missing:
            known = ", ".join(organisations(session))
            refuse([_no_organisation(missing.text, known)], as_json=as_json)
    _write(organisation, kind, out)
    if as_json:
        print_json({"organisation": organisation_id, "format": kind, "file": str(out)})
    else:
        click.echo(say(Text(zh=f"已写入 {out}。", en=f"Wrote {out}.")))


def _read(file: Path) -> "Organisation":
    if file.suffix.lower() in {".xlsx", ".xlsm"}:
        from inspections.exchange.workbook_reader import read_workbook

        return read_workbook(file)
    from rules.organisation.loader import load_organisation

    return load_organisation(file)


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


def _no_organisation(message: Text, known: str) -> Fault:
    remedy = Text(
        zh=f"已有的单位：{known or '无，请先导入'}。",
        en=f"Known organisations: {known or 'none yet; import one first'}.",
    )
    return Fault("--organisation", 1, "", message, remedy)
