"""`xunjian rules react`: what would follow from an event, and why."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rules.facts import EVENT_KINDS
from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import JSON, Command, option
from web.cli.days import day_of
from web.cli.output import print_json, refuse, say
from web.cli.tried_event import Tried, no_organisation, not_admitted, stated_facts

if TYPE_CHECKING:
    from rules.consequence import Consequence
    from rules.rulebook import RuleBook

NEGATIVE = 1
_AND = Text(zh="；", en="; ")


@click.command(
    "react",
    cls=Command,
    help=Text(
        zh="说明一个事件会引起什么，由哪些规则引起，依据哪些事实；不改动任何记录。\n\n"
        "FACTS 写成 sample.grams=124 的样子，事实见 rules/vocabulary。给出 --organisation 和 "
        "--target 时，该对象已知的事实自动带入。\n\n"
        "退出码：0 有后果，1 没有后果，2 输入有误。",
        en="Tell what would follow from an event, by which rules and on which facts; no record is "
        "touched.\n\nFACTS are written like sample.grams=124; rules/vocabulary lists them. With "
        "--organisation and --target, what is known of the target is taken in.\n\n"
        "Exit status: 0 where something follows, 1 where nothing does, 2 for bad input.",
    ),
    example="xunjian rules react sample sample.grams=124 "
    "--organisation examples/kindergarten.yaml --target chunmiao --on 2026-11-23",
)
@click.argument("kind", type=click.Choice(EVENT_KINDS))
@click.argument("facts", nargs=-1)
@option(
    "--organisation",
    "file",
    type=click.Path(path_type=Path),
    metavar="ORG.yaml",
    help=Text(
        zh="单位文件；不给则用中国法规和产品默认值。",
        en="File of the organisation; without it the laws of China and the product's defaults.",
    ),
)
@option(
    "--target",
    metavar="SITE[/TARGET]",
    help=Text(zh="事件涉及的对象。", en="What the event concerns."),
)
@option(
    "--on",
    "on_text",
    metavar="DATE",
    help=Text(zh="事件的日期；默认今天。", en="Day of the event; today if not given."),
)
@JSON
def react(  # noqa: PLR0913 (one for each option)
    kind: str,
    facts: tuple[str, ...],
    *,
    file: Path | None,
    target: str | None,
    on_text: str | None,
    as_json: bool,
) -> None:
    """Tell what would follow from an event."""
    from rules.engine.gate import FactRefused
    from rules.react import react as reacted

    faults: list[Fault] = []
    on = day_of(on_text, "--on", faults)
    stated = stated_facts(kind, facts, faults)
    if target is not None and file is None:
        faults.append(no_organisation())
    if faults:
        refuse(faults, as_json=as_json)
    try:
        tried = Tried.of(file, target, on)
        event = tried.event(kind, stated)
        found = reacted(tried.rulebook, [event], zone=tried.zone)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    except FactRefused as refused:
        refuse([not_admitted(str(refused))], as_json=as_json)
    if as_json:
        data = [_data(each, tried.rulebook) for each in found]
        print_json({"on": tried.on.isoformat(), "consequences": data})
    else:
        _print(found, tried.rulebook, tried.on)
    sys.exit(0 if found else NEGATIVE)


def _data(each: "Consequence", rulebook: "RuleBook") -> dict[str, Any]:
    return {
        "key": each.key,
        "rule": each.rule,
        "since": each.since.isoformat(),
        "event": each.event.key,
        "do": each.do.model_dump(mode="json", exclude_none=True),
        "because": dict(each.because),
        "chain": list(each.chain),
        "also": list(each.also),
        "clause": rulebook.clause_text(rulebook.rule(each.rule)).model_dump(),
    }


def _print(found: Iterable["Consequence"], rulebook: "RuleBook", on: date) -> None:
    from rules.reaction_words import consequence_text
    from rules.value_words import fact_title, value_text

    click.echo(say(Text(zh=f"{on} 的事件：", en=f"An event of {on}:")))
    if not found:
        click.echo(say(Text(zh="没有规则针对它。", en="No rule answers it.")))
    for each in found:
        rule = rulebook.rule(each.rule)
        click.echo(f"• {say(consequence_text(each.do, rule, rulebook))}")
        click.echo(f"  {say(rule.title)} [{rule.id}] · {say(rulebook.clause_text(rule))}")
        facts = [
            f"{say(fact_title(name))} = {say(value_text(name, value))}"
            for name, value in each.because.items()
        ]
        click.echo("  " + say(Text(zh="因为：", en="because: ")) + say(_AND).join(facts))
        if each.chain:
            led = " → ".join(_named(each.chain, rulebook))
            click.echo("  " + say(Text(zh="起因：", en="led by: ")) + led)
        if each.also:
            also = say(_AND).join(_named(each.also, rulebook))
            click.echo("  " + say(Text(zh="另有：", en="also: ")) + also)


def _named(rules: Iterable[str], rulebook: "RuleBook") -> Iterator[str]:
    return (f"{say(rulebook.rule(each).title)} [{each}]" for each in rules)
