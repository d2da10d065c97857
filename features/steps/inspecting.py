"""Doing a check: answers not named are those of a check where all is well."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from pytest_bdd import parsers, then, when
from sqlalchemy import select

from features.steps.moments import DAY, MOMENT, ZONE, moment_of, told
from features.steps.planning import role_codes
from features.steps.world import World
from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.errors import Refused
from inspections.lookup import duty_of
from inspections.models import AssignmentRow, OccurrenceRow, PersonRow
from inspections.queries.coverage import SitePage, coverage_map
from inspections.queries.coverage_cell import Cell
from inspections.recording import finish_inspection, record_answers, start_inspection
from inspections.states import STATE_NAMES
from inspections.target import target_of
from rules.checklist import Checklist, ChoiceItem, Item, NumberItem, PassFailItem, PhotoItem

_WORDS = {"合格": "pass", "不合格": "fail", "不适用": "na"}
_GIVEN = re.compile(r"“(?P<item>[^”]+)”为(?P<value>[^，]+)")


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})(?P<how>完成|补做)(?P<where>[^“]+)的“(?P<title>[^”]+)”(?:，(?P<answers>.+))?"
    )
)
def do_check(world: World, who, at, how, where, title, answers) -> None:
    """Start, answer and finish a check, as far as it is allowed."""
    world.refusal, world.findings = None, ()
    if how == "补做":
        row = world.missed_before(title, where, moment_of(at))
    else:
        row = world.occurrence_at(title, where, moment_of(at))
    world.occurrence = row.id
    clock = server_clock(moment_of(at))
    inspection = str(uuid4())
    by = world.person(who)
    try:
        running = start_inspection(
            world.session, world.rulebook, inspection_id=inspection, occurrence_id=row.id,
            by=by, clock=clock,
        )  # fmt: skip
    except Refused as refusal:
        world.refusal = refusal
        return
    given = {found["item"]: found["value"] for found in _GIVEN.finditer(answers or "")}
    record_answers(
        world.session,
        world.rulebook,
        inspection_id=inspection,
        answers=_answers(world, row, running.checklist, given, moment_of(at)),
        clock=clock,
    )
    finished = finish_inspection(
        world.session, world.rulebook, inspection_id=inspection, clock=clock
    )
    world.findings = finished.findings
    if finished.findings:
        world.finding = finished.findings[-1]


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})开始(?P<where>[^“]+)的“(?P<title>[^”]+)”，(?:但)?没有提交报告"
    )
)
def begin_check(world: World, who, at, where, title) -> None:
    """Start a check and leave it."""
    row = world.occurrence_at(title, where, moment_of(at))
    world.occurrence = row.id
    start_inspection(
        world.session, world.rulebook, inspection_id=str(uuid4()), occurrence_id=row.id,
        by=world.person(who), clock=server_clock(moment_of(at)),
    )  # fmt: skip


def _answers(
    world: World, row: OccurrenceRow, checklist: Checklist, given: dict[str, str], at: Any
) -> dict[str, AnswerGiven]:
    titles = {item.title.zh: item for item in checklist.items}
    unknown = given.keys() - titles.keys()
    assert not unknown, f"{checklist.title.zh} has no item {unknown}: {list(titles)}"
    facts = target_of(world.session, duty_of(world.session, row)).facts
    answers = {}
    for item in checklist.items:
        told_value = given.get(item.title.zh)
        value = _told(item, told_value) if told_value is not None else _fine(world, item, facts, at)
        answers[item.id] = AnswerGiven(value)
    return answers


def _told(item: Item, value: str) -> Any:
    if isinstance(item, PassFailItem):
        return _WORDS[value]
    if isinstance(item, ChoiceItem):
        return next(choice.id for choice in item.choices if choice.title.zh == value)
    if isinstance(item, NumberItem):
        return float(re.match(r"-?[\d.]+", value)[0])
    return value


def _fine(world: World, item: Item, facts: dict[str, Any], at: Any) -> Any:
    match item:
        case PassFailItem():
            return "pass"
        case ChoiceItem():
            return next(choice.id for choice in item.choices if not choice.fails)
        case NumberItem():
            if item.set_point is not None:
                return facts[item.set_point]
            return next((n for n in (item.maximum, item.minimum) if n is not None), 1)
        case PhotoItem():
            kept = world.store.keep(world.session, item.id.encode(), media_type="image/png", now=at)
            return [kept]
        case _:
            return "已完成"


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


@then(parsers.re("该检查表有(?P<count>\\d+)个检查项需要判定合格与否"))
def judged_items(world: World, count) -> None:
    """Count the pass-fail items of the checklist of the task last spoken of."""
    row = world.session.get_one(OccurrenceRow, world.occurrence)
    rule = world.rulebook.rule(duty_of(world.session, row).rule)
    checklist = world.rulebook.checklist(rule.versions[-1].checklist)

    assert int(count) == sum(isinstance(item, PassFailItem) for item in checklist.items)


@then(parsers.re("被拒绝，原因是“(?P<reason>.+)”"))
def was_refused(world: World, reason) -> None:
    """Compare the refusal of the last step; what is told is the sentence without its advice."""
    assert world.refusal, "Nothing was refused"
    assert reason in world.refusal.text.zh
    world.refusal = None


@then("没有被拒绝")
def was_not_refused(world: World) -> None:
    """See that the last step was taken."""
    assert None is world.refusal, world.refusal


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


def _cell(world: World, where: str, title: str) -> Cell:
    page = SitePage(size=20)
    found = coverage_map(
        world.session, world.rulebook, world.organisation, now=world.now, page=page
    )
    return found.cells[world.rule(title), world.site(where).key]


@then("再抽一次仍是同一天")
def drawn_again(world: World) -> None:
    """Plan again with the same seed."""
    row = world.session.get_one(OccurrenceRow, world.occurrence)
    before = row.opens_at
    world.replan(date(2026, 11, 23), date(2026, 12, 6))

    assert before == world.session.get_one(OccurrenceRow, world.occurrence).opens_at


@when(parsers.re("(?P<who>.+)在该任务开始(?P<when>前一分钟|时)去检查"))
def try_at_the_opening(world: World, who, when) -> None:
    """Start the task last spoken of a minute before its window, or when it opens."""
    row = world.session.get_one(OccurrenceRow, world.occurrence)
    at = row.opens_at - timedelta(minutes=1) if when == "前一分钟" else row.opens_at
    world.refusal = None
    try:
        start_inspection(
            world.session,
            world.rulebook,
            inspection_id=str(uuid4()),
            occurrence_id=row.id,
            by=world.person(who),
            clock=server_clock(at),
        )
    except Refused as refusal:
        world.refusal = refusal
