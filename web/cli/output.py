"""What every command shares: the language of its words, JSON, tables and the list of faults."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import click

from rules.faults import Fault
from rules.text import Language, Text

BAD_INPUT = 2


def language() -> Language:
    """Return the language that `XUNJIAN_LANG` asks for; Chinese by default."""
    wanted = os.environ.get("XUNJIAN_LANG", "zh-CN").lower()
    return "en" if wanted.startswith("en") else "zh"


def say(text: Text) -> str:
    """Return *text* in the language of the command line."""
    return text.in_language(language())


def print_json(data: Any) -> None:
    """Print *data* as JSON, Chinese readable."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table that fits the terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(title), title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def fault_data(fault: Fault) -> dict[str, Any]:
    """Return *fault* as plain data, in the language of the command line."""
    return {
        "file": fault.file,
        "line": fault.line,
        "field": fault.field,
        "message": say(fault.message),
        "remedy": say(fault.remedy),
    }


def refuse(faults: Iterable[Fault], *, as_json: bool = False) -> NoReturn:
    """Print every fault and leave with exit status 2."""
    found = tuple(faults)
    if as_json:
        print_json({"faults": [fault_data(fault) for fault in found]})
    else:
        print_faults(found)
    sys.exit(BAD_INPUT)


def print_faults(faults: Sequence[Fault]) -> None:
    """Print each fault as one line on the error stream, and their number."""
    for fault in faults:
        click.echo(fault.in_language(language()), err=True)
    count = len(faults)
    click.echo(say(Text(zh=f"共 {count} 处问题。", en=f"{count} fault(s).")), err=True)
