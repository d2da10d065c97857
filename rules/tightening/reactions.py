"""What two reactions start: which of them asks for more."""

from collections.abc import Iterator

from rules.reactions import Do, OpenFinding, RaiseStaffing, StartTask
from rules.strictness import SEVERITIES
from rules.text import Text
from rules.tightening.demand import Demand
from rules.tightening.point import Point, about, worded
from rules.yaml_document import Location


def points(upper: Demand, lower: Demand) -> Iterator[Point]:
    """Compare the event, and consequence by consequence how grave, how quick and how many."""
    if upper.rule.kind != "reaction" and lower.rule.kind != "reaction":
        return
    if upper.rule.on != lower.rule.on:
        words = Text(
            zh=f"它针对 {upper.rule.on or '无'} 事件，下层针对 {lower.rule.on or '无'} 事件",
            en=f"it answers the event {upper.rule.on or 'none'}, below {lower.rule.on or 'none'}",
        )
        yield Point((), words)
        return
    ours = {(do.do, do.id): (index, do) for index, do in enumerate(upper.version.then)}
    for theirs in lower.version.then:
        found = ours.get((theirs.do, theirs.id))
        if found is None:
            words = Text(zh=f"没有后果 {theirs.id}", en=f"it lacks the consequence {theirs.id}")
            yield Point(("then",), words)
        else:
            index, mine = found
            yield from _of(mine, theirs, ("then", index))


def _of(ours: Do, theirs: Do, at: Location) -> Iterator[Point]:
    if isinstance(ours, OpenFinding) and isinstance(theirs, OpenFinding):
        yield from _finding(ours, theirs, at)
    elif isinstance(ours, StartTask) and isinstance(theirs, StartTask):
        if about(ours.within) != about(theirs.within):
            words = Text(
                zh=f"时限为 {worded(ours.within).zh}，下层为 {worded(theirs.within).zh}",
                en=f"its limit is {worded(ours.within).en}, below {worded(theirs.within).en}",
            )
            looser = about(ours.within) > about(theirs.within)
            yield Point((*at, "within"), words, looser=looser)
        if about(ours.not_before) < about(theirs.not_before):
            words = Text(zh="可以更早处理", en="it may be done earlier")
            yield Point((*at, "not_before"), words)
    elif isinstance(ours, RaiseStaffing) and isinstance(theirs, RaiseStaffing):
        if ours.minimum != theirs.minimum:
            words = Text(
                zh=f"至少 {ours.minimum} 人，下层为 {theirs.minimum} 人",
                en=f"it wants {ours.minimum} on the post, below {theirs.minimum}",
            )
            yield Point((*at, "minimum"), words, looser=ours.minimum < theirs.minimum)
        if about(ours.hours) < about(theirs.hours):
            yield Point((*at, "hours"), Text(zh="时间更短", en="it lasts less long"))


def _finding(ours: OpenFinding, theirs: OpenFinding, at: Location) -> Iterator[Point]:
    if ours.severity != theirs.severity:
        looser = SEVERITIES.index(ours.severity) < SEVERITIES.index(theirs.severity)
        words = Text(zh="问题的严重程度不同", en="its finding has another severity")
        yield Point((*at, "severity"), words, looser=looser)
    if theirs.major_hazard and not ours.major_hazard:
        words = Text(zh="不作为重大隐患", en="its finding is no major hazard")
        yield Point((*at, "major_hazard"), words)
    if theirs.deadline is None:
        return
    if ours.deadline is None or about(ours.deadline) != about(theirs.deadline):
        words = Text(
            zh=f"整改期限为 {worded(ours.deadline).zh}，下层为 {worded(theirs.deadline).zh}",
            en=f"its deadline is {worded(ours.deadline).en}, below {worded(theirs.deadline).en}",
        )
        looser = ours.deadline is None or about(ours.deadline) > about(theirs.deadline)
        yield Point((*at, "deadline"), words, looser=looser)
