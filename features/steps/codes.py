"""Codes on labels, and what people without an account report."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

import pytest
from pytest_bdd import parsers, then, when
from sqlalchemy import select

from features.steps.moments import MOMENT, moment_of
from features.steps.world import World
from inspections.codes.behind import behind
from inspections.codes.due_here import due_here, targets_at
from inspections.codes.near_codes import near_codes
from inspections.codes.report_desk import dismiss, make_finding
from inspections.codes.report_list import report_counts
from inspections.codes.reports import NewReport, receive_report, report_progress
from inspections.codes.short_code import LENGTH, CodeMistyped, read_code, shown
from inspections.editing import Editor
from inspections.importing import import_organisation, load_from_record
from inspections.models import ProblemReportRow
from inspections.rounds.names import people_names

OUTCOMES = {
    "waiting": "待处理",
    "finding": "转为问题",
    "joined": "并入",
    "ticket": "转为工单",
    "dismissed": "驳回",
}
PROGRESS = {"正在整改": "in-hand", "无需处理": "dismissed"}


@dataclass
class Reports:
    """What strangers sent in this scenario, in order."""

    client_ids: list[str] = field(default_factory=list)
    last: datetime | None = None


@pytest.fixture
def sent() -> Reports:
    """Start without any."""
    return Reports()


@when(parsers.re(rf"(?P<who>.+)于(?P<at>{MOMENT})打开编码(?P<code>\S+)"), target_fixture="offered")
def opened(world: World, who, at, code) -> list[str]:
    """Stand before a label and see what may be checked."""
    on = behind(world.session, read_code(code)).on
    found = due_here(
        world.session,
        targets_at(world.session, on),
        person=world.person(who),
        now=moment_of(at),
    )
    rows = sorted((*found.mine, *found.others), key=lambda row: (row.due_at, row.id))
    return [world.rulebook.rules[row.rule].title.zh for row in rows]


@then(parsers.re("可以开始的检查依次以“(?P<first>.+)”、“(?P<second>.+)”开头"))
def offered_in_order(offered, first, second) -> None:
    """Compare the first two."""
    assert [first, second] == offered[:2]


@when(parsers.re("(?P<who>.+)输入编码“(?P<typed>.+)”"), target_fixture="answer")
def typed_code(world: World, who, typed) -> str:
    """Type a code and read the answer."""
    world.person(who)
    try:
        found = behind(world.session, read_code(typed))
    except CodeMistyped as mistake:
        return _mistake(world, mistake)
    if found.ended_on is None:
        return found.name.zh
    return f"{found.name.zh}，{found.ended_on}起停用，在{found.place.zh}"


def _mistake(world: World, mistake: CodeMistyped) -> str:
    if mistake.kind == "short":
        return f"少{LENGTH - len(mistake.typed)}个字符"
    if mistake.kind == "character":
        return f"第{mistake.at + 1}个字符不会出现"
    (meant,) = near_codes(world.session, world.organisation, mistake.typed)
    slip = {"swapped": "相邻字符颠倒", "wrong": "字符不对"}[meant.slip]
    return f"{slip}，应为{shown(meant.code)}"


@then(parsers.re("系统回答“(?P<expected>.+)”"))
def answered(answer, expected) -> None:
    """Compare the answer."""
    assert expected == answer


@when(parsers.re(rf"“(?P<asset>.+)”于(?P<at>{MOMENT})从资料中删除"))
def taken_away(world: World, asset, at) -> None:
    """Import the organisation without an asset."""
    present = load_from_record(world.session, world.organisation)
    sites = tuple(
        site.model_copy(update={"assets": tuple(a for a in site.assets if a.name.zh != asset)})
        for site in present.sites
    )
    import_organisation(
        world.session, present.model_copy(update={"sites": sites}), now=moment_of(at)
    )


@when(parsers.re(rf"有人于(?P<at>{MOMENT})在编码(?P<code>\S+)处报告“(?P<what>.+)”"))
def reported(world: World, sent: Reports, at, code, what) -> None:
    """Send a report without an account."""
    sent.client_ids.append(str(uuid4()))
    sent.last = moment_of(at)
    new = NewReport(read_code(code), sent.client_ids[-1], what)
    receive_report(world.session, world.store, new, now=sent.last)


@when(parsers.re("(?P<who>.+)把第1条转为一般问题，把第2条并入该问题，以“(?P<reason>.+)”驳回第3条"))
def decided(world: World, sent: Reports, who, reason) -> None:
    """Make something of each report."""
    query = select(ProblemReportRow.id).order_by(ProblemReportRow.id)
    first, second, third = world.session.scalars(query)
    editor = Editor(world.organisation, world.person(who), "safety-officer")
    common = {"editor": editor, "now": sent.last}
    given = {"title": "水槽漏水", "severity": "moderate", **common}
    world.finding = make_finding(world.session, world.rulebook, first, **given)
    make_finding(world.session, world.rulebook, second, same_as=world.finding, **given)
    dismiss(world.session, third, reason=reason, **common)


@then(parsers.re(r"共收到(?P<received>\d+)条，(?P<expected>.+)"))
def counted(world: World, received, expected) -> None:
    """Compare the counts, which must also add up."""
    (found,) = report_counts(world.session, world.organisation)
    told = "，".join(f"{words}{found.counts[code]}条" for code, words in OUTCOMES.items())

    assert int(received) == found.received == sum(found.counts[code] for code in OUTCOMES)
    assert expected == told


@then(parsers.re("报告第(?P<number>[123])条的人看到“(?P<expected>[^”]+)”(?P<rest>.*)"))
def told_of_it(world: World, sent: Reports, number, expected, rest) -> None:
    """Look at the report as whoever sent it."""
    client_id = sent.client_ids[int(number) - 1]
    seen = report_progress(world.session, client_id)

    assert PROGRESS[expected] == seen.progress
    if rest:
        names = [name.zh for name in people_names(world.session, world.organisation).values()]
        assert [] == [name for name in names if name in str(seen)]
