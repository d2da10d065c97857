"""When a post has too few people: by the clock, over every instant, absences taken out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rules.text import Text
from scheduler.assignment.eligibility import holds_all
from scheduler.roster.problem import (
    Cells,
    Gap,
    PostCoverage,
    Roster,
    RosterPerson,
    RosterPost,
    RosterProblem,
)
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import is_away


@dataclass(frozen=True)
class _Standing:
    person: RosterPerson
    slot: Slot


def gaps(problem: RosterProblem, roster: Roster) -> tuple[Gap, ...]:
    """
    Return every span in which a post has fewer people than its shifts or a rule want.

    Someone who is away for part of a shift is missing for that part. A rule's coverage is asked
    from the first shift on where no history says who stood before.
    """
    slots = Slots(problem)
    standing = _standing(slots, {**problem.history, **roster.cells})
    return tuple(gap for post in problem.posts for gap in _gaps_of(slots, post, standing[post.id]))


def _standing(slots: Slots, cells: Cells) -> dict[str, list[_Standing]]:
    people = {person.id: person for person in slots.problem.people}
    found: dict[str, list[_Standing]] = defaultdict(list)
    for person, row in slots.rows(cells).items():
        for slot in row.values():
            found[slot.post].append(_Standing(people[person], slot))
    return found


def _gaps_of(slots: Slots, post: RosterPost, standing: list[_Standing]) -> Iterator[Gap]:
    """Yield the post's gaps, neighbours with the same number missing joined."""
    wanted = [slot for slot in slots.wanted if slot.post == post.id]
    coverage = [_Coverage(each, slots, wanted) for each in post.coverage]
    edges = _edges(wanted, coverage, standing)
    pending: tuple[int, int, int] | None = None
    for since, until in pairwise(edges):
        missing = _missing(slots, (since, until), wanted, standing, coverage)
        if pending and missing == pending[2]:
            pending = (pending[0], until, missing)
            continue
        if pending and pending[2]:
            yield _gap(slots, post, pending)
        pending = (since, until, missing)
    if pending and pending[2]:
        yield _gap(slots, post, pending)


class _Coverage:
    """A rule's coverage in minutes since the epoch."""

    def __init__(self, coverage: PostCoverage, slots: Slots, wanted: Iterable[Slot]) -> None:
        first = min((slot.since for slot in wanted), default=0)
        if slots.problem.history:
            first = 0
        spans = (
            (int(since.timestamp()) // 60, int(until.timestamp()) // 60)
            for since, until in coverage.spans
        )
        self.rule = coverage
        self.spans = tuple((max(since, first), until) for since, until in spans if until > first)

    def missing(self, slots: Slots, since: int, until: int, present: list[_Standing]) -> int:
        """Return how many holders of the certificates lack in a piece of time."""
        if not any(start <= since and until <= end for start, end in self.spans):
            return 0
        day = slots.instant(since).date()
        held = self.rule.qualifications
        able = [one for one in present if holds_all(one.person.qualifications, held, day)]
        return max(0, self.rule.minimum - len(able))


def _edges(
    wanted: Iterable[Slot], coverage: Iterable[_Coverage], standing: Iterable[_Standing]
) -> list[int]:
    edges = {edge for slot in wanted for edge in (slot.since, slot.until)}
    edges |= {edge for each in coverage for span in each.spans for edge in span}
    for one in standing:
        edges |= {one.slot.since, one.slot.until}
        for away in one.person.absences:
            for instant in (away.since, away.until):
                edge = int(instant.timestamp()) // 60
                if one.slot.since < edge < one.slot.until:
                    edges.add(edge)
    return sorted(edges)


def _missing(
    slots: Slots,
    span: tuple[int, int],
    wanted: Iterable[Slot],
    standing: Iterable[_Standing],
    coverage: Iterable[_Coverage],
) -> int:
    since, until = span
    present = [
        one
        for one in standing
        if one.slot.since <= since
        and until <= one.slot.until
        and not is_away(one.person, since, until)
    ]
    by_shift = sum(
        max(0, slot.need - sum(1 for one in present if one.slot.key == slot.key))
        for slot in wanted
        if slot.since <= since and until <= slot.until
    )
    by_rule = [each.missing(slots, since, until, present) for each in coverage]
    return max([by_shift, *by_rule])


def _gap(slots: Slots, post: RosterPost, pending: tuple[int, int, int]) -> Gap:
    since, until = slots.instant(pending[0]), slots.instant(pending[1])
    missing = pending[2]
    same_day = since.date() == until.date()
    end_zh = f"{until:%H:%M}" if same_day else f"{until.month}月{until.day}日 {until:%H:%M}"
    end_en = f"{until:%H:%M}" if same_day else f"{until.day} {until:%b} {until:%H:%M}"
    clauses = [each.clause for each in post.coverage if each.clause]
    zh = f"{post.name.zh} {since.month}月{since.day}日 {since:%H:%M}–{end_zh} 缺 {missing} 人"
    en = f"{post.name.en}: {missing} missing on {since.day} {since:%b} {since:%H:%M}–{end_en}"
    if clauses:
        zh += f"（{clauses[0].zh}）"
        en += f" ({clauses[0].en})"
    return Gap(post.id, since, until, missing, Text(zh=zh, en=en))
