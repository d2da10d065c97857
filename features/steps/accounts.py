"""Who may see and do what, by the role of the account."""

from pytest_bdd import parsers, then, when

from features.steps.world import World
from inspections.accounts import NewAccount, accounts_named, ensure_account
from inspections.editing import Editor
from inspections.errors import NotFound
from inspections.findings.scope import NotTheirStep, check_step, finding_in_scope
from inspections.rounds.findings import finding_list
from inspections.rounds.scope import Scope

STEPS = {
    "开始整改": "start",
    "提交整改": "submit",
    "申请延期": "ask",
    "复查通过": "confirm",
    "退回": "reject",
    "升级": "escalate",
    "重开": "reopen",
    "指定整改人": "assign",
}


@when(parsers.re("(?P<who>[^以]+)以外协单位的账号登录"))
def as_contractor(world: World, who) -> None:
    """Give somebody the account of an outside contractor."""
    new = NewAccount(
        world.organisation, who, "three unrelated words", "contractor", world.person(who)
    )
    ensure_account(world.session, new, now=world.now)


@then(parsers.re("(?P<who>[^看]+)(?P<sees>看得到|看不到)该问题"))
def sees(world: World, who, sees) -> None:
    """Compare what the list and the finding itself show."""
    row = world.last_finding()
    scope = Scope(row.organisation_id, world.person(who), own_only=True)
    found = finding_list(world.session, scope, show="open", page=1, now=row.found_at)

    expected = sees == "看得到"
    assert expected == (row.id in {line.id for line in found.rows})
    assert expected == _is_there(world, who)


@then(parsers.re("(?P<who>[^对]+)对该问题(?P<may>可以|不可以)(?P<steps>.+)"))
def may_take(world: World, who, may, steps) -> None:
    """Compare which steps the role takes."""
    tried = {name: _may(world, who, STEPS[name]) for name in steps.split("、")}

    assert dict.fromkeys(tried, may == "可以") == tried


def _editor(world: World, who: str) -> Editor:
    (account,) = accounts_named(world.session, [who])
    return Editor(account.organisation, account.by, account.role, account.sites)


def _is_there(world: World, who: str) -> bool:
    try:
        finding_in_scope(world.session, world.last_finding().id, _editor(world, who))
    except NotFound:
        return False
    return True


def _may(world: World, who: str, step: str) -> bool:
    try:
        check_step(world.session, world.last_finding().id, step, _editor(world, who))
    except NotTheirStep:
        return False
    return True
