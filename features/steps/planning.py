"""Planning again: further days, new events, people who must not be on shift."""

from datetime import timedelta
from uuid import uuid4

from pytest_bdd import given, parsers, then, when
from sqlalchemy import select

from features.steps.moments import DAY, MOMENT, ZONE, day_of, moment_of
from features.steps.world import World
from inspections.alerts import Alert, alerts
from inspections.gates import ClosedGate, closed_gates
from inspections.importing import import_organisation, load_from_record
from inspections.models import AssignmentRow, DutyRow, OccurrenceRow, PersonRow
from rules.organisation.happened import Event
from rules.rulebook import RuleBook
from rules.vocabulary import load_vocabulary

EVENTS = {
    "气象预警": "weather-warning",
    "消防系统故障": "fire-system-fault",
    "经费结账": "fund-account-closed",
    "来料短缺": "delivery-fault",
    "班级卫生不合格": "class-hygiene-failed",
    "意外事件": "incident",
    "洒漏": "spill-reported",
    "投诉": "complaint",
    "采购申请": "purchase-proposed",
    "合同到期": "contract-expiry",
    "新员工上岗": "new-post",
    "停水停电": "outage",
}


@given(parsers.re(f"又排出了(?P<since>{DAY})至(?P<until>{DAY})的检查"))
@when(parsers.re(f"又排出了(?P<since>{DAY})至(?P<until>{DAY})的检查"))
def plan_more(world: World, since, until) -> None:
    """Plan further days."""
    world.replan(day_of(since), day_of(until))


@given(parsers.re(r"只按内部规则又排出了(?P<year>\d{4})年全年的检查"))
def plan_year(world: World, year) -> None:
    """Plan a whole year of the house's own rules, which is what these figures are about."""
    organisation = load_from_record(world.session, world.organisation)
    house = [pack for pack in world.rulebook.packs if pack.id in organisation.packs]
    world.rulebook = RuleBook(tuple(house), {pack.id: pack.model_dump_json() for pack in house})
    world.replan(day_of(f"{year}年1月1日"), day_of(f"{year}年12月31日"))


@given(parsers.re(rf"(?P<site>[^于]+)于(?P<at>{MOMENT})发生“(?P<kind>[^”]+)”，并重新排程"))
@when(parsers.re(rf"(?P<site>[^于]+)于(?P<at>{MOMENT})发生“(?P<kind>[^”]+)”，并重新排程"))
def event_happens(world: World, site, at, kind) -> None:
    """Record an event and plan the days after it."""
    organisation = load_from_record(world.session, world.organisation)
    event = Event(
        id=f"event-{uuid4().hex[:8]}", site=world.site(site).key, kind=EVENTS[kind],
        at=moment_of(at),
    )  # fmt: skip
    world.now = moment_of(at)
    known = organisation.model_copy(update={"events": (*organisation.events, event)})
    import_organisation(world.session, known, now=world.now)
    first = day_of("11月23日")
    world.replan(first, first + timedelta(days=20))


@given(parsers.re(rf"(?P<site>[^于]+)登记了(?P<at>{MOMENT})的“(?P<kind>[^”]+)”，并重新排程"))
@when(parsers.re(rf"(?P<site>[^于]+)登记了(?P<at>{MOMENT})的“(?P<kind>[^”]+)”，并重新排程"))
def event_is_known(world: World, site, at, kind) -> None:
    """Record what will happen on a later day, and plan again with what is known today."""
    organisation = load_from_record(world.session, world.organisation)
    event = Event(
        id=f"event-{uuid4().hex[:8]}", site=world.site(site).key, kind=EVENTS[kind],
        at=moment_of(at),
    )  # fmt: skip
    known = organisation.model_copy(update={"events": (*organisation.events, event)})
    import_organisation(world.session, known, now=world.now)
    first = day_of("11月23日")
    world.replan(first, first + timedelta(days=70))


@when(parsers.re(rf"于(?P<at>{MOMENT})重新排程"))
def plan_again(world: World, at) -> None:
    """Assign again with what is known now."""
    world.now = moment_of(at)
    world.replan(day_of("11月23日"), day_of("12月6日"), assign=True)


@then(parsers.re(f"(?P<who>.+?)(?P<on>{DAY})不得排班，原因是“(?P<why>.+)”"))
def gate_is_closed(world: World, who, on, why) -> None:
    """See that somebody may not be rostered on the day."""
    found = {gate.person: gate for gate in _closed(world, waiting=True)}

    assert day_of(on) == found[world.person(who)].day
    assert why in found[world.person(who)].text.zh


