"""Time passes, windows close, and what fell short is told."""

from pytest_bdd import parsers, then, when

from features.steps.moments import MOMENT, moment_of, told
from features.steps.world import World
from inspections.outcomes import excuse
from inspections.sweep import sweep


@when(parsers.re(rf"时间到了(?P<at>{MOMENT})"))
def time_is(world: World, at) -> None:
    """Let the sweep run, as it does all day."""
    world.now = moment_of(at)
    sweep(world.session, now=world.now, organisation_id=world.organisation)


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})批准豁免(?P<where>[^“]+)的“(?P<title>[^”]+)”，理由“(?P<reason>[^”]+)”"
    )
)
def excuse_task(world: World, who, at, where, title, reason) -> None:
    """Excuse the next task."""
    row = world.occurrence_at(title, where, moment_of(at))
    excuse(
        world.session, occurrence_id=row.id, reason=reason, approver=world.person(who),
        now=moment_of(at),
    )  # fmt: skip


@then(
    parsers.re(
        r"提醒次数不足：(?P<where>[^“]+)的“(?P<title>[^”]+)”(?P<period>\S+)应(?P<asked>\d+)次，已完成(?P<done>\d+)次"
    )
)
def short_alert(world: World, where, title, period, asked, done) -> None:
    """Find the alert about a period that fell short, with its figures."""
    found = {(one.target.zh.split(" · ")[-1], one.text.zh) for one in world.alerts(title, "short")}
    thing = where.rpartition("的")[2]
    words = f"{period}：应完成 {asked} 次，已完成 {done} 次"

    assert [] != [text for target, text in found if target == thing and words in text], found


@then(
    parsers.re(
        rf"提醒周期将尽：(?P<where>[^“]+)的“(?P<title>[^”]+)”应(?P<asked>\d+)次，已完成(?P<done>\d+)次，(?P<due>{MOMENT})截止"
    )
)
def ending_alert(world: World, where, title, asked, done, due) -> None:
    """Find the alert about a period that is about to end."""
    words = f"应完成 {asked} 次，已完成 {done} 次，{told(moment_of(due))} 截止"
    found = [one.text.zh for one in world.alerts(title, "period-ending") if one.target.zh == where]

    assert [] != [text for text in found if words in text], found


@then(parsers.re("提醒未交报告：(?P<where>[^“]+)的“(?P<title>[^”]+)”由(?P<who>.+)开始"))
def report_alert(world: World, where, title, who) -> None:
    """Find the alert about something begun and not reported."""
    found = [one for one in world.alerts(title, "no-report") if one.target.zh == where]

    assert [f"{who}于" in one.text.zh for one in found] == [True]


@then(parsers.re("提醒逾期处理办法“(?P<words>.+)”"))
def default_alert(world: World, words) -> None:
    """Find what happens now that the finding missed its deadline."""
    finding = world.last_finding()
    title = world.rulebook.rule(finding.rule).title.zh
    found = [one for one in world.alerts(title, "default-due") if one.period == finding.number]

    assert 1 == len(found)
    assert words in found[0].text.zh


@then(parsers.re("没有关于(?P<where>[^“]+)的“(?P<title>[^”]+)”的逾期提醒"))
def no_default(world: World, where, title) -> None:
    """See that no finding of a rule has missed its deadline."""
    assert world.finding
    assert [] == [one.text.zh for one in world.alerts(title, "default-due")]


@then(parsers.re("没有关于(?P<where>[^“]+)的“(?P<title>[^”]+)”的次数提醒"))
def not_short(world: World, where, title) -> None:
    """See that nothing is short yet, though the period may be about to end."""
    assert world.occurrences(title, where)
    assert [] == [one.text.zh for one in world.alerts(title, "short") if one.target.zh == where]


@then(parsers.re("没有关于(?P<where>[^“]+)的“(?P<title>[^”]+)”的提醒"))
def no_alert(world: World, where, title) -> None:
    """See that nothing is told."""
    codes = ("short", "period-ending", "no-report")
    thing = where.rpartition("的")[2]
    found = [
        one.text.zh
        for one in world.alerts(title, *codes)
        if one.target.zh.split(" · ")[-1] == thing
    ]

    assert world.occurrences(title, where)
    assert [] == found


@then(parsers.re(r"(?P<year>\d{4})年“(?P<title>[^”]+)”(?P<scope>两店共|每店)(?P<count>\d+)次"))
def yearly_count(world: World, year, title, scope, count) -> None:
    """Count the tasks of a calendar year."""
    zone_day = told
    rows = [row for row in world.occurrences(title) if zone_day(row.due_at).startswith(year)]
    by_site = {site: [r for r in rows if r.site_id == site] for site in {r.site_id for r in rows}}

    assert 2 == len(by_site)
    if scope == "每店":
        assert {int(count)} == {len(each) for each in by_site.values()}
    else:
        assert int(count) == len(rows)


@then(parsers.re("提醒“(?P<title>[^”]+)”已误期：(?P<where>.+)"))
def missed_alert(world: World, title, where) -> None:
    """Find the alert about something not done in its time, whatever its period is called."""
    found = {one.target.zh.split(" · ")[-1] for one in world.alerts(title, "short")}

    assert where in found, found


@then(parsers.re(r"(?P<where>[^“]+)在排定的日子里，“(?P<title>[^”]+)”共(?P<count>\d+)次"))
def count_planned(world: World, where, title, count) -> None:
    """Count the tasks of all days planned."""
    assert int(count) == len(world.occurrences(title, where))
