"""`xunjian expand`: the dated occurrences of an organisation's duties."""

import difflib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import JSON, Command, option
from web.cli.days import day_of
from web.cli.output import print_json, print_table, refuse, say
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from rules.organisation.model import Organisation
    from rules.rulebook import RuleBook
    from scheduler.duties import Duty
    from scheduler.occurrence import Occurrence

_PROVISIONAL = Text(zh="（暂定：节假日安排未公布）", en=" (provisional: holidays not published)")


@click.command(
    cls=Command,
    help=Text(
        zh="列出截止日在两个日期之间（含首尾）的全部应检任务，日期按场所当地时间。\n\n"
        "只展开已经适用的规则；待答的问题见 xunjian rules derive。\n\n"
        "退出码：0 正常，2 输入有误。",
        en="List every occurrence that falls due from one day to another, both included, in the "
        "time of the site.\n\nOnly rules that bind are expanded; open questions are listed by "
        "xunjian rules derive.\n\nExit status: 0, or 2 with bad input.",
    ),
    example="xunjian expand examples/kindergarten.yaml --from 2026-12-01 --to 2026-12-31",
)
@click.argument("organisation_file", metavar="ORG.yaml", type=click.Path(path_type=Path))
@option(
    "--from",
    "since",
    required=True,
    metavar="DATE",
    help=Text(zh="首个截止日，年-月-日。", en="First due day, YYYY-MM-DD."),
)
@option(
    "--to",
    "until",
    required=True,
    metavar="DATE",
    help=Text(zh="最后截止日（含）。", en="Last due day, included."),
)
@option("--rule", "rule_id", metavar="ID", help=Text(zh="只看这条规则。", en="Only this rule."))
@JSON
def expand(
    organisation_file: Path, since: str, until: str, *, rule_id: str | None, as_json: bool
) -> None:
    """List every occurrence that falls due in the span asked for."""
    from rules.loader import load_rulebook
    from rules.organisation.loader import load_organisation
    from scheduler.duties import expanded

    faults: list[Fault] = []
    first, last = day_of(since, "--from", faults), day_of(until, "--to", faults)
    if first and last and last < first:
        faults.append(_backwards(since, until))
    try:
        every = load_rulebook()
        organisation = load_organisation(organisation_file, every)
    except InputInvalid as invalid:
        refuse([*faults, *invalid.faults], as_json=as_json)
    rulebook = every.for_organisation(organisation)
    faults += _unknown_rule(rule_id, rulebook)
    if faults or first is None or last is None:
        refuse(faults, as_json=as_json)
    found = expanded(rulebook, organisation, since=first, until=last, rule=rule_id)
    if as_json:
        zone = ZoneInfo(organisation.time_zone)
        print_json([_row(duty, occurrence, zone) for duty, occurrence in found])
    else:
        _print(organisation, found)


def _row(duty: "Duty", occurrence: "Occurrence", zone: ZoneInfo) -> Mapping[str, Any]:
    moved = occurrence.moved
    return {
        "rule": duty.binding.rule,
        "site": duty.binding.site,
        "target": duty.binding.target,
        "period": occurrence.period,
        "opens_at": occurrence.opens_at.astimezone(zone).isoformat(),
        "due_at": occurrence.due_at.astimezone(zone).isoformat(),
        "closes_at": occurrence.closes_at.astimezone(zone).isoformat(),
        "moved": None if moved is None else {"code": moved.code, "text": say(moved.text)},
    }


def _print(organisation: "Organisation", found: "Iterator[tuple[Duty, Occurrence]]") -> None:
    """Print one row for each occurrence, by due time."""
    zone = ZoneInfo(organisation.time_zone)
    rows = sorted(found, key=lambda pair: (pair[1].due_at, pair[0].binding.rule))
    columns = [
        Text(zh="规则", en="Rule"),
        Text(zh="对象", en="Target"),
        Text(zh="周期", en="Period"),
        Text(zh="开始", en="Opens"),
        Text(zh="截止", en="Due"),
        Text(zh="说明", en="Note"),
    ]
    title = Text(
        zh=f"{organisation.name.zh}：{len(rows)} 项应检任务", en=_english(organisation, rows)
    )
    print_table(
        say(title),
        [say(column) for column in columns],
        [
            (
                f"{say(duty.rule.title)}\n{duty.rule.id}",
                duty.binding.target,
                occurrence.period,
                _clock(occurrence.opens_at, zone),
                _clock(occurrence.due_at, zone),
                _note(occurrence),
            )
            for duty, occurrence in rows
        ],
    )


def _english(organisation: "Organisation", rows: list[Any]) -> str:
    plural = "" if len(rows) == 1 else "s"
    return f"{organisation.name.en}: {len(rows)} occurrence{plural}"


def _note(occurrence: "Occurrence") -> str:
    moved = say(occurrence.moved.text) if occurrence.moved else ""
    return moved + (say(_PROVISIONAL) if occurrence.provisional else "")


def _clock(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def _backwards(since: str, until: str) -> Fault:
    message = Text(
        zh=f"结束日期 {until} 早于开始日期 {since}。",
        en=f"--to {until} lies before --from {since}.",
    )
    remedy = Text(zh="请对调两个日期。", en="Exchange the two dates.")
    return option_fault("--to", message, remedy)


def _unknown_rule(rule_id: str | None, rulebook: "RuleBook") -> list[Fault]:
    if rule_id is None or rule_id in rulebook.rules:
        return []
    message = Text(
        zh=f"该单位适用的规则包里没有规则 {rule_id}。",
        en=f"The packs of this organisation hold no rule {rule_id}.",
    )
    near = difflib.get_close_matches(rule_id, rulebook.rules, n=3)
    names = ", ".join(near) or "xunjian rules derive"
    remedy = Text(zh=f"请核对规则编号，例如：{names}。", en=f"Check the id, for example: {names}.")
    return [option_fault("--rule", message, remedy)]
