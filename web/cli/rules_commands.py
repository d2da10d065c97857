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
from web.cli.bilingual import JSON, Command, Group, option
from web.cli.burden_command import burden
from web.cli.coverage_command import coverage
from web.cli.days import day_of
from web.cli.diff_command import diff
from web.cli.explain_command import explain
from web.cli.output import (
    BAD_INPUT,
    fault_data,
    print_faults,
    print_json,
    print_table,
    refuse,
    say,
)
from web.cli.react_command import react
from web.cli.rules_test_command import test
from web.cli.schema_command import schema
from web.cli.usage import option_fault
from web.cli.whatif_command import whatif

if TYPE_CHECKING:
    from rules.derive import Binding
    from rules.engine import EngineName
    from rules.rulebook import RuleBook


@click.group(
    cls=Group,
    help=Text(
        zh="规则包：检查，检验例子，推导单位的职责。",
        en="Rule packs: check them, prove their examples, derive the duties of an organisation.",
    ),
)
def rules() -> None:
    """Name the group."""


rules.add_command(test)
rules.add_command(explain)
rules.add_command(react)
rules.add_command(schema)
rules.add_command(burden)
rules.add_command(coverage)
rules.add_command(diff)
rules.add_command(whatif)


@rules.command(
    cls=Command,
    help=Text(
        zh="检查规则包并运行例子，一次报告所有文件的所有问题。\n\n"
        "不给路径时检查全部内置规则包。给出的规则包可以引用内置的；只统计和报告给出的，"
        "编号相同时代替内置的那一个。\n\n退出码：0 没有问题，2 有问题。",
        en="Check rule packs and run their examples; report every fault of every file.\n\n"
        "Without PATHS every built-in pack is checked. Packs given by path are read beside the "
        "built-in ones, to which they may refer; only the given ones are counted and reported, "
        "and a given pack stands in for the built-in one with the same id.\n\n"
        "Exit status: 0 without faults, 2 with faults.",
    ),
    example="xunjian rules check rules/packs/cn --json",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@JSON
def check(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Check rule packs and run their examples."""
    from rules.loader import BUILT_IN, check_packs

    checked = check_packs(paths or (BUILT_IN,), beside=(BUILT_IN,) if paths else ())
    if not checked.packs:
        refuse([_no_packs(paths)], as_json=as_json)
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


@rules.command(
    cls=Command,
    help=Text(
        zh="列出每个对象适用或可能适用的规则，以及所依据的事实。\n\n"
        "退出码：0 正常，2 单位文件、规则包或日期有误。",
        en="List the rules that bind each target of an organisation, or may, with the facts "
        "behind it.\n\nExit status: 0, or 2 where the organisation, the packs or the date are "
        "faulty.",
    ),
    example="xunjian rules derive examples/mall-group.yaml --on 2026-09-01 --json",
)
@click.argument("organisation_file", metavar="ORG.yaml", type=click.Path(path_type=Path))
@option(
    "--on",
    "on_text",
    metavar="DATE",
    help=Text(zh="问的是哪一天；默认今天。", en="Day of the question; today if not given."),
)
@option(
    "--engine",
    type=click.Choice(["durable", "python"]),
    help=Text(
        zh="由哪个引擎判断；默认 durable-rules，不能运行时用 python。",
        en="Which engine decides; by default durable-rules where it runs.",
    ),
)
@JSON
def derive(
    organisation_file: Path, *, on_text: str | None, engine: "EngineName | None", as_json: bool
) -> None:
    """List the rules that bind each target of an organisation, or may."""
    from rules.derive import derive as bindings_of
    from rules.engine import engine_name
    from rules.loader import load_rulebook
    from rules.organisation.loader import load_organisation

    faults: list[Fault] = []
    on = day_of(on_text, "--on", faults)
    faults += _engine_faults(engine)
    try:
        rulebook = load_rulebook()
        organisation = load_organisation(organisation_file, rulebook)
    except InputInvalid as invalid:
        refuse([*faults, *invalid.faults], as_json=as_json)
    if faults:
        refuse(faults, as_json=as_json)
    on = on or datetime.now(UTC).astimezone(ZoneInfo(organisation.time_zone)).date()
    found = bindings_of(rulebook, organisation, on, engine=engine)
    if as_json:
        print_json([_data(binding, rulebook) for binding in found])
    else:
        title = _title(found, organisation.name, on, engine or engine_name())
        rows = [_row(binding, rulebook) for binding in found]
        print_table(say(title), [say(column) for column in _COLUMNS], rows)


def _no_packs(paths: tuple[Path, ...]) -> Fault:
    named = ", ".join(map(str, paths))
    message = Text(zh=f"{named} 中没有规则包。", en=f"There is no rule pack in {named}.")
    remedy = Text(zh="请给出 .yaml 文件所在的文件夹。", en="Name a folder with .yaml files.")
    return option_fault("PATHS", message, remedy)


def _engine_faults(engine: "EngineName | None") -> list[Fault]:
    from rules.engine import engine_name

    if engine != "durable" or engine_name() == "durable":
        return []
    message = Text(zh="本机不能使用 durable-rules。", en="durable-rules cannot be used here.")
    remedy = Text(
        zh="请安装 C 编译器后运行 make setup，或用 --engine python。",
        en="Install a C compiler and run make setup, or use --engine python.",
    )
    return [option_fault("--engine", message, remedy)]


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
_DECISION = Text(zh="待本单位决定", en="a decision of the organisation")
_MARK = Text(zh="？", en="?")
_COLUMNS = (
    Text(zh="对象", en="target"),
    Text(zh="规则", en="rule"),
    Text(zh="状态", en="status"),
    Text(zh="依据", en="source"),
    Text(zh="因为 / 待答", en="because / waits for"),
)


def _title(found: Sequence["Binding"], name: Text, on: date, engine: "EngineName") -> Text:
    binds = sum(binding.status == "binds" for binding in found)
    may = len(found) - binds
    return Text(
        zh=f"{name.zh} {on}：适用 {binds}，可能适用 {may}（引擎 {engine}）",
        en=f"{name.en} {on}: {binds} bind, {may} may apply (engine {engine})",
    )


def _row(binding: "Binding", rulebook: "RuleBook") -> tuple[str, ...]:
    from rules.value_words import fact_title, value_text

    rule = rulebook.rule(binding.rule)
    why = [
        f"{say(fact_title(name))} = {say(value_text(name, value))}"
        for name, value in binding.because.items()
    ]
    waiting = [
        say(_DECISION) if name.startswith("decision:") else f"{say(fact_title(name))}{say(_MARK)}"
        for name in binding.waits_for
    ]
    return (
        binding.target,
        f"{say(rule.title)}\n{rule.id}",
        say(_STATUS[binding.status]),
        f"{say(rulebook.clause_text(rule))} · {rule.source.grade}",
        "\n".join([*why, *waiting]),
    )
