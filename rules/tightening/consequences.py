"""What a failure starts, and how quickly: which of two demands asks for more."""

from collections.abc import Iterator

from rules.durations import Duration
from rules.pack import Clock, FollowUp, OnFail
from rules.strictness import SEVERITIES
from rules.text import Text
from rules.tightening.demand import Demand
from rules.tightening.point import Point, about, codes, worded
from rules.yaml_document import Location


def points(upper: Demand, lower: Demand) -> Iterator[Point]:
    """Compare deadlines, severity, verification, follow-ups, ticket clocks and gates."""
    ours, theirs = upper.version, lower.version
    if theirs.on_fail is not None:
        yield from _on_fail(ours.on_fail, theirs.on_fail)
    yield from _clocks(ours.clocks, theirs.clocks)
    if theirs.gate is not None and ours.gate != theirs.gate:
        words = Text(zh="上岗条件不同或没有", en="its gate differs, or it has none")
        yield Point(("gate",), words)


def _on_fail(ours: OnFail | None, theirs: OnFail) -> Iterator[Point]:
    if ours is None:
        words = Text(zh="没有整改期限", en="it sets no deadline for putting right")
        yield Point(("on_fail",), words)
        return
    at: Location = ("on_fail", "deadline")
    yield from _length(at, ours.deadline, theirs.deadline, Text(zh="整改期限", en="its deadline"))
    if theirs.separate_verifier and not ours.separate_verifier:
        words = Text(zh="整改人可以自己复查", en="whoever put it right may verify it")
        yield Point(("on_fail", "separate_verifier"), words)
    if theirs.severity is not None and ours.severity != theirs.severity:
        looser = ours.severity is None or SEVERITIES.index(ours.severity) < SEVERITIES.index(
            theirs.severity
        )
        words = Text(zh="问题的严重程度不同", en="its findings have another severity")
        yield Point(("on_fail", "severity"), words, looser=looser)
    yield from _follow_ups(ours.follow_ups, theirs.follow_ups)


def _follow_ups(ours: tuple[FollowUp, ...], theirs: tuple[FollowUp, ...]) -> Iterator[Point]:
    known = {each.id: each for each in ours}
    at: Location = ("on_fail", "follow_ups")
    dropped = tuple(each.id for each in theirs if each.id not in known)
    if dropped:
        listed = codes(dropped)
        words = Text(zh=f"没有后续任务 {listed.zh}", en=f"it lacks the follow-ups {listed.en}")
        yield Point(at, words)
    for each in theirs:
        if each.id in known:
            title = Text(zh=f"“{each.title.zh}”的时限", en=f'the limit of "{each.title.en}"')
            yield from _length(at, known[each.id].within, each.within, title)


def _clocks(ours: tuple[Clock, ...], theirs: tuple[Clock, ...]) -> Iterator[Point]:
    known = {_key(each): each for each in ours}
    for each in theirs:
        title = Text(zh=f"“{each.title.zh}”", en=f'"{each.title.en}"')
        mine = known.get(_key(each))
        if mine is None:
            words = Text(zh=f"没有工单时限{title.zh}", en=f"it lacks the ticket limit {title.en}")
            yield Point(("clocks",), words)
        else:
            yield from _length(("clocks",), mine.limit, each.limit, title)


def _key(clock: Clock) -> tuple[str, str, str | None, str | None]:
    return clock.starts, clock.stops, clock.category, clock.priority


def _length(at: Location, ours: Duration, theirs: Duration, what: Text) -> Iterator[Point]:
    if about(ours) != about(theirs):
        words = Text(
            zh=f"{what.zh}为 {worded(ours).zh}，下层为 {worded(theirs).zh}",
            en=f"{what.en} is {worded(ours).en}, below {worded(theirs).en}",
        )
        yield Point(at, words, looser=about(ours) > about(theirs))
