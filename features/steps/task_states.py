"""What the record says of tasks: state, window, who does them, the day drawn, the coverage map."""

from datetime import date

from pytest_bdd import parsers, then
from sqlalchemy import select

from features.steps.moments import DAY, MOMENT, ZONE, moment_of, told
from features.steps.planning import role_codes
from features.steps.world import World
from inspections.models import AssignmentRow, OccurrenceRow, PersonRow
from inspections.queries.coverage import SitePage, coverage_map
from inspections.queries.coverage_cell import Cell
from inspections.states import STATE_NAMES


@then(parsers.re(rf"(?P<where>[^“]+?)(?P<on>{MOMENT})的“(?P<title>[^”]+)”状态为(?P<state>.+)"))
def state_is(world: World, where, on, title, state) -> None:
    """Compare the state of the task whose window holds a moment."""
    at = moment_of(on)
    rows = [row for row in world.occurrences(title, where) if row.opens_at <= at <= row.closes_at]

    assert rows, f"No window of {title} holds {on}"
    assert {state} == {STATE_NAMES[row.state].zh for row in rows}


@then(parsers.re("该任务状态为(?P<state>.+)"))
def this_state_is(world: World, state) -> None:
    """Compare the state of the task last spoken of."""
    row = world.session.get_one(OccurrenceRow, world.occurrence)

    assert state == STATE_NAMES[row.state].zh


@then(
    parsers.re(rf"(?P<where>[^“]+)的“(?P<title>[^”]+)”(?P<at>{MOMENT})开放，(?P<due>{MOMENT})截止")
)
def window_is(world: World, where, title, at, due) -> None:
    """Compare a window and remember its task."""
    windows = {
        (told(row.opens_at), told(row.due_at)): row.id for row in world.occurrences(title, where)
    }
    wanted = (told(moment_of(at)), told(moment_of(due)))

    assert wanted in windows, f"{wanted} is not among {list(windows)[:20]}"
    world.occurrence = windows[wanted]


@then(parsers.re(rf"(?P<where>[^“]+?)(?P<on>{DAY})没有“(?P<title>[^”]+)”任务"))
def no_task(world: World, where, on, title) -> None:
    """See that nothing opens on a day."""
    day = moment_of(f"{on}00:00")
    rows = world.occurrences(title, where)

    assert rows, f"{title} has no task at all; the step would prove nothing"
    assert [] == [row for row in rows if 0 <= (row.opens_at - day).total_seconds() < 86400]


@then(parsers.re("该任务已派给有(?P<roles>.+)岗位的人，并写明理由"))
def is_assigned(world: World, roles) -> None:
    """See who was assigned to the task last spoken of, and that the reason was stored."""
    query = (
        select(PersonRow.roles, AssignmentRow.reason)
        .join(AssignmentRow, AssignmentRow.person_id == PersonRow.id)
        .where(AssignmentRow.occurrence_id == world.occurrence)
    )
    rows = world.session.execute(query).all()
    wanted = {role_codes()[name] for name in roles.split("或")}

    assert rows
    assert all(wanted & set(row.roles) for row in rows)
    assert all(row.reason.zh for row in rows)


@then(parsers.re("(?P<where>[^“]+)的“(?P<title>[^”]+)”抽定在(?P<month>\\d+)月的一个上学日"))
def drawn_day(world: World, where, title, month) -> None:
    """See on what day a random check was drawn."""
    drawn = [row for row in world.occurrences(title, where) if row.hidden_until is not None]
    days = [row.opens_at.astimezone(ZONE).date() for row in drawn]

    assert [int(month)] == [day.month for day in days]
    assert all(day.isoweekday() <= 5 for day in days)
    world.occurrence = drawn[0].id


@then(parsers.re("覆盖图上看不到(?P<where>[^“]+)的“(?P<title>[^”]+)”定在哪一天"))
def hidden_on_the_map(world: World, where, title) -> None:
    """Look at the coverage map, which everyone sees."""
    shown = _cell(world, where, title).shown

    assert (True, None, None) == (shown.hidden, shown.next_at, shown.occurrence)


@then(parsers.re("覆盖图上看得到(?P<where>[^“]+)的“(?P<title>[^”]+)”定在哪一天"))
def shown_on_the_map(world: World, where, title) -> None:
    """Look at the coverage map, which everyone sees."""
    shown = _cell(world, where, title).shown

    assert False is shown.hidden
    assert None is not shown.next_at


@then("再抽一次仍是同一天")
def drawn_again(world: World) -> None:
    """Plan again with the same seed."""
    row = world.session.get_one(OccurrenceRow, world.occurrence)
    before = row.opens_at
    world.replan(date(2026, 11, 23), date(2026, 12, 6))

    assert before == world.session.get_one(OccurrenceRow, world.occurrence).opens_at


def _cell(world: World, where: str, title: str) -> Cell:
    page = SitePage(size=20)
    found = coverage_map(
        world.session, world.rulebook, world.organisation, now=world.now, page=page
    )
    return found.cells[world.rule(title), world.site(where).key]
