"""`xunjian rules`: check packs, derive duties."""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.output import (
    BAD_INPUT,
    fault_data,
    print_faults,
    print_json,
    print_table,
    refuse,
    say,
)

if TYPE_CHECKING:
    from rules.derive import Binding
    from rules.organisation.model import Organisation
    from rules.rulebook import RuleBook

_EXAMPLES = {
    "check": "Example: xunjian rules check rules/packs/cn --json",
    "derive": "Example: xunjian rules derive examples/mall.yaml --on 2026-09-01 --json",
}


@click.group()
def rules() -> None:
    """Rule packs: check them, derive the duties of an organisation."""


@rules.command(epilog=_EXAMPLES["check"])
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """
    Check rule packs and run their examples; report every fault of every file.

    Without PATHS every built-in pack is checked. Packs given by path are read beside the built-in
    ones, to which they may refer; only the given ones are counted and reported, and a given pack
    stands in for the built-in one with the same id.

    Exit status: 0 without faults, 2 with faults.
    """
    from rules.loader import BUILT_IN, check_packs

    checked = check_packs(paths or (BUILT_IN,), beside=(BUILT_IN,) if paths else ())
    if as_json:
        faults = [fault_data(fault) for fault in checked.faults]
        counts = {"packs": checked.packs, "rules": checked.rules, "examples": checked.examples}
        print_json(counts | {"faults": faults})
    elif checked.faults:
        print_faults(checked.faults)
    else:
        packs, rules, examples = checked.packs, checked.rules, checked.examples
        counted = Text(
            zh=f"规则包 {packs}，规则 {rules}，例子 {examples}，没有问题。",
            en=f"{packs} packs, {rules} rules, {examples} examples, no fault.",
        )
        click.echo(say(counted))
    sys.exit(BAD_INPUT if checked.faults else 0)


@rules.command(epilog=_EXAMPLES["derive"])
@click.argument("organisation", metavar="ORG.yaml", type=click.Path(path_type=Path))
@click.option("--on", "on_text", metavar="DATE", help="Day of the question; today if not given.")
@click.option(
    "--engine",
    type=click.Choice(["durable", "python"]),
    help="Which engine decides; by default durable-rules where it runs.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def derive(organisation: Path, *, on_text: str | None, engine: str | None, as_json: bool) -> None:
    """
    List the rules that bind each target of an organisation, or may, with the facts behind it.

    Exit status: 0, or 2 where the organisation, the packs or the date are faulty.
    """
    from rules.derive import derive as bindings_of
    from rules.engine import matcher
    from rules.loader import load_rulebook
    from rules.organisation.loader import load_organisation

    try:
        matcher(engine)  # type: ignore[arg-type]
        loaded = load_organisation(organisation)
        rulebook = load_rulebook()
        on = _day(on_text, loaded.time_zone)
        found = bindings_of(rulebook, loaded, on, engine=engine)  # type: ignore[arg-type]
    except InputInvalid as error:
        refuse(_in_file(error.faults, organisation), as_json=as_json)
    except ImportError:
        refuse([_no_engine()], as_json=as_json)
    if as_json:
        print_json([_data(binding, rulebook) for binding in found])
    else:
        _print(found, rulebook, loaded, on)


def _in_file(faults: Sequence[Fault], file: Path) -> list[Fault]:
    """Say which file an unknown pack was named in: the rule book knows only the organisation."""
    return [
        Fault(str(file), each.line, each.field, each.message, each.remedy)
        if each.field == "packs"
        else each
        for each in faults
    ]


def _day(text: str | None, time_zone: str) -> date:
    if text is None:
        return datetime.now(UTC).astimezone(ZoneInfo(time_zone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = Text(zh=f"没有 {text} 这个日期。", en=f"There is no date {text}.")
        remedy = Text(zh="请写成 2026-09-01。", en="Write it as 2026-09-01.")
        raise InputInvalid([Fault("--on", 1, "", message, remedy)]) from error


def _no_engine() -> Fault:
    message = Text(zh="本机不能使用 durable-rules。", en="durable-rules cannot be used here.")
    remedy = Text(
        zh="请安装 C 编译器后运行 make setup，或用 --engine python。",
        en="Install a C compiler and run make setup, or use --engine python.",
    )
    return Fault("--engine", 1, "", message, remedy)


def _data(binding: "Binding", rulebook: "RuleBook") -> dict[str, Any]:
    rule = rulebook.rule(binding.rule)
    return {
        "site": binding.site,
        "target": binding.target,
        "rule": binding.rule,
        "status": binding.status,
        "waits_for": list(binding.waits_for),
        "clause": say(rulebook.clause_text(rule)),
        "grade": rule.source.grade,
        "strength": rulebook.strength(rule),
        "because": dict(binding.because),
    }


_STATUS = {
    "binds": Text(zh="适用", en="binds"),
    "may-apply": Text(zh="可能适用", en="may apply"),
}
_COLUMNS = (
    Text(zh="对象", en="target"),
    Text(zh="规则", en="rule"),
    Text(zh="状态", en="status"),
    Text(zh="依据", en="source"),
    Text(zh="因为 / 待答", en="because / waits for"),
)


def _print(
    found: Sequence["Binding"], rulebook: "RuleBook", organisation: "Organisation", on: date
) -> None:
    from rules.engine import engine_name

    binds = sum(binding.status == "binds" for binding in found)
    may = len(found) - binds
    name, engine = organisation.name, engine_name()
    title = Text(
        zh=f"{name.zh} {on}：适用 {binds}，可能适用 {may}（引擎 {engine}）",
        en=f"{name.en} {on}: {binds} bind, {may} may apply (engine {engine})",
    )
    rows = [_row(binding, rulebook) for binding in found]
    print_table(say(title), [say(column) for column in _COLUMNS], rows)


def _row(binding: "Binding", rulebook: "RuleBook") -> tuple[str, ...]:
    rule = rulebook.rule(binding.rule)
    why = [f"{name} = {value}" for name, value in binding.because.items()]
    waiting = [f"{name} ?" for name in binding.waits_for]
    return (
        binding.target,
        f"{say(rule.title)}\n{rule.id}",
        say(_STATUS[binding.status]),
        f"{say(rulebook.clause_text(rule))} · {rule.source.grade}",
        "\n".join([*why, *waiting]),
    )
