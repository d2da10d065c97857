"""Doing a check: answers not named are those of a check where all is well."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from pytest_bdd import parsers, then, when
from sqlalchemy import select

from features.steps.moments import MOMENT, moment_of
from features.steps.world import World
from inspections.answers import AnswerGiven, answers_of, checklist_of, items_asked
from inspections.device_clock import DeviceClock, server_clock
from inspections.errors import Refused
from inspections.lookup import duty_of
from inspections.models import InspectionRow, OccurrenceRow
from inspections.recording import (
    RunningInspection,
    finish_inspection,
    record_answers,
    start_inspection,
)
from inspections.target import target_of
from inspections.told import Told
from rules.checklist import (
    Checklist,
    ChoiceItem,
    Item,
    NumberItem,
    PassFailItem,
    PhotoItem,
    Severity,
)

WORDS = {"合格": "pass", "不合格": "fail", "不适用": "na"}
GRAVE: dict[str, Severity] = {"轻微": "minor", "一般": "moderate", "严重": "severe"}
GIVEN = re.compile(r"“(?P<item>[^”]+)”为(?P<value>[^，]+)")


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
    try:
        running = begun(world, who, row, clock)
    except Refused as refusal:
        world.refusal = refusal
        return
    given = {found["item"]: found["value"] for found in GIVEN.finditer(answers or "")}
    record_answers(
        world.session,
        world.rulebook,
        inspection_id=running.id,
        answers=answers_to(world, row, running.checklist, given, moment_of(at)),
        clock=clock,
    )
    finished = finish_inspection(
        world.session, world.rulebook, inspection_id=running.id, clock=clock
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
    begun(world, who, row, server_clock(moment_of(at)))


@when(parsers.re("(?P<who>.+)在该任务开始(?P<when>前一分钟|时)去检查"))
def try_at_the_opening(world: World, who, when) -> None:
    """Start the task last spoken of a minute before its window, or when it opens."""
    row = world.session.get_one(OccurrenceRow, world.occurrence)
    at = row.opens_at - timedelta(minutes=1) if when == "前一分钟" else row.opens_at
    world.refusal = None
    try:
        begun(world, who, row, server_clock(at))
    except Refused as refusal:
        world.refusal = refusal


def begun(world: World, who: str, row: OccurrenceRow, clock: DeviceClock) -> RunningInspection:
    """Return the check of an occurrence that somebody begins."""
    return start_inspection(
        world.session,
        world.rulebook,
        inspection_id=str(uuid4()),
        occurrence_id=row.id,
        by=world.person(who),
        clock=clock,
    )


def answers_to(
    world: World, row: OccurrenceRow, checklist: Checklist, given: dict[str, str], at: Any
) -> dict[str, AnswerGiven]:
    """Return an answer to every item: as told, and for the rest what passes."""
    titles = {item.title.zh: item for item in checklist.items}
    unknown = given.keys() - titles.keys()
    assert not unknown, f"{checklist.title.zh} has no item {unknown}: {list(titles)}"
    facts = target_of(world.session, duty_of(world.session, row)).facts
    answers = {}
    for item in checklist.items:
        told_value, _, said = given.get(item.title.zh, "").partition("（")
        value = _told(item, told_value) if told_value else _fine(world, item, facts, at)
        answers[item.id] = AnswerGiven(value, told=_said(world, said.rstrip("）")))
    return answers


def _said(world: World, words: str) -> Told:
    """Return what somebody says of a failure: how grave it is, or that it is the last finding."""
    if words == "与该问题相同":
        return Told(same_as=world.last_finding().id)
    return Told(severity=GRAVE[words]) if words else Told()


def _told(item: Item, value: str) -> Any:
    if isinstance(item, PassFailItem):
        return WORDS[value]
    if isinstance(item, ChoiceItem):
        return next(choice.id for choice in item.choices if choice.title.zh == value)
    if isinstance(item, NumberItem):
        readings = [float(one) for one in re.findall(r"-?[\d.]+", value)]
        return readings[0] if item.readings == 1 else readings
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
            fine = next((n for n in (item.maximum, item.minimum) if n is not None), 1)
            return fine if item.readings == 1 else [fine] * item.readings
        case PhotoItem():
            pictures = [f"{item.id}-{number}".encode() for number in range(item.minimum)]
            return [
                world.store.keep(world.session, one, media_type="image/png", now=at)
                for one in pictures
            ]
        case _:
            return "已完成"


@then(parsers.re("该检查表有(?P<count>\\d+)个检查项需要判定合格与否"))
def judged_items(world: World, count) -> None:
    """Count the pass-fail items of the checklist of the task last spoken of."""
    row = world.session.get_one(OccurrenceRow, world.occurrence)
    rule = world.rulebook.rule(duty_of(world.session, row).rule)
    checklist = world.rulebook.checklist(rule.versions[-1].checklist)

    assert int(count) == sum(isinstance(item, PassFailItem) for item in checklist.items)


@then(parsers.re("检查表(?P<how>问到了|没有问到)“(?P<title>[^”]+)”"))
def item_asked(world: World, how, title) -> None:
    """See whether the check last done had an item to answer."""
    query = select(InspectionRow).filter_by(occurrence_id=world.occurrence)
    (inspection,) = world.session.scalars(query)
    (item,) = (one for one in checklist_of(inspection).items if one.title.zh == title)
    asked = items_asked(inspection, answers_of(world.session, inspection))

    assert (how == "问到了") == (item in asked)


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
