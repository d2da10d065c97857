"""`xunjian expand`: the dated occurrences of an organisation's duties."""

import difflib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.output import print_json, print_table, refuse, say

if TYPE_CHECKING:
    from rules.organisation.model import Organisation
    from rules.rulebook import RuleBook
    from scheduler.duties import Duty
    from scheduler.occurrence import Occurrence

_EXAMPLE = "Example: xunjian expand examples/kindergarten.yaml --from 2026-12-01 --to 2026-12-31"
_PROVISIONAL = Text(zh="（暂定：节假日安排未公布）", en=" (provisional: holidays not published)")


@click.command(epilog=_EXAMPLE)
@click.argument("organisation_file", metavar="ORG.yaml", type=click.Path(path_type=Path))
@click.option("--from", "since", required=True, metavar="DATE", help="First due day, YYYY-MM-DD.")
@click.option("--to", "until", required=True, metavar="DATE", help="Last due day, included.")
@click.option("--rule", "rule_id", metavar="ID", help="Only this rule.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def expand(
    organisation_file: Path, since: str, until: str, *, rule_id: str | None, as_json: bool
) -> None:
    """
    List every occurrence that falls due from DATE to DATE, in the time of the site.

    Only rules that bind are expanded; open questions are listed by `xunjian rules derive`.

    Exit status: 0, or 2 with bad input.
    """
    from rules.loader import load_rulebook
    from rules.organisation.loader import load_organisation
    from scheduler.duties import expanded

    faults: list[Fault] = []
    first, last = _day(since, "--from", faults), _day(until, "--to", faults)
    if first and last and last < first:
        faults.append(_backwards(since, until))
    try:
        organisation = load_organisation(organisation_file)
        rulebook = load_rulebook().for_organisation(organisation)
    except InputInvalid as invalid:
        refuse([*faults, *invalid.faults], as_json=as_json)
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


def _day(value: str, option: str, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        message = Text(zh=f"“{value}”不是有效的日期。", en=f'"{value}" is not a date.')
        remedy = Text(
            zh="请写成 年-月-日，例如 2026-09-01。", en="Write year-month-day, such as 2026-09-01."
        )
        faults.append(Fault("xunjian expand", 1, option, message, remedy))
        return None


def _backwards(since: str, until: str) -> Fault:
    message = Text(
        zh=f"结束日期 {until} 早于开始日期 {since}。",
        en=f"--to {until} lies before --from {since}.",
    )
    remedy = Text(zh="请对调两个日期。", en="Exchange the two dates.")
    return Fault("xunjian expand", 1, "--to", message, remedy)


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
    return [Fault("xunjian expand", 1, "--rule", message, remedy)]
