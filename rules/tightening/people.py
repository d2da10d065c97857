"""Who may do it, how many at once, with which certificates: which of two demands asks for more."""

from collections.abc import Iterator

from rules.text import Text
from rules.tightening.demand import Demand
from rules.tightening.point import Point, codes


def points(upper: Demand, lower: Demand) -> Iterator[Point]:
    """Compare strength, number of people, roles, qualifications and who is excluded."""
    ours, theirs = upper.version.people, lower.version.people
    if upper.strength == "recommended" and lower.strength == "mandatory":
        words = Text(zh="只是建议，下层为强制", en="it only recommends what is mandatory below")
        yield Point((), words)
    if ours.count != theirs.count:
        words = Text(
            zh=f"需 {ours.count} 人，下层需 {theirs.count} 人",
            en=f"it needs {ours.count} people, below {theirs.count}",
        )
        yield Point(("people", "count"), words, looser=ours.count < theirs.count)
    yield from _roles(ours.roles, theirs.roles)
    yield from _all_of(
        ("people", "qualifications"),
        (ours.qualifications, theirs.qualifications),
        Text(zh="资质", en="the qualification"),
    )
    yield from _all_of(
        ("people", "excludes"),
        (tuple(ours.excludes), tuple(theirs.excludes)),
        Text(zh="回避", en="the exclusion of"),
    )


def _roles(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[Point]:
    if not theirs or set(ours) == set(theirs):
        return
    admitted = tuple(role for role in ours if role not in theirs)
    if not ours:
        words = Text(zh="任何岗位的人都可以做", en="people of any role may do it")
    elif admitted:
        roles = codes(admitted)
        words = Text(
            zh=f"还允许 {roles.zh} 做，下层不允许", en=f"it admits {roles.en}, who may not below"
        )
    else:
        words = Text(zh="允许的岗位更少", en="fewer roles may do it")
    yield Point(("people", "roles"), words, looser=bool(admitted) or not ours)


def _all_of(
    at: tuple[str, str], sides: tuple[tuple[str, ...], tuple[str, ...]], what: Text
) -> Iterator[Point]:
    ours, theirs = sides
    dropped = tuple(each for each in theirs if each not in ours)
    added = tuple(each for each in ours if each not in theirs)
    if dropped:
        listed = codes(dropped)
        words = Text(zh=f"不再要求{what.zh} {listed.zh}", en=f"it drops {what.en} {listed.en}")
        yield Point(at, words)
    elif added:
        listed = codes(added)
        words = Text(zh=f"还要求{what.zh} {listed.zh}", en=f"it adds {what.en} {listed.en}")
        yield Point(at, words, looser=False)
