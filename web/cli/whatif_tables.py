"""The effect of a what-if as tables."""

from collections.abc import Iterable, Sequence

import click

from inspections.person_titles import person_titles
from rules.text import Text
from scheduler.whatif.effect import Effect, Figures
from scheduler.whatif.staff import Gap
from web.cli.output import print_table, say

MOST_ROWS = 30
_BEFORE_AFTER = (
    Text(zh="现在", en="Now"),
    Text(zh="改后", en="Then"),
    Text(zh="相差", en="Change"),
)
_WEEKS = Text(zh="每周人工分钟", en="Staff minutes by week")
_KINDS = {
    "added": Text(zh="新增任务", en="Added"),
    "removed": Text(zh="减少任务", en="Removed"),
    "moved": Text(zh="改期任务", en="Moved"),
}
_STANDING = {
    "binds": Text(zh="适用", en="binds"),
    "may-apply": Text(zh="可能适用", en="may apply"),
    None: Text(zh="不适用", en="does not apply"),
}


def print_effect(effect: Effect) -> None:
    """Print what differs; what stays the same is left out, except the sums."""
    title = Text(
        zh=f"试算 {effect.since} 至 {effect.until}（没有保存）",
        en=f"What if, {effect.since} to {effect.until} (nothing saved)",
    )
    _compared(title, _sums(effect))
    weeks = ((monday.isoformat(), before, after) for monday, before, after in effect.weeks())
    _compared(_WEEKS, (row for row in weeks if row[1] != row[2]))
    _compared(Text(zh="按岗位，每周分钟", en="By role, minutes a week"), _roles(effect))
    _compared(Text(zh="按人，每周分钟", en="By person, minutes a week"), _people(effect))
    _rules(effect)
    _duties(effect)
    _gaps(Text(zh="改后新增：无人或人手不够", en="New: too few may do it"), effect, "uncovered")
    _gaps(
        Text(zh="改后新增：少一人就没人", en="New: one person away from nobody"), effect, "single"
    )


def _sums(effect: Effect) -> list[tuple[str, float, float]]:
    weeks = effect.week_count
    rows = []
    for title, figure in _SUMS:
        before, after = figure(effect.before), figure(effect.after)
        rows.append((say(title), before, after))
    minutes = Text(zh="每周人工分钟（平均）", en="Staff minutes a week (mean)")
    rows.append((say(minutes), effect.before.minutes / weeks, effect.after.minutes / weeks))
    return rows


_SUMS = (
    (Text(zh="职责", en="Duties"), lambda each: each.duties),
    (Text(zh="待定职责", en="Duties that may apply"), lambda each: each.may_apply),
    (Text(zh="应检任务", en="Occurrences"), lambda each: each.occurrences),
    (Text(zh="检查次数（一次满足几项）", en="Visits (one may serve several)"),
     lambda each: each.inspections),
    (Text(zh="无人可做的检查", en="Visits that too few may do"),
     lambda each: sum(gap.inspections for gap in each.staffing.uncovered)),
    (Text(zh="仅够人手的检查", en="Visits that just enough may do"),
     lambda each: sum(gap.inspections for gap in each.staffing.single)),
    (Text(zh="超时的人周", en="Overloaded weeks of people"),
     lambda each: sum(one.weeks for one in each.staffing.overloaded)),
    (Text(zh="缺资质之处", en="Certificates nobody holds"),
     lambda each: sum(not need.holders for need in each.staffing.certificates)),
)  # fmt: skip


def _roles(effect: Effect) -> Iterable[tuple[str, float, float]]:
    before, after = effect.before.staffing.roles, effect.after.staffing.roles
    for roles in dict.fromkeys((*before, *after)):
        was, will = (sum(each.get(roles, {}).values()) for each in (before, after))
        if was != will:
            yield _named(roles), was / effect.week_count, will / effect.week_count


def _people(effect: Effect) -> Iterable[tuple[str, float, float]]:
    before, after = effect.before.staffing.people, effect.after.staffing.people
    for name in dict.fromkeys((*before, *after)):
        was, will = (sum(each.get(name, {}).values()) for each in (before, after))
        if round(was) != round(will):
            yield name, was / effect.week_count, will / effect.week_count


def _rules(effect: Effect) -> None:
    rows = [
        (rule, *(str(counts.get(kind, 0)) for kind in _KINDS))
        for rule, counts in sorted(effect.by_rule.items())
    ]
    columns = [say(Text(zh="规则", en="Rule")), *(say(word) for word in _KINDS.values())]
    _table(Text(zh="按规则", en="By rule"), columns, rows)


def _duties(effect: Effect) -> None:
    rows = [
        (each.rule, each.target, say(_STANDING[each.before]), say(_STANDING[each.after]))
        for each in effect.duties
    ]
    words = (Text(zh="规则", en="Rule"), Text(zh="对象", en="Target"), *_BEFORE_AFTER[:2])
    _table(Text(zh="职责变化", en="Duties that differ"), [say(word) for word in words], rows)


def _gaps(title: Text, effect: Effect, kind: str) -> None:
    before, after = (_found(figures, kind) for figures in (effect.before, effect.after))
    rows = [
        (
            gap.site,
            _named(gap.roles),
            ", ".join(gap.qualifications),
            str(gap.count),
            ", ".join(gap.able),
            str(gap.inspections),
        )
        for gap in after
        if gap not in before
    ]
    columns = (
        Text(zh="场所", en="Site"),
        Text(zh="岗位", en="Roles"),
        Text(zh="资质", en="Certificates"),
        Text(zh="需要", en="Needed"),
        Text(zh="能做的人", en="May do it"),
        Text(zh="次数", en="Visits"),
    )
    _table(title, [say(column) for column in columns], rows)


def _found(figures: Figures, kind: str) -> tuple[Gap, ...]:
    found: tuple[Gap, ...] = getattr(figures.staffing, kind)
    return found


def _named(roles: Sequence[str]) -> str:
    titles = person_titles().roles
    if not roles:
        return say(Text(zh="任何人", en="anybody"))
    return " / ".join(say(titles[role]) if role in titles else role for role in roles)


def _compared(title: Text, rows: Iterable[tuple[str, float, float]]) -> None:
    shown = [
        (name, _figure(before), _figure(after), f"{_figure(after - before, signed=True)}")
        for name, before, after in rows
    ]
    _table(title, ["", *(say(word) for word in _BEFORE_AFTER)], shown)


def _table(title: Text, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    print_table(say(title), columns, rows[:MOST_ROWS])
    more = len(rows) - MOST_ROWS
    if more > 0:
        rest = Text(zh=f"另有 {more} 行，见 --json。", en=f"{more} more rows; see --json.")
        click.echo(say(rest))


def _figure(value: float, *, signed: bool = False) -> str:
    sign = "+" if signed else ""
    text = f"{value:{sign},.1f}"
    return text.removesuffix(".0")
