"""`xunjian rules burden`: minutes of checking by clause and by person, in figures that add up."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.days import day_of
from web.cli.one_organisation import (
    ORGANISATION,
    ORGANISATION_FILE,
    organisation_asked_for,
)
from web.cli.output import print_json, print_table, refuse, say

if TYPE_CHECKING:
    from rules.organisation.model import Organisation
    from rules.rulebook import RuleBook
    from scheduler.burden import Burden

_SHOWN = 25


@click.command(
    "burden",
    cls=Command,
    help=Text(
        zh="算出检查要花多少分钟：按条款、按人员，全年和每周；各项相加等于总数。\n\n"
        "一次检查满足几条规则时只算一次，由这几条平分。给出 ORG.yaml 时读单位文件，"
        "否则读记录。\n\n退出码：0 正常，2 输入有误。",
        en="Tell how many minutes checking takes, by clause and by person, a year and a week; the "
        "parts add up to the whole.\n\nAn inspection that serves several rules counts once and "
        "is shared evenly among them. With ORG.yaml the organisation file is read, else the "
        "record.\n\nExit status: 0 fine, 2 for bad input.",
    ),
    example="xunjian rules burden examples/kindergarten.yaml --from 2026-11-23",
)
@ORGANISATION_FILE
@option(
    "--from",
    "since_text",
    metavar="DATE",
    help=Text(zh="第一天；默认今天。", en="First day; today if not given."),
)
@option(
    "--days",
    type=click.IntRange(7, 1100),
    default=364,
    show_default=True,
    help=Text(zh="几天。", en="How many days."),
)
@ORGANISATION
@DATABASE
@JSON
def burden(  # noqa: PLR0913 (one parameter for each option)
    organisation_file: Path | None,
    *,
    since_text: str | None,
    days: int,
    organisation_id: str | None,
    database: str | None,
    as_json: bool,
) -> None:
    """Tell how many minutes checking takes, by clause and by person."""
    from scheduler.burden import burden as burden_of

    faults: list[Fault] = []
    since = day_of(since_text, "--from", faults)
    rulebook, organisation = organisation_asked_for(
        organisation_file, database, organisation_id, faults=faults, as_json=as_json
    )
    if faults:
        refuse(faults, as_json=as_json)
    since = since or datetime.now(UTC).astimezone(ZoneInfo(organisation.time_zone)).date()
    found = burden_of(rulebook, organisation, since=since, until=since + timedelta(days=days - 1))
    if as_json:
        print_json(_data(found, rulebook, organisation))
    else:
        _print(found, rulebook, organisation)


def _data(found: "Burden", rulebook: "RuleBook", organisation: "Organisation") -> dict[str, Any]:
    layers: Counter[str] = Counter()
    for each in found.rules:
        layers[rulebook.pack_of(each.rule).layer] += each.minutes
    return {
        "organisation": organisation.id,
        "from": found.since.isoformat(),
        "until": found.until.isoformat(),
        "minutes": found.minutes,
        "minutes_a_week": round(found.minutes / found.weeks, 1),
        "inspections": found.inspections,
        "saved_by_serving_together": found.saved,
        "by_layer": dict(layers),
        "by_clause": [
            {
                "rule": each.rule,
                "clause": say(rulebook.clause_text(rulebook.rule(each.rule))),
                "layer": rulebook.pack_of(each.rule).layer,
                "occurrences": each.occurrences,
                "minutes_alone": each.alone,
                "minutes": each.minutes,
                "minutes_a_week": round(each.minutes / found.weeks, 1),
            }
            for each in found.rules
        ],
        "by_person": [
            {
                "person": person,
                "minutes": minutes,
                "minutes_a_week": round(minutes / found.weeks, 1),
            }
            for person, minutes in found.people.items()
        ],
        "nobody": found.nobody,
    }


def _print(found: "Burden", rulebook: "RuleBook", organisation: "Organisation") -> None:
    names = {person.id: say(person.name) for person in organisation.people}
    year = Text(zh="分钟", en="minutes")
    week = Text(zh="每周", en="a week")
    title = Text(
        zh=f"{organisation.name.zh} {found.since} 至 {found.until}：{found.minutes} 分钟，"
        f"{found.inspections} 次检查；一次检查满足几条规则，省去 {found.saved} 分钟",
        en=f"{organisation.name.en} {found.since} to {found.until}: {found.minutes} minutes, "
        f"{found.inspections} inspections; serving several rules at once spares {found.saved}",
    )
    columns = (Text(zh="条款", en="clause"), Text(zh="次数", en="times"), year, week)
    rows = [
        (
            f"{say(rulebook.clause_text(rulebook.rule(each.rule)))}\n{each.rule}",
            str(each.occurrences),
            str(each.minutes),
            _weekly(each.minutes, found),
        )
        for each in found.rules[:_SHOWN]
    ]
    others = found.rules[_SHOWN:]
    if others:
        rest = sum(each.minutes for each in others)
        words = Text(zh=f"其余 {len(others)} 条", en=f"{len(others)} others")
        times = str(sum(each.occurrences for each in others))
        rows.append((say(words), times, str(rest), _weekly(rest, found)))
    total = say(Text(zh="合计", en="total"))
    rows.append((total, "", str(found.minutes), _weekly(found.minutes, found)))
    print_table(say(title), [say(each) for each in columns], rows)
    people = [
        (names.get(person, person), str(minutes), _weekly(minutes, found))
        for person, minutes in found.people.items()
    ]
    nobody = Text(zh="没有人能做", en="nobody can")
    people.append((say(nobody), str(found.nobody), _weekly(found.nobody, found)))
    people.append((total, str(found.minutes), _weekly(found.minutes, found)))
    person = Text(zh="人员（由能做的人平分）", en="person (shared evenly by those who may)")
    print_table("", [say(each) for each in (person, year, week)], people)


def _weekly(minutes: int, found: "Burden") -> str:
    return f"{minutes / found.weeks:.1f}"
