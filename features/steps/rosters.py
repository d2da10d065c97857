"""Posts staffed around the clock: solved from the record, judged by the solver-free audit."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from pytest_bdd import given, parsers, then, when

from features.steps.moments import DAY, MOMENT, ZONE, day_of, moment_of, told
from features.steps.world import World
from inspections.importing import load_from_record
from inspections.sleepless_nights import resting_after_sleepless_nights
from rules.derive import derive
from rules.text import Text
from scheduler.roster.audit import publishable, violations
from scheduler.roster.building import roster_problem, with_blocked
from scheduler.roster.gaps import gaps
from scheduler.roster.problem import Absence, Roster, RosterProblem
from scheduler.roster.slots import Slots
from scheduler.roster.solver import solve

KINDS = {
    "门岗": "gate",
    "消防控制室": "fire-control-room",
    "陪宿": "dormitory",
    "值班室": "duty-office",
}
STEPS = 3000


@dataclass
class Board:
    """The roster on the board: its problem and who stands where."""

    problem: RosterProblem
    roster: Roster


@pytest.fixture(scope="session")
def solved() -> dict[object, Board]:
    """Solve each roster once a session; the same inputs, seed and steps give the same bytes."""
    return {}


@given(
    parsers.re(
        f"排出了(?P<post>门岗|消防控制室|陪宿|值班室)(?P<since>{DAY})至(?P<until>{DAY})的班表"
    ),
    target_fixture="board",
)
@when(
    parsers.re(
        f"排出了(?P<post>门岗|消防控制室|陪宿|值班室)(?P<since>{DAY})至(?P<until>{DAY})的班表"
    ),
    target_fixture="board",
)
def solved_roster(world: World, solved, post, since, until) -> Board:
    """Build the problem from the record and the rules that bind, and solve it."""
    problem = _problem(world, KINDS[post], (day_of(since), day_of(until)))
    key = repr(problem)
    if key not in solved:
        solved[key] = Board(problem, solve(problem, steps=STEPS, seconds=60))
    return solved[key]


def _problem(world: World, kind: str, span: tuple[date, date]) -> RosterProblem:
    organisation = load_from_record(world.session, world.organisation)
    book = world.rulebook.for_organisation(organisation)
    bindings = derive(book, organisation, span[0])
    wanted = {
        post.id
        for site in organisation.sites
        for post in site.posts
        if post.facts.get("post.kind") == kind
    }
    problem = roster_problem(organisation, span, rulebook=book, bindings=bindings)
    resting = resting_after_sleepless_nights(
        world.session, book, organisation_id=organisation.id, since=span[0] - timedelta(days=7)
    )
    posts = tuple(post for post in problem.posts if post.id in wanted)
    roles = {role for post in posts for role in post.roles}
    people = tuple(one for one in problem.people if roles & set(one.roles))
    return with_blocked(replace(problem, posts=posts, people=people), resting)


@when(
    parsers.re(
        f"(?P<post>[^批]+)(?P<night>{DAY})夜班的人请假，(?P<since>{MOMENT})至(?P<until>{MOMENT})"
    ),
    target_fixture="board",
)
def leave(board: Board, post, night, since, until) -> Board:
    """Grant leave of some hours to who stands a night."""
    wanted = _post(board, post)
    who = next(
        person
        for (person, day), cell in board.roster.cells.items()
        if day == day_of(night) and cell == (wanted, "N")
    )
    away = Absence(
        moment_of(since).astimezone(ZONE),
        moment_of(until).astimezone(ZONE),
        Text(zh="请假", en="leave"),
    )
    people = tuple(
        replace(one, absences=(*one.absences, away)) if one.id == who else one
        for one in board.problem.people
    )
    return Board(replace(board.problem, people=people), board.roster)


@when("补排缺口，其余班次尽量不动", target_fixture="board")
def fill(board: Board) -> Board:
    """Solve again from what stands."""
    again = replace(board.problem, previous=board.roster.cells)
    return Board(again, solve(again, steps=STEPS, seconds=60))


@then(parsers.re("(?P<count>\\d+)个岗位每个时刻都有人"))
def no_gap(board: Board, count) -> None:
    """See that no post has a gap."""
    assert int(count) == len(board.problem.posts)
    assert () == gaps(board.problem, board.roster)
    assert () == violations(board.problem, board.roster)


@then(parsers.re("每个时刻都有(?P<count>\\d+)名持证人员在岗"))
def certified_at_every_instant(board: Board, count) -> None:
    """Count certified people on each post minute by minute, apart from solver and audit."""
    slots = Slots(board.problem)
    people = {one.id: one for one in board.problem.people}
    for post in board.problem.posts:
        assert post.qualifications
        standing: dict[int, int] = {}
        for (who, day), cell in board.roster.cells.items():
            if cell is None or cell[0] != post.id:
                continue
            slot = slots.of(*cell, day)
            held = {
                one.kind
                for one in people[who].qualifications
                if one.since <= day and (one.until is None or day < one.until)
            }
            assert set(post.qualifications) <= held, who
            for minute in range(slot.since, slot.until, 30):
                standing[minute] = standing.get(minute, 0) + 1
        first = min(standing)
        last = first + 1440 * ((board.problem.until - board.problem.since).days + 1)

        assert set(range(first, last, 30)) <= standing.keys()
        assert {int(count)} == {standing[minute] for minute in range(first, last, 30)}


@then("班表可以公布")
def may_be_published(board: Board) -> None:
    """See that nothing stands against publishing."""
    assert [] == publishable(board.problem, board.roster)


@then(
    parsers.re(
        f"不能公布，(?P<post>.+)在(?P<since>{MOMENT})至(?P<until>{MOMENT})缺(?P<missing>\\d+)人"
    )
)
def may_not_be_published(board: Board, post, since, until, missing) -> None:
    """See the gap that stands against publishing."""
    found = [gap for gap in gaps(board.problem, board.roster) if gap.post == _post(board, post)]

    assert [(told(moment_of(since)), told(moment_of(until)), int(missing))] == [
        (told(gap.since), told(gap.until), gap.missing) for gap in found
    ]
    assert found[0].text in publishable(board.problem, board.roster)


@then(parsers.re("(?P<who>.+?)(?P<on>" + DAY + ")(?P<stands>有班|没有班)"))
def stands(world: World, board: Board, who, on, stands) -> None:
    """See whether somebody stands a shift that begins on a day."""
    cell = board.roster.cells[world.person(who), day_of(on)]

    assert (cell is not None) == (stands == "有班")


@then(parsers.re(f"把(?P<who>.+?)排在(?P<on>{DAY})(?P<is_told>会|不会)被审核指出：(?P<why>.+)"))
def audit_objects(world: World, board: Board, who, on, is_told, why) -> None:
    """Put somebody on a shift by hand and ask the audit."""
    post = board.problem.posts[0]
    key = (world.person(who), day_of(on))
    forced = replace(
        board.roster, cells={**board.roster.cells, key: (post.id, post.shifts[0].code)}
    )
    texts = [one.text.zh for one in violations(board.problem, forced) if one.person == key[0]]

    assert any(why in text for text in texts) == (is_told == "会"), texts


def _post(board: Board, name: str) -> str:
    (found,) = (post.id for post in board.problem.posts if post.name.zh == name)
    return found
