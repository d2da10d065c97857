"""What a planning changes, row by row: what `xunjian plan --dry-run` is asked for."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from rules.text import Text
from web.cli.output import print_table, say

if TYPE_CHECKING:
    from inspections.plan_changes import DutyChange, OccurrenceChange, PlanChanges, Reassignment

# A first plan adds thousands of rows; nobody reads them on a terminal.
MOST_ROWS = 40
KINDS: dict[str, Text] = {
    "duties_added": Text(zh="新增职责", en="Duty added"),
    "duties_ended": Text(zh="终止职责", en="Duty ended"),
    "added": Text(zh="新增", en="Added"),
    "moved": Text(zh="改期", en="Moved"),
    "removed": Text(zh="取消", en="Removed"),
    "reassigned": Text(zh="改派", en="Reassigned"),
}


def difference_data(changes: "PlanChanges") -> dict[str, list[dict[str, Any]]]:
    """Return the changes as plain data, by kind; each list holds what the planning kept of it."""
    return {
        "duties_added": [_duty(each) for each in changes.duties_added],
        "duties_ended": [_duty(each) for each in changes.duties_ended],
        "added": [_occurrence(each) for each in changes.added],
        "moved": [_occurrence(each) for each in changes.moved],
        "removed": [_occurrence(each) for each in changes.removed],
        "reassigned": [_reassigned(each) for each in changes.reassigned],
    }


def print_difference(name: str, changes: "PlanChanges", zone: ZoneInfo) -> None:
    """Print one row for each change, local time, and how many more there are."""
    data = difference_data(changes)
    rows = [
        [
            say(title),
            each["rule"],
            each["target"],
            _at(each, "before", zone),
            _at(each, "after", zone),
        ]
        for kind, title in KINDS.items()
        for each in data[kind]
    ]
    if not rows:
        return
    columns = [say(column) for column in _COLUMNS]
    print_table(f"{name} · {say(_TITLE)}", columns, rows[:MOST_ROWS])
    more = sum(changes.count(kind) for kind in KINDS) - min(len(rows), MOST_ROWS)
    if more > 0:
        click.echo(
            say(
                Text(
                    zh=f"另有 {more} 处变化，--json 可列出更多。",
                    en=f"{more} more changes; --json lists more of them.",
                )
            )
        )


_TITLE = Text(zh="变化", en="Changes")
_COLUMNS = (
    Text(zh="变化", en="Change"),
    Text(zh="规则", en="Rule"),
    Text(zh="对象", en="Target"),
    Text(zh="原来", en="Before"),
    Text(zh="之后", en="After"),
)


def _duty(each: "DutyChange") -> dict[str, Any]:
    target = each.site if each.target_kind == "site" else f"{each.site}/{each.target}"
    return {"rule": each.rule, "target": target, "status": each.status}


def _occurrence(each: "OccurrenceChange") -> dict[str, Any]:
    dates = {"period": each.period, "before": each.before, "after": each.after}
    return {**_duty(each.duty), **dates}


def _reassigned(each: "Reassignment") -> dict[str, Any]:
    return {
        "rule": each.rule,
        "target": f"#{each.occurrence_id}",
        "due_at": each.due_at,
        "before": list(each.before),
        "after": list(each.after),
        "reason": say(each.reason),
    }


def _at(each: dict[str, Any], key: str, zone: ZoneInfo) -> str:
    """Return a due time on the site's clock, or the people of a reassignment."""
    value = each.get(key)
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    return "、".join(value) if value else "–"
