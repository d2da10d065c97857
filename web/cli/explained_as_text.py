"""An explanation as lines that people read."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from rules.text import Text
from web.cli.output import say

if TYPE_CHECKING:
    from rules.explanation import Explanation
    from rules.reasoned import Reasoned
    from rules.rulebook import RuleBook
    from scheduler.occurrence import Occurrence
    from web.cli.explain_command import Explained

_VERDICTS = {
    "binds": Text(zh="适用", en="applies"),
    "may-apply": Text(zh="可能适用", en="may apply"),
    None: Text(zh="不适用", en="does not apply"),
}
_SIGNS = {True: "✓", False: "✗", None: "?"}
_GRADES = {
    "A": Text(zh="全文已核", en="full text read"),
    "B": Text(zh="转载已核", en="reproduction read"),
    "C": Text(zh="凭记忆，不作法规展示", en="from memory, not shown as law"),
}
_COLON = Text(zh="：", en=": ")
_AND = Text(zh="；", en="; ")
_UNKNOWN_DATE = Text(zh="日期未知", en="date unknown")


def print_explained(explained: "Explained", rule_id: str, on: date, *, whole: bool) -> None:
    """Print the rule, then each target; where not *whole*, only how each target stands."""
    from rules.origin_words import target_names

    names = target_names(explained.organisation)
    for line in _head(explained.rulebook, rule_id, on):
        click.echo(line)
    if not explained.found:
        click.echo(say(Text(zh="这里没有它所管的对象。", en="Nothing of its kind is here.")))
    for each in explained.found:
        click.echo("")
        for line in _target(each, explained, names, whole=whole):
            click.echo(line)
    if not whole:
        hint = Text(
            zh="要看某个对象的条件和日期，请写 SITE/TARGET。",
            en="Name SITE/TARGET to see the condition and the dates of one.",
        )
        click.echo(f"\n{say(hint)}")


def _head(rulebook: "RuleBook", rule_id: str, on: date) -> Iterator[str]:
    from rules.cadence_words import version_text
    from rules.rule_names import LAYER_NAMES, STRENGTH_NAMES

    rule = rulebook.rule(rule_id)
    layer = LAYER_NAMES[rulebook.pack_of(rule_id).layer]
    yield f"{say(rule.title)}  [{rule.id}]"
    grade, strength = _GRADES[rule.source.grade], STRENGTH_NAMES[rulebook.strength(rule)]
    yield (
        f"  {say(rulebook.clause_text(rule))} · {rule.source.grade} {say(grade)}"
        f" · {say(strength)} · {say(layer)}"
    )
    begun = rule.effective.on.isoformat() if rule.effective.on else say(_UNKNOWN_DATE)
    yield say(Text(zh=f"  自 {begun} 起施行", en=f"  in force from {begun}"))
    version = rulebook.version(rule, on)
    if version is None or not rulebook.in_force(rule, on):
        yield say(Text(zh=f"  {on} 没有施行中的版本。", en=f"  No version is in force on {on}."))
        return
    cadence = version_text(version)
    until = f" – {version.until}" if version.until else ""
    told = f" · {say(cadence)}" if cadence else ""
    yield say(Text(zh="  版本", en="  version")) + f" {version.since}{until}{told}"


def _target(
    each: "Explanation", explained: "Explained", names: Mapping[str, Text], *, whole: bool
) -> Iterator[str]:
    from rules.rule_names import LAYER_NAMES

    verdict = f"{say(_COLON)}{say(_VERDICTS[each.standing])}"
    yield f"{say(names[each.target])}  [{each.target}]  {each.on}{verdict}"
    if not whole:
        return
    if each.condition is not None:
        yield from _condition(each.condition, explained.rulebook, names, "  ")
    if each.decision is not None:
        answer = _VERDICTS["binds" if each.decision.applies else None]
        yield "  " + say(
            Text(
                zh=f"本单位决定：{answer.zh}（{each.decision.on}，{each.decision.note.zh}）",
                en=f"decided here: {answer.en} ({each.decision.on}, {each.decision.note.en})",
            )
        )
    if any(one.startswith("decision:") for one in each.waits_for):
        yield "  " + say(Text(zh="等待本单位的决定", en="waits for a decision of the organisation"))
    for layer in each.layers:
        reason = f"{say(_COLON)}{say(layer.overruled.reason)}" if layer.overruled else ""
        yield (
            f"  {say(LAYER_NAMES[layer.layer])}: {say(layer.rule.title)} [{layer.rule.id}]"
            f" {say(_VERDICTS[layer.standing])}{reason}"
        )
    yield from _dates(explained.dates.get(each.target, ()), explained.organisation.time_zone)


def _condition(
    read: "Reasoned", rulebook: "RuleBook", names: Mapping[str, Text], indent: str
) -> Iterator[str]:
    from rules.origin_words import origin_text
    from rules.value_words import value_text

    if read.part != "test":
        yield f"{indent}{_SIGNS[read.holds]} {say(read.text)}"
        for part in read.parts:
            yield from _condition(part, rulebook, names, indent + "  ")
        return
    known = read.origin.kind != "unknown" and read.actual is not None
    value = value_text(read.fact, read.actual) if known and read.actual is not None else None
    shown = say(value) if value else say(Text(zh="未知", en="unknown"))
    where = say(origin_text(read.fact, read.origin, rulebook, names))
    yield f"{indent}{_SIGNS[read.holds]} {say(read.text)}  ← {shown}  ({where})"


def _dates(found: "tuple[Occurrence, ...]", time_zone: str) -> Iterator[str]:
    zone = ZoneInfo(time_zone)
    if found:
        yield "  " + say(Text(zh=f"以后 {len(found)} 次：", en=f"next {len(found)}:"))
    for one in found:
        notes = []
        if one.moved is not None:
            notes.append(say(one.moved.text))
        if one.provisional:
            notes.append(say(Text(zh="暂定：放假安排尚未公布", en="provisional: holidays pending")))
        due = one.due_at.astimezone(zone)
        yield f"    {due:%Y-%m-%d %H:%M}" + (f"  {say(_AND).join(notes)}" if notes else "")
