"""What the packs ask in figures: readings, limits, retention, certificates, people on a post."""

import re

from pytest_bdd import parsers, then, when

from features.steps.inspecting import WORDS
from features.steps.law_site import ENGINE, TODAY, LawSite, facts_in
from features.steps.moments import DAY, day_of, moment_of
from inspections.judging import answer_problem, judge
from rules.checklist import ChoiceItem, Item, NumberItem
from rules.derive import derive
from rules.event import Event
from rules.facts import FactValue
from rules.organisation.model import Certificate
from rules.react import react
from rules.reactions import OpenFinding
from rules.units import unit_text
from scheduler.assignment.eligibility import holds_all
from scheduler.deadlines import deadline
from scheduler.duties import calendars
from scheduler.roster.building import roster_problem

_KINDS = {"留样": "sample", "供餐": "meal", "晨检": "health", "演练": "drill", "漏检": "missed"}
_KINDS |= {"发现问题": "finding", "检查结果": "answer", "气象预警": "weather"}
_OPERATORS = {"不少于": "gte", "不超过": "lte", "少于": "lt", "超过": "gt", "等于": "eq"}


@then(
    parsers.re(
        "按“(?P<title>[^”]+)”，“(?P<item>[^”]+)”为(?P<value>.+)，判为(?P<verdict>合格|不合格)"
    )
)
def judged(place: LawSite, title, item, value, verdict) -> None:
    """Judge one answer of the checklist that the rule uses today."""
    checklist = place.own.checklist(str(place.version(title, TODAY).checklist))
    found = next(each for each in checklist.items if each.title.zh == item)
    answer = _answer(found, value)

    assert answer_problem(found, answer) is None
    assert WORDS[verdict] == judge(found, answer, place.site["facts"]).verdict


@when(parsers.re("发生一次(?P<kind>[^，]+)，情况是："))
def happens(place: LawSite, kind, datatable) -> None:
    """Let reactions answer an event with all that is known of the site."""
    code = _KINDS[kind]
    facts: dict[str, FactValue] = {**place.site["facts"], **facts_in(datatable, code)}
    at = moment_of("11月23日10:00")
    event = Event(code, f"{code}/1", "site", "site", "site", at, facts)
    place.consequences = react(place.own, [event], zone=place.zone, engine=ENGINE)


@then(parsers.re("按“(?P<title>[^”]+)”(?P<what>开出问题|没有问题)"))
def finding(place: LawSite, title, what) -> None:
    """See whether a reaction opened a finding."""
    rule = place.any_rule(title).id
    opened = [
        each
        for each in place.consequences
        if rule in {each.rule, *each.chain} and isinstance(each.do, OpenFinding)
    ]

    assert (what == "开出问题") == bool(opened)


@then(parsers.re(f"“(?P<title>[^”]+)”的记录自(?P<since>{DAY})起保存到(?P<until>{DAY})"))
def kept_until(place: LawSite, title, since, until) -> None:
    """Count a retention on the site's calendar; the last day is included."""
    day = day_of(since)
    retention = place.version(title, day).retention
    assert retention is not None, f"{title} keeps nothing"
    made = moment_of(f"{since}12:00")
    calendar = calendars(place.organisation)["site"]

    last = deadline(made, retention, calendar).due_at.astimezone(place.zone).date()

    assert day_of(until) == last


@then(
    parsers.re(
        "“(?P<title>[^”]+)”规定“(?P<limit>[^”]+)”(?P<operator>不少于|不超过|少于|超过|等于)(?P<value>.+)"
    )
)
def limited(place: LawSite, title, limit, operator, value) -> None:
    """Compare a figure that the law sets, with its unit."""
    found = next(e for e in place.version(title, TODAY).limits if e.title.zh == limit)
    figure = found.value
    if isinstance(figure, str):
        figure = place.own.parameter(figure.removeprefix("$"), TODAY)
    told = f"{float(figure):g} {unit_text(found.unit).zh}"

    assert (_OPERATORS[operator], value) == (found.operator, told)


@then(parsers.re(f"(?P<on>{DAY})“(?P<name>[^”]+)”(?P<can>可以|不可以)承担“(?P<title>[^”]+)”"))
def qualified(place: LawSite, on, name, can, title) -> None:
    """See whether the certificates that a rule asks for are valid on a day."""
    day = day_of(on)
    version = place.version(title, day)
    coverage = version.coverage.qualifications if version.coverage else ()
    wanted = (*version.people.qualifications, *coverage)
    person = next(e for e in place.organisation.people if e.name.zh == name)
    held: tuple[Certificate, ...] = person.qualifications

    assert wanted, f"{title} asks for no certificate"
    assert (can == "可以") == holds_all(held, wanted, day)


@then(parsers.re("岗位“(?P<name>[^”]+)”每班至少(?P<count>\\d+)人"))
def staffed(place: LawSite, name, count) -> None:
    """See how many people the law wants on a post."""
    book = place.own
    bindings = derive(book, place.organisation, TODAY, engine=ENGINE)
    problem = roster_problem(place.organisation, (TODAY, TODAY), rulebook=book, bindings=bindings)
    post = next(each for each in problem.posts if each.name.zh == name)

    assert {int(count)} == {shift.minimum for shift in post.shifts}


@then(parsers.re("“(?P<title>[^”]+)”的依据写作“(?P<clause>[^”]+)”，(?P<strength>强制|推荐)"))
def cited(place: LawSite, title, clause, strength) -> None:
    """Read the source as screens show it."""
    rule = place.any_rule(title)

    assert clause == place.book.clause_text(rule).zh
    assert {"强制": "mandatory", "推荐": "recommended"}[strength] == place.book.strength(rule)


def _answer(item: Item, value: str):
    if isinstance(item, NumberItem):
        (figure,) = re.findall(r"-?[\d.]+", value)
        return float(figure)
    if isinstance(item, ChoiceItem):
        return next(choice.id for choice in item.choices if choice.title.zh == value)
    return WORDS[value]
