"""What a failed item starts: the finding, its deadline, its tasks, and who may close it."""

from datetime import datetime

from pytest_bdd import parsers, then, when
from sqlalchemy import select

from features.steps.moments import MOMENT, moment_of, told
from features.steps.world import World
from inspections.errors import Refused
from inspections.findings import rectification
from inspections.findings.follow_ups import finish_follow_up
from inspections.findings.opening import FindingReport, open_finding
from inspections.models import FollowUpRow, SiteRow
from inspections.states import FINDING_STATE_NAMES
from rules.text import Text

SEVERITIES = {"轻微": "minor", "一般": "moderate", "严重": "severe"}


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})报告(?P<where>[^“]+)的(?P<severity>轻微|一般|严重)问题“(?P<title>[^”]+)”，依据“(?P<rule>[^”]+)”"
    )
)
def report(world: World, who, at, where, severity, title, rule) -> None:
    """Report something wrong with an asset."""
    ((site_id, key),) = world.targets(where)
    found = open_finding(
        world.session,
        world.rulebook,
        FindingReport(
            organisation=world.organisation,
            site=world.session.get_one(SiteRow, site_id).key,
            title=Text(zh=title, en=title),
            severity=SEVERITIES[severity],
            by=world.person(who),
            asset=key,
            rule=world.rule(rule),
        ),
        now=moment_of(at),
    )
    world.finding = found


@when(parsers.re(rf"(?P<who>[^于]+)于(?P<at>{MOMENT})提交整改“(?P<note>[^”]+)”"))
def submit(world: World, who, at, note) -> None:
    """Put it right."""
    _try(world, rectification.submit_rectification, who, at, note=note)


@when(
    parsers.re(rf"(?P<who>[^于]+)于(?P<at>{MOMENT})复查(?P<result>通过|退回)(?:“(?P<note>[^”]+)”)?")
)
def verify(world: World, who, at, result, note) -> None:
    """Confirm it or send it back."""
    if result == "通过":
        _try(world, rectification.confirm, who, at)
    else:
        _try(world, rectification.reject, who, at, note=note or "未整改到位")


def _try(world: World, step, who, at, **more) -> None:
    world.refusal = None
    finding = world.last_finding()
    try:
        step(world.session, finding_id=finding.id, by=world.person(who), now=moment_of(at), **more)
    except Refused as refusal:
        world.refusal = refusal


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})完成任务“(?P<title>[^”]+)”(?:，读数(?P<reading>[\d.]+)℃)?"
    )
)
def do_follow_up(world: World, who, at, title, reading) -> None:
    """Do a task that the finding started."""
    world.verdict = finish_follow_up(
        world.session,
        follow_up_id=_follow_ups(world)[title].id,
        by=world.person(who),
        now=moment_of(at),
        reading=float(reading) if reading else None,
    )


@then(parsers.re("复测(?P<verdict>合格|不合格)"))
def repeat_reading(world: World, verdict) -> None:
    """Compare the verdict of the task last done."""
    assert {"合格": "pass", "不合格": "fail"}[verdict] == world.verdict


@then(parsers.re("开出(?P<count>\\d+)个问题"))
def findings_opened(world: World, count) -> None:
    """Count the findings of the last check."""
    assert int(count) == len(world.findings)


@then(parsers.re("没有开出问题"))
def no_finding(world: World) -> None:
    """See that a check was recorded and opened nothing."""
    assert world.occurrence
    assert () == world.findings


@then(parsers.re(rf"该问题为(?P<severity>轻微|一般|严重)，须在(?P<due>{MOMENT})前整改"))
def finding_due(world: World, severity, due) -> None:
    """Compare severity and deadline."""
    row = world.last_finding()

    assert SEVERITIES[severity] == row.severity
    assert told(moment_of(due)) == told(row.due_at)


@then(parsers.re("期限的算法写明“(?P<words>.+)”"))
def arithmetic(world: World, words) -> None:
    """Compare the arithmetic in words."""
    assert words in world.last_finding().arithmetic["text"]["zh"]


@then(parsers.re("判定说明为“(?P<words>.+)”"))
def why_failed(world: World, words) -> None:
    """Compare what was compared."""
    why = world.last_finding().why

    assert why is not None
    assert words in why.zh


@then(parsers.re("该问题的状态为(?P<state>.+)"))
def finding_state(world: World, state) -> None:
    """Compare the state of the finding."""
    row = world.last_finding()
    world.session.refresh(row)

    assert state == FINDING_STATE_NAMES[row.state].zh


@then(parsers.re("该问题由(?P<who>.+)整改"))
def owned_by(world: World, who) -> None:
    """Compare the owner."""
    assert world.person(who) == world.last_finding().owner


@then(parsers.re(rf"任务“(?P<title>[^”]+)”须在(?P<due>{MOMENT})前完成"))
def follow_up_due(world: World, title, due) -> None:
    """Compare the limit of a task."""
    due_at: datetime = _follow_ups(world)[title].due_at

    assert told(moment_of(due)) == told(due_at)


@then(parsers.re("该问题可追溯到“(?P<clause>.+)”"))
def traced(world: World, clause) -> None:
    """Walk from the finding back to the clause that demanded the check."""
    rule = world.rulebook.rule(world.last_finding().rule)

    assert clause in world.rulebook.clause_text(rule).zh


def _follow_ups(world: World) -> dict[str, FollowUpRow]:
    query = select(FollowUpRow).filter_by(finding_id=world.last_finding().id)
    return {row.title.zh: row for row in world.session.scalars(query)}
