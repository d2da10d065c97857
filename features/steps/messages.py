"""What people are told, and what a tick on a phone means."""

from datetime import datetime, time

from pytest_bdd import given, parsers, then, when
from sqlalchemy import delete, select

from features.steps.moments import MOMENT, moment_of, told
from features.steps.world import World
from inspections.accounts import NewAccount, account, ensure_account
from inspections.app_passwords import Caller
from inspections.device_tasks import tick
from inspections.findings.rectification import assign_owner, escalate
from inspections.messages.choice import Choice, choice_of, keep_choice
from inspections.messages.outbox import Draft, put
from inspections.messages.preparing import House, compose
from inspections.models import AssignmentRow, PersonRow
from inspections.reported import reported_done
from rules.text import Text

MODES = {"逐项提醒": "each", "每日摘要": "digest", "不通知": "off"}
KINDS = {
    "到期前提醒": "before",
    "当日提醒": "due",
    "过期提醒": "overdue",
    "升级提醒": "escalated",
    "每日摘要": "digest",
}
CLOCK = r"\d{2}:\d{2}"


@given(
    parsers.re(
        rf"(?P<who>[^有]+)有邮箱，(?P<mode>逐项提醒|每日摘要|不通知)(?:，提前(?P<days>\d+)天)?，每天(?P<at>{CLOCK})"
    )
)
def has_mailbox(world: World, who, mode, days, at) -> None:
    """Give the person a mailbox and a choice."""
    key = world.person(who)
    row = world.session.scalars(
        select(PersonRow).filter_by(organisation_id=world.organisation, key=key)
    ).one()
    row.email = f"{key}@example.cn"
    choice = Choice(MODES[mode], time.fromisoformat(at), days_before=int(days or 1))
    keep_choice(world.session, world.organisation, key, choice=choice, now=world.now)


@given(parsers.re(rf"(?P<who>[^在]+)在(?P<since>{CLOCK})到(?P<until>{CLOCK})之间免打扰"))
def quiet(world: World, who, since, until) -> None:
    """Keep the person's quiet hours."""
    key = world.person(who)
    known = choice_of(world.session, world.organisation, key)
    hours = (time.fromisoformat(since), time.fromisoformat(until))
    choice = Choice(known.mode, known.at, hours, known.days_before)
    keep_choice(world.session, world.organisation, key, choice=choice, now=world.now)


@when(parsers.re("(?P<who>[^被]+)被指定整改该问题"))
def named_owner(world: World, who) -> None:
    """Name who puts it right."""
    assign_owner(
        world.session, finding_id=world.last_finding().id, owner=world.person(who),
        by=world.person("赵丽"), now=world.last_finding().found_at,
    )  # fmt: skip


@when(parsers.re(rf"该问题于(?P<at>{MOMENT})升级给(?P<who>.+)"))
def escalated(world: World, at, who) -> None:
    """Bring it before somebody."""
    escalate(
        world.session, finding_id=world.last_finding().id, by="sweep", now=moment_of(at),
        to=world.person(who), note="逾期未整改",
    )  # fmt: skip


@when(parsers.re(rf"发件箱于(?P<at>{MOMENT})整理"), target_fixture="drafts")
def prepared(world: World, at) -> tuple[Draft, ...]:
    """Put into the outbox what is to be told now."""
    house = House("https://xj.example.cn", ("mail",), lambda _invitation, _to: "")
    now = moment_of(at)
    drafts = compose(world.session, world.rulebook, house, organisation=world.organisation, now=now)
    new = put(world.session, drafts, now=now)
    return tuple(draft for draft in new if draft.body)


@then(parsers.re("没有关于该问题发给(?P<who>.+)的新消息"))
def nothing_new(world: World, drafts, who) -> None:
    """See that the person is told nothing more."""
    assert [] == _to(world, drafts, who)


@then(
    parsers.re(
        "关于该问题发给(?P<who>[^的]+)的新消息为“(?P<kind>[^”]+)”(?:，写有“(?P<words>[^”]+)”)?"
    )
)
def told_so(world: World, drafts, who, kind, words) -> None:
    """Compare what the person is told, with the way back to its page."""
    (draft,) = _to(world, drafts, who)

    assert KINDS[kind] == draft.kind
    assert (words or "") in draft.body
    assert "https://xj.example.cn/findings/" in draft.body


@then(
    parsers.re(
        rf"关于该问题发给(?P<who>[^的]+)的新消息为“(?P<kind>[^”]+)”，(?P<at>{MOMENT})以后才发"
    )
)
def told_later(world: World, drafts, who, kind, at) -> None:
    """Compare from when on the message may go."""
    (draft,) = [one for one in _to(world, drafts, who) if one.kind == KINDS[kind]]

    assert told(moment_of(at)) == told(draft.not_before)


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})在手机上勾选(?P<where>[^“]+)的“(?P<title>[^”]+)”"
    )
)
def ticked(world: World, who, at, where, title) -> None:
    """Tick the task of that time in a task app."""
    now: datetime = moment_of(at)
    row = world.occurrence_at(title, where, now)
    world.occurrence = row.id
    person = world.person(who)
    _give(world, row.id, person)
    new = NewAccount(world.organisation, f"{person}-phone", "password", "inspector", person=person)
    owner = account(world.session, ensure_account(world.session, new, now=now))
    tick(world.session, world.rulebook, Caller(owner, "手机"), f"occurrence-{row.id}", now=now)


@then("该任务已报完成，缺佐证")
def only_said(world: World) -> None:
    """See that it is said and nothing more."""
    assert {world.occurrence} == set(reported_done(world.session, [world.occurrence]))


def _give(world: World, occurrence: int, person: str) -> None:
    world.session.execute(delete(AssignmentRow).filter_by(occurrence_id=occurrence))
    mine = {"organisation_id": world.organisation, "key": person}
    found = world.session.scalars(select(PersonRow.id).filter_by(**mine)).one()
    reason = Text(zh="当班", en="on duty")
    world.session.add(
        AssignmentRow(occurrence_id=occurrence, person_id=found, reason=reason, pinned=False)
    )
    world.session.flush()


def _to(world: World, drafts: tuple[Draft, ...], who: str) -> list[Draft]:
    """Return what the person is told about the finding, by itself or in the digest."""
    finding = f"finding/{world.last_finding().id}"
    mine = [draft for draft in drafts if draft.recipient == world.person(who)]
    return [draft for draft in mine if draft.about == finding or draft.kind == "digest"]