@then(parsers.re(f"(?P<who>.+?)(?P<on>{DAY})可以排班"))
def gate_is_open(world: World, who, on) -> None:
    """See that somebody passed the gate."""
    assert day_of(on) == world.now.astimezone(ZONE).date()
    assert world.person(who) not in {gate.person for gate in _closed(world, waiting=True)}


@then(parsers.re("提醒在岗未过检：(?P<who>.+)"))
def gate_alert(world: World, who) -> None:
    """See that somebody still holds tasks of the day."""
    found = [one.text.zh for one in _gate_alerts(world)]

    assert [] != [text for text in found if who in text], found


@then("没有在岗未过检的提醒")
def no_gate_alert(world: World) -> None:
    """See that nobody who may not work holds a task of the day."""
    assert [] == [one.text.zh for one in _gate_alerts(world)]


@then(parsers.re(rf"(?P<where>[^“]+?)(?P<at>{MOMENT})的“(?P<title>[^”]+)”已派给(?P<who>[^，]+)"))
def given_to(world: World, where, at, title, who) -> None:
    """See who does the task."""
    assert world.person(who) in _people(world, where, at, title)


@then(
    parsers.re(
        rf"(?P<where>[^“]+?)(?P<at>{MOMENT})的“(?P<title>[^”]+)”改派给(?P<who>[^，]+)以外的(?P<role>.+)"
    )
)
def given_to_another(world: World, where, at, title, who, role) -> None:
    """See that cover was found."""
    people = _people(world, where, at, title)
    wanted = role_codes()[role]
    rows = world.session.scalars(select(PersonRow).where(PersonRow.key.in_(people)))

    assert people
    assert world.person(who) not in people
    assert all(wanted in row.roles for row in rows)


@then(parsers.re(r"“(?P<title>[^”]+)”约束(?P<where>.+)的(?P<count>\d+)处"))
def binds(world: World, title, where, count) -> None:
    """Count the duties that the facts of a site gave rise to."""
    site, rule = world.site(where), world.rule(title)
    query = select(DutyRow).filter_by(site_id=site.id, rule=rule, status="binds")

    assert int(count) == len(list(world.session.scalars(query)))


def role_codes() -> dict[str, str]:
    """Return roles by the names of the vocabulary."""
    return {choice.title.zh: choice.value for choice in load_vocabulary()["person.roles"].choices}


def _closed(world: World, *, waiting: bool) -> tuple[ClosedGate, ...]:
    return closed_gates(
        world.session, world.rulebook, organisation_id=world.organisation, now=world.now,
        waiting=waiting,
    )  # fmt: skip


def _gate_alerts(world: World) -> list[Alert]:
    found = alerts(world.session, world.rulebook, organisation_id=world.organisation, now=world.now)
    return [one for one in found if one.code == "gate-closed"]


def _people(world: World, where: str, at: str, title: str) -> set[str]:
    moment = moment_of(at)
    rows = [r for r in world.occurrences(title, where) if r.opens_at <= moment <= r.due_at]
    assert 1 == len(rows)
    query = (
        select(PersonRow.key)
        .join(AssignmentRow, AssignmentRow.person_id == PersonRow.id)
        .where(AssignmentRow.occurrence_id == rows[0].id)
    )
    world.occurrence = rows[0].id
    return set(world.session.scalars(query))


@then(parsers.re(f"(?P<who>[^的]+?)(?P<on>{DAY})派有任务"))
def holds_tasks(world: World, who, on) -> None:
    """See that somebody holds tasks of a day, and remember them."""
    world.held = _held(world, who, on)

    assert world.held


@then(parsers.re(f"(?P<who>[^的]+?)(?P<on>{DAY})不再派有任务，原有任务都由他人接手"))
def tasks_are_covered(world: World, who, on) -> None:
    """See that everything they held has been given to others."""
    assert world.held
    assert set() == _held(world, who, on)
    for occurrence in world.held:
        query = select(AssignmentRow).filter_by(occurrence_id=occurrence)
        assert list(world.session.scalars(query)), occurrence


def _held(world: World, who: str, on: str) -> set[int]:
    query = (
        select(OccurrenceRow.id)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.key == world.person(who), OccurrenceRow.planned_on == day_of(on))
        .where(OccurrenceRow.due_at > world.now)
    )
    return set(world.session.scalars(query))
