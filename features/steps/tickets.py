"""Repair tickets and their clocks."""

from pytest_bdd import given, parsers, then, when

from features.steps.moments import DAY, MOMENT, day_of, moment_of, told
from features.steps.world import World
from inspections.errors import Refused
from inspections.importing import import_organisation, load_from_record
from inspections.ticket_clocks import ClockState, binding_clock
from inspections.tickets import TicketReport, add_step, reclassify, report_ticket, ticket_clocks

CATEGORIES = {"网络": "network", "办公设备": "office-equipment", "其他": "other"}
PRIORITIES = {"紧急": "urgent", "普通": "normal"}
STEPS = {"答复": "answered", "完工": "completed", "回访": "called-back"}
STATUS = {
    "未开始": "waiting",
    "计时中": "running",
    "达标": "met",
    "超时": "breached",
    "不再适用": "superseded",
}


@given(parsers.re("(?P<site>.+)改用(?P<chosen>[AB])组响应时限"))
def choose_set(world: World, site, chosen) -> None:
    """Change the site's choice, which is a fact, and plan again."""
    organisation = load_from_record(world.session, world.organisation)
    key = world.site(site).key
    sites = tuple(
        one.model_copy(update={"facts": {**one.facts, "site.sla_set": chosen.lower()}})
        if one.id == key
        else one
        for one in organisation.sites
    )
    import_organisation(
        world.session, organisation.model_copy(update={"sites": sites}), now=world.now
    )
    world.replan(day_of("11月23日"), day_of("11月29日"))


@when(
    parsers.re(
        rf"(?P<site>[^于]+)于(?P<at>{MOMENT})接到(?P<priority>紧急|普通)报修“(?P<title>[^”]+)”，类别为(?P<category>网络|办公设备|其他)"
    )
)
def reported(world: World, site, at, priority, title, category) -> None:
    """Take a request."""
    request = TicketReport(
        organisation=world.organisation, site=world.site(site).key, title=title,
        category=CATEGORIES[category], priority=PRIORITIES[priority],
    )  # fmt: skip
    world.ticket = report_ticket(world.session, request, now=moment_of(at))
    world.now = moment_of(at)


@when(parsers.re(rf"(?P<who>[^于]+)于(?P<at>{MOMENT})(?P<step>答复|完工|回访)(?:该工单)?"))
def step_taken(world: World, who, at, step) -> None:
    """Write down a step."""
    world.refusal = None
    try:
        add_step(
            world.session, ticket_id=world.ticket, kind=STEPS[step],
            by=world.person(who), now=moment_of(at),
        )  # fmt: skip
    except Refused as refusal:
        world.refusal = refusal
    world.now = moment_of(at)


@when(parsers.re(rf"(?P<who>[^于]+)于(?P<at>{MOMENT})说明原因并承诺(?P<day>{DAY})修好"))
def promised(world: World, who, at, day) -> None:
    """Explain and promise a date."""
    add_step(
        world.session, ticket_id=world.ticket, kind="promised", by=world.person(who),
        now=moment_of(at), promised_on=day_of(day), note="缺配件",
    )  # fmt: skip
    world.now = moment_of(at)


@when(parsers.re(rf"(?P<who>[^于]+)于(?P<at>{MOMENT})把工单改为(?P<priority>紧急|普通)"))
def changed_class(world: World, who, at, priority) -> None:
    """Change the class."""
    reclassify(
        world.session, ticket_id=world.ticket, category="other",
        priority=PRIORITIES[priority], by=world.person(who), now=moment_of(at),
    )  # fmt: skip
    world.now = moment_of(at)


@when(parsers.re(rf"看(?P<at>{MOMENT})的工单"))
def look(world: World, at) -> None:
    """Let time pass."""
    world.now = moment_of(at)


@then(parsers.re(rf"“(?P<clock>[^”]+)”(?P<due>{MOMENT})到期，(?P<status>\S+)"))
def clock_is(world: World, clock, due, status) -> None:
    """Compare one clock."""
    found = _clocks(world)[clock]

    assert (told(moment_of(due)), STATUS[status]) == (told(found.due_at), found.status)


@then(parsers.re("应以“(?P<clock>[^”]+)”为准"))
def binding(world: World, clock) -> None:
    """Compare the clock to work by."""
    found = binding_clock(_clocks(world).values())

    assert clock == found.title.zh


@then(parsers.re("不计“(?P<clock>[^”]+)”"))
def no_clock(world: World, clock) -> None:
    """See that a clock does not apply."""
    found = _clocks(world)

    assert found
    assert clock not in found


@then(parsers.re("“(?P<clock>[^”]+)”的算法写明“(?P<words>.+)”"))
def clock_arithmetic(world: World, clock, words) -> None:
    """Compare the arithmetic in words."""
    assert words in _clocks(world)[clock].arithmetic.zh


def _clocks(world: World) -> dict[str, ClockState]:
    found = ticket_clocks(world.session, world.rulebook, ticket_id=world.ticket, now=world.now)
    return {one.title.zh: one for one in found}


@then(parsers.re("“(?P<clock>[^”]+)”尚未开始"))
def not_begun(world: World, clock) -> None:
    """See that a clock waits for its start."""
    found = _clocks(world)[clock]

    assert ("waiting", None) == (found.status, found.due_at)
