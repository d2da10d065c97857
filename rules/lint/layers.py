"""Layers: a rule may make one of a lower layer stricter, and is refused where it loosens it."""

from collections.abc import Iterator
from datetime import date, timedelta

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.kleene import truth
from rules.lint.context import Context
from rules.pack import Rule, RuleVersion
from rules.parameters import condition_on
from rules.rulebook import RuleBook
from rules.text import Text
from rules.tightening import demand_on, points
from rules.yaml_document import Location

_REMEDY = Text(
    zh="请改为不低于下层规则；若只是另一项要求，请删去 tightens，两条规则各自适用。",
    en="Ask for at least as much; where it is another demand, remove tightens: both rules bind.",
)


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield every point in which *rule* loosens the rule that it says it tightens."""
    if rule.tightens is None or rule.tightens not in context.rules:
        return
    lower, _ = context.rules[rule.tightens]
    if _comes_back(rule, context):
        yield _circle(rule)
        return
    if rule.target != lower.target:
        yield _other_target(rule, lower)
        return
    yield from _never_together(rule, lower, context.rulebook, draft.pack.version)
    for index in range(len(rule.versions)):
        yield from _loosened(rule, lower, index, context.rulebook)


def _loosened(rule: Rule, lower: Rule, index: int, rulebook: RuleBook) -> Iterator[Complaint]:
    """Compare one version with every version of the lower rule that is in force on its days."""
    told: set[tuple[Location, str]] = set()
    for day in _days(rule, lower, index, rulebook):
        ours, theirs = demand_on(rulebook, rule, day), demand_on(rulebook, lower, day)
        if ours is None or theirs is None:
            continue
        for point in points(ours, theirs):
            if point.looser and (point.at, point.what.en) not in told:
                told.add((point.at, point.what.en))
                since = None if day == rule.versions[index].since else day
                at: Location = ("versions", index, *point.at)
                yield _complaint(at, (rule, lower), point.what, since)


def _days(rule: Rule, lower: Rule, index: int, rulebook: RuleBook) -> Iterator[date]:
    """Yield the first day of the version, and every later one on which either demand changes."""
    version = rule.versions[index]
    following = rule.versions[index + 1 : index + 2]
    last = following[0].since - timedelta(1) if following else date.max
    last = min(last, version.until or date.max)
    days = {version.since, *(each.since for each in lower.versions)}
    days |= {each.effective.on for each in (rule, lower) if each.effective.on is not None}
    for each in (version, *lower.versions):
        days |= _parameter_days(each, rulebook)
    yield from sorted(day for day in days if version.since <= day <= last)


def _parameter_days(version: RuleVersion, rulebook: RuleBook) -> set[date]:
    names = {
        limit.value[1:]
        for limit in version.limits
        if isinstance(limit.value, str) and limit.value.startswith("$")
    }
    return {day for name in names for day in rulebook.parameter_days(name)}


def _never_together(
    rule: Rule, lower: Rule, rulebook: RuleBook, version: date
) -> Iterator[Complaint]:
    """Complain where no example of *rule* is a case of the lower one: it would tighten nothing."""
    answers = set()
    for example in rule.examples:
        condition = condition_on(rulebook, lower, example.on or version)
        if example.applies is True and condition is not None:
            facts = {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in example.facts.items()
            }
            answers.add(truth(condition, facts))
    if answers == {False}:
        what = Text(
            zh="它的例子都不属于下层规则的适用范围，收紧不了什么",
            en="no example of it is a case of the lower rule, so that it tightens nothing",
        )
        yield _complaint(("applies",), (rule, lower), what, None)


def _comes_back(rule: Rule, context: Context) -> bool:
    seen, name = {rule.id}, rule.tightens
    while name is not None and name in context.rules:
        if name in seen:
            return True
        seen.add(name)
        name = context.rules[name][0].tightens
    return False


def _circle(rule: Rule) -> Complaint:
    message = Text(
        zh=f"{rule.id} 收紧的规则又收紧到它自己。",
        en=f"What {rule.id} tightens leads back to itself.",
    )
    return Complaint(("tightens",), message, Text(zh="请断开这个循环。", en="Break the circle."))


def _other_target(rule: Rule, lower: Rule) -> Complaint:
    message = Text(
        zh=f"本规则的对象是 {rule.target}，{lower.id} 的对象是 {lower.target}，无法比较。",
        en=f"This rule binds a {rule.target}, {lower.id} a {lower.target}: they do not compare.",
    )
    return Complaint(("tightens",), message, _REMEDY)


def _complaint(at: Location, rules: tuple[Rule, Rule], what: Text, since: date | None) -> Complaint:
    ours, theirs = (_source(rule) for rule in rules)
    lower = rules[1].id
    if since is not None:
        what = Text(zh=f"自 {since} 起，{what.zh}", en=f"from {since} on {what.en}")
    message = Text(
        zh=f"本规则（{ours.zh}）放宽了 {lower}（{theirs.zh}）：{what.zh}。",
        en=f"This rule ({ours.en}) loosens {lower} ({theirs.en}): {what.en}.",
    )
    return Complaint(at, message, _REMEDY)


def _source(rule: Rule) -> Text:
    clause = rule.source.clause
    name = rule.source.origin or rule.source.instrument
    if clause is None:
        return Text(zh=name, en=name)
    instrument = rule.source.instrument
    return Text(zh=f"{instrument} {clause.zh}", en=f"{instrument} {clause.en}")
