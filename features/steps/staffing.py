"""Asking for the truth about the staff of an organisation, and reading the answer."""

from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from features.steps.moments import DAY, day_of
from inspections.staffing import Question, Truths, staffing_truths
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from scheduler.staffing.absences import Away

EXAMPLES = Path(__file__).parents[2] / "examples"
WEEKDAYS = dict(
    zip("一二三四五六日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True)
)


class Staff:
    """One question about one organisation, and its answer."""

    book: RuleBook
    organisation: Organisation
    question: Question
    truths: Truths

    def person(self, name: str) -> str:
        """Return the id of the person called *name*."""
        return next(each.id for each in self.organisation.people if each.name.zh == name)

    def away(self, name: str, weekday: str) -> Away | None:
        """Return what falls when the person is away on a weekday, if anything does."""
        wanted = (self.person(name), WEEKDAYS[weekday])
        found = (each for each in self.truths.away if (each.person, each.when) == wanted)
        return next(found, None)


@pytest.fixture
def staff() -> Staff:
    return Staff()


@given(parsers.re(f"问的是春苗幼儿园(?P<since>{DAY})至(?P<until>{DAY})的法定职责"))
def ask(staff: Staff, since, until) -> None:
    """Take the kindergarten of the examples."""
    every = load_rulebook()
    staff.organisation = load_organisation(EXAMPLES / "kindergarten.yaml", every)
    staff.book = every.for_organisation(staff.organisation)
    staff.question = Question(day_of(since), day_of(until))


@when("算清人手")
def work_it_out(staff: Staff) -> None:
    """Work out the truths."""
    staff.truths = staffing_truths(staff.book, staff.organisation, staff.question)


@then(parsers.parse("最少要{count:d}人，不必招人，已证明不能再少"))
def so_few(staff: Staff, count) -> None:
    """Compare the size of the least staff."""
    least = staff.truths.least

    assert (count, 0, True) == (least.cost.people, least.cost.hires, least.is_proved)


@then(parsers.re(f"(?P<name>.+?)须在(?P<day>{DAY})到岗"))
def comes_on(staff: Staff, name, day) -> None:
    """Compare who comes beside the working week."""
    extra = {each.person: each.extra for each in staff.truths.least.staff if each.extra}

    assert {staff.person(name): (day_of(day),)} == extra


@then(parsers.parse("{name}周{weekday}不在时最多有{count:d}次检查落空，其中有“{title}”"))
def falls(staff: Staff, name, weekday, count, title) -> None:
    """Compare what falls at the worst."""
    found = staff.away(name, weekday)

    assert found is not None
    checks = staff.truths.demand.checks
    titles = {
        staff.book.rule(check.rule).title.zh for task in found.fall.tasks for check in checks[task]
    }
    assert (count, True) == (found.fall.checks, title in titles)


@then(parsers.parse("{name}周{weekday}不在时没有检查落空"))
def nothing_falls(staff: Staff, name, weekday) -> None:
    """Expect no single point of failure."""
    assert staff.away(name, weekday) is None
