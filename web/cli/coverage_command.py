"""`xunjian rules coverage`: what laws and practice ask for, and what carries it."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import JSON, Command, option
from web.cli.output import print_json, print_table, refuse, say
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from rules.coverage.carried import Carried

_STATES = {
    "carried": Text(zh="已承载", en="carried"),
    "in-part": Text(zh="部分", en="in part"),
    "not-yet": Text(zh="尚未", en="not yet"),
}
_COLUMNS = (
    Text(zh="编号", en="id"),
    Text(zh="要求或做法", en="asked for"),
    Text(zh="状态", en="state"),
    Text(zh="尚未承载及原因", en="not yet, and why"),
)


@click.command(
    cls=Command,
    help=Text(
        zh="对照法规要求和安全员的做法，列出哪些由规则或程序承载，哪些尚未及原因。\n\n"
        "退出码：0 正常，1 用 --check 时文件不是最新，2 输入有误。",
        en="Tell what laws and practice ask for, which of it rules or other parts carry, and what "
        "is not carried yet and why.\n\nExit status: 0, 1 where --check finds the file out of "
        "date, 2 with bad input.",
    ),
    example="xunjian rules coverage --write docs/coverage.md",
)
@option(
    "--write",
    "write_to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=Text(zh="把完整报告写入 FILE。", en="Write the whole report to FILE."),
)
@option(
    "--check",
    "check_against",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=Text(zh="检查 FILE 是否最新。", en="Tell whether FILE is up to date."),
)
@JSON
def coverage(*, write_to: Path | None, check_against: Path | None, as_json: bool) -> None:
    """Tell what laws and practice ask for, and what carries it."""
    from rules.coverage.carried import carried
    from rules.coverage.items import practices, requirements
    from rules.coverage.report import report
    from rules.loader import load_rulebook

    try:
        rulebook = load_rulebook()
        rows = carried(rulebook, (*requirements(), *practices()))
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    text = report(rulebook)
    if write_to is not None:
        _write(write_to, text, as_json=as_json)
    is_current = check_against is None or _text_of(check_against, as_json=as_json) == text
    if as_json:
        print_json({"current": is_current, "items": [_data(row) for row in rows]})
    else:
        _show(rows)
        if check_against is not None:
            _tell(check_against, is_current=is_current)
    raise SystemExit(0 if is_current else 1)


def _write(path: Path, text: str, *, as_json: bool) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse([_unusable("--write", path, error)], as_json=as_json)


def _text_of(path: Path, *, as_json: bool) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        refuse([_unusable("--check", path, error)], as_json=as_json)


def _unusable(name: str, path: Path, error: Exception) -> Fault:
    reason = getattr(error, "strerror", None) or str(error)
    message = Text(zh=f"不能使用 {path}：{reason}。", en=f"{path} cannot be used: {reason}.")
    return option_fault(name, message, Text(zh="请换一个文件。", en="Name another file."))


def _data(row: "Carried") -> dict[str, Any]:
    item = row.item
    return {
        "id": item.id,
        "title": say(item.title),
        "grade": item.grade,
        "state": row.state,
        "rules": list(row.rules),
        "opt_in": sorted(row.opt_in),
        "parts": [part.module for part in item.parts],
        "not_yet": say(item.not_yet) if item.not_yet else None,
    }


def _show(rows: "Sequence[Carried]") -> None:
    counts = Counter(row.state for row in rows)
    total = len(rows)
    title = Text(
        zh=f"共 {total} 项：已承载 {counts['carried']}，部分 {counts['in-part']}，"
        f"尚未 {counts['not-yet']}",
        en=f"{total} items: {counts['carried']} carried, {counts['in-part']} in part, "
        f"{counts['not-yet']} not yet",
    )
    open_rows = [row for row in rows if row.state != "carried"]
    if open_rows:
        print_table(say(title), [say(column) for column in _COLUMNS], map(_row, open_rows))
    else:
        click.echo(say(title))


def _tell(path: Path, *, is_current: bool) -> None:
    current = Text(zh=f"{path} 已是最新。", en=f"{path} is up to date.")
    stale = Text(
        zh=f"{path} 不是最新的：请运行 xunjian rules coverage --write {path}。",
        en=f"{path} is out of date: run xunjian rules coverage --write {path}.",
    )
    click.echo(say(current if is_current else stale), err=not is_current)


def _row(row: "Carried") -> tuple[str, ...]:
    reason = say(row.item.not_yet) if row.item.not_yet else ""
    return row.item.id, say(row.item.title), say(_STATES[row.state]), reason
