"""Layers: a rule may make one of a lower layer stricter, and is refused where it loosens it."""

from collections.abc import Iterator

from rules.cadence import Cadence, Count, Interval, MaxGap, Periodic, RandomDraw, TimesADay
from rules.complaint import Complaint
from rules.drafts import Draft
from rules.durations import Duration
from rules.lint.context import Context
from rules.pack import Rule, RuleVersion
from rules.text import Text
from rules.yaml_document import Location

# Days in a period, only to tell which of two cadences asks for more.
_DAYS = {
    "day": 1,
    "week": 7,
    "half-month": 15,
    "month": 30,
    "quarter": 91,
    "half-year": 182,
    "year": 365,
    "term": 140,
}
_MINUTES = {
    "immediately": 0,
    "minute": 1,
    "hour": 60,
    "same-day": 24 * 60,
    "day": 24 * 60,
    "week": 7 * 24 * 60,
    "month": 30 * 24 * 60,
    "year": 365 * 24 * 60,
}


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield every point in which *rule* loosens the rule that it says it tightens."""
    if rule.tightens is None or rule.tightens not in context.rules:
        return
    lower, _ = context.rules[rule.tightens]
    index = len(rule.versions) - 1
    version, below = rule.versions[-1], lower.versions[-1]
    for name, what in _loosened(version, below):
        yield _complaint(("versions", index, *name), rule, lower, what)


def _loosened(version: RuleVersion, below: RuleVersion) -> Iterator[tuple[Location, Text]]:
    ours, theirs = _gap(version.cadence), _gap(below.cadence)
    if ours is not None and theirs is not None and ours > theirs:
        yield ("cadence",), Text(zh="周期更长", en="it is due less often")
    if version.people.count < below.people.count:
        yield ("people", "count"), Text(zh="人数更少", en="it needs fewer people")
    if _is_longer(below.retention, version.retention):
        yield ("retention",), Text(zh="保存期更短", en="its records are kept for less long")
    if _is_longer(version.grace, below.grace):
        yield ("grace",), Text(zh="宽限更长", en="its grace is longer")
    if _is_longer(_deadline(version), _deadline(below)):
        yield ("on_fail", "deadline"), Text(zh="整改期限更长", en="its deadline is later")


def _deadline(version: RuleVersion) -> Duration | None:
    return version.on_fail.deadline if version.on_fail is not None else None


def _gap(cadence: Cadence | None) -> float | None:
    """Return about how many days lie between two due dates; nothing where days do not tell."""
    match cadence:
        case Interval(every=every, unit=unit):
            return every * _MINUTES[unit] / _MINUTES["day"]
        case TimesADay(times=times):
            return 1 / times
        case Periodic(every=every, unit=unit):
            return every * _DAYS[unit]
        case MaxGap(days=days):
            return days
        case Count(times=times, per=per) | RandomDraw(times=times, per=per):
            return _DAYS[per] / times
    return None


def _is_longer(one: Duration | None, other: Duration | None) -> bool:
    """Compare lengths of the same unit, or of units that a clock measures."""
    if one is None or other is None:
        return False
    if one.unit == other.unit:
        return one.amount > other.amount
    if one.unit in _MINUTES and other.unit in _MINUTES:
        return _minutes(one) > _minutes(other)
    return False


def _minutes(duration: Duration) -> int:
    fixed = duration.unit in {"same-day", "immediately"}
    return _MINUTES[duration.unit] * (1 if fixed else duration.amount)


def _complaint(at: Location, rule: Rule, lower: Rule, what: Text) -> Complaint:
    ours, theirs = _source(rule), _source(lower)
    message = Text(
        zh=f"本规则（{ours.zh}）放宽了 {lower.id}（{theirs.zh}）：{what.zh}。",
        en=f"This rule ({ours.en}) loosens {lower.id} ({theirs.en}): {what.en}.",
    )
    return Complaint(at, message, Text(zh="请改为不低于下层规则。", en="Ask for at least as much."))


def _source(rule: Rule) -> Text:
    clause = rule.source.clause
    name = rule.source.origin or rule.source.instrument
    if clause is None:
        return Text(zh=name, en=name)
    instrument = rule.source.instrument
    return Text(zh=f"{instrument} {clause.zh}", en=f"{instrument} {clause.en}")
