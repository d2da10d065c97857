"""`xunjian plan --replay RUN`: derive a past run again and tell what differs."""

from typing import TYPE_CHECKING, Any, NoReturn

import click

from rules.faults import InputInvalid
from rules.text import Text
from web.cli.output import print_json, print_table, refuse, say
from web.cli.record import open_record
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.replaying import Replayed

MOST_ROWS = 40
_COLUMNS = (
    Text(zh="规则", en="Rule"),
    Text(zh="当时：职责", en="Then: duties"),
    Text(zh="当时：任务", en="Then: occurrences"),
    Text(zh="重演：职责", en="Now: duties"),
    Text(zh="重演：任务", en="Now: occurrences"),
)


def replay_run(run: int, *, database: str | None, as_json: bool) -> NoReturn:
    """Replay *run*, print what differs, and leave: 0 identical, 1 different, 2 bad input."""
    from inspections.errors import Refused
    from inspections.replaying import replay, runs

    with open_record(database, as_json=as_json)() as session:
        try:
            found = replay(session, run)
        except Refused as refused:
            known = ", ".join(map(str, runs(session)))
            remedy = Text(zh=f"最近的排程：{known}。", en=f"The latest runs are {known}.")
            nothing = Text(zh="记录中还没有排程。", en="The record holds no run yet.")
            refuse([option_fault("--replay", refused.text, remedy if known else nothing)],
                   as_json=as_json)  # fmt: skip
        except InputInvalid as invalid:
            refuse(invalid.faults, as_json=as_json)
    if as_json:
        print_json(_data(found))
    else:
        _print(found)
    raise SystemExit(0 if found.identical else 1)


def _data(found: "Replayed") -> dict[str, Any]:
    differences = [vars(each) for each in found.differences]
    return {**vars(found), "identical": found.identical, "differences": differences}


def _print(found: "Replayed") -> None:
    span = Text(
        zh=f"排程 {found.run}（{found.organisation}，{found.since} 至 {found.until}，"
        f"{found.at:%Y-%m-%d %H:%M} UTC）：",
        en=f"Plan run {found.run} ({found.organisation}, {found.since} to {found.until}, made "
        f"{found.at:%Y-%m-%d %H:%M} UTC): ",
    )
    verdict = Text(
        zh=f"与当时完全相同（职责 {found.duties}，任务 {found.occurrences}）。",
        en=f"identical ({found.duties} duties, {found.occurrences} occurrences).",
    )
    if not found.identical:
        count = len(found.differences)
        verdict = Text(zh=f"{count} 条规则与当时不同。", en=f"{count} rules come out otherwise.")
    click.echo(say(span) + say(verdict))
    if found.software != found.software_now:
        then, now = found.software, found.software_now
        click.echo(
            say(Text(zh=f"软件：当时 {then}，现在 {now}。", en=f"Software: {then}, now {now}."))
        )
    rows = [
        (each.rule, *_counts(each.then), *_counts(each.now))
        for each in found.differences[:MOST_ROWS]
    ]
    if rows:
        title = Text(zh="不同之处", en="What differs")
        print_table(say(title), [say(column) for column in _COLUMNS], rows)


def _counts(tally: dict[str, Any] | None) -> tuple[str, str]:
    if tally is None:
        return "–", "–"
    return str(tally["duties"]), str(tally["occurrences"])
