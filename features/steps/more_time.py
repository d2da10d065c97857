"""More time for a rectification: asked for by one, decided by another."""

from datetime import date

from pytest_bdd import parsers, then, when

from features.steps.moments import MOMENT, moment_of, told
from features.steps.world import World
from inspections.editing import Editor
from inspections.errors import Refused
from inspections.findings.extensions import ask_for_time, grant_time, refuse_time

_ROLES = {"安全管理员": "safety-officer", "负责人": "responsible-person"}
_WHO = rf"(?P<role>安全管理员|负责人)(?P<who>[^于]+)于(?P<at>{MOMENT})"


@when(parsers.re(rf"{_WHO}申请延期至(?P<month>\d+)月(?P<day>\d+)日“(?P<note>[^”]+)”"))
def ask(world: World, role, who, at, month, day, note) -> None:
    """Ask for more time."""
    until = date(moment_of(at).year, int(month), int(day))
    _try(world, ask_for_time, role, who, at, note=note, until=until)


@when(parsers.re(rf"{_WHO}(?P<answer>批准|不批准)延期“(?P<note>[^”]+)”"))
def decide(world: World, role, who, at, answer, note) -> None:
    """Grant or refuse it."""
    _try(world, grant_time if answer == "批准" else refuse_time, role, who, at, note=note)


@then(parsers.re(rf"该问题的(?P<which>现期限|原期限)为(?P<due>{MOMENT})"))
def deadline(world: World, which, due) -> None:
    """Compare one of the two deadlines."""
    row = world.last_finding()
    world.session.refresh(row)
    found = row.due_at if which == "现期限" else row.first_due_at

    assert told(moment_of(due)) == told(found)


def _try(world: World, step, role, who, at, **more) -> None:
    world.refusal = None
    editor = Editor(world.organisation, world.person(who), _ROLES[role])
    finding = world.last_finding()
    try:
        step(world.session, finding.id, editor=editor, now=moment_of(at), **more)
    except Refused as refusal:
        world.refusal = refusal
