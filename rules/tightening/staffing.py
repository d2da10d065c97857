"""Staff on a post: which of two demands asks for more."""

from collections.abc import Iterator

from rules.text import Text
from rules.tightening.demand import Demand
from rules.tightening.point import Point, codes


def points(upper: Demand, lower: Demand) -> Iterator[Point]:
    """Compare post, number of people, hours and certificates."""
    ours, theirs = upper.version.coverage, lower.version.coverage
    if theirs is None:
        return
    if ours is None or ours.post != theirs.post:
        words = Text(zh="没有值守同一岗位", en="it staffs another post, or none")
        yield Point(("coverage",), words)
        return
    if ours.minimum != theirs.minimum:
        words = Text(
            zh=f"在岗 {ours.minimum} 人，下层 {theirs.minimum} 人",
            en=f"it wants {ours.minimum} people present, below {theirs.minimum}",
        )
        yield Point(("coverage", "minimum"), words, looser=ours.minimum < theirs.minimum)
    if ours.within != theirs.within:
        words = Text(zh="值守的时段不同", en="it is staffed at other hours")
        yield Point(("coverage", "within"), words, looser=ours.within != "all-day")
    dropped = tuple(each for each in theirs.qualifications if each not in ours.qualifications)
    if dropped:
        listed = codes(dropped)
        words = Text(zh=f"不再要求资质 {listed.zh}", en=f"it drops the qualification {listed.en}")
        yield Point(("coverage", "qualifications"), words)
