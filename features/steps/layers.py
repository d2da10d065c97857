"""Rules of different layers, and rules that change on a day."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from rules.layers import Overruled, overruled
from rules.loader import check_text, pack_of
from rules.organisation.loader import load_organisation
from rules.rulebook import RuleBook
from rules.whatif.applying import supposed
from rules.whatif.changes import ChangeRule, PutPack
from scheduler.whatif.asking import Asking

EXAMPLES = Path(__file__).parents[2] / "examples"
LAW, OURS = "se-reg-lift-15d", "office-lift-weekly"
OFFICE = EXAMPLES / "government-office.yaml"
SINCE, UNTIL = date(2026, 11, 23), date(2027, 11, 22)
DAY = r"\d{4}年\d{1,2}月\d{1,2}日"


@dataclass
class Drafted:
    """A pack of the office zone that is being written, over the packs that bind it."""

    book: RuleBook
    text: str = ""
    found: list[Overruled] = field(default_factory=list)


@pytest.fixture
def drafted(full_rulebook) -> Drafted:
    """Return the rule book of the office zone."""
    return Drafted(full_rulebook.for_organisation(load_organisation(OFFICE, full_rulebook)))


@given(parsers.parse("本单位拟规定电梯每{days:d}日确认一次维保，以收紧法规"))
def draft(drafted: Drafted, days: int) -> None:
    """Write a rule of the site over the one of the law."""
    text = (EXAMPLES / "packs" / "government-office.yaml").read_text("utf-8")
    drafted.text = text.replace("days: 7}", f"days: {days}}}")


@given("不再要求双方签字")
def drop_signatures(drafted: Drafted) -> None:
    """Drop a piece of evidence that the law asks for."""
    line = next(line for line in drafted.text.splitlines() if "双方签字" in line)
    drafted.text = drafted.text.replace(f"{line}\n", "")


@then("该规定可以发布")
def stands(drafted: Drafted) -> None:
    """No fault is found."""
    assert () == check_text(drafted.text, "draft.yaml", beside=drafted.book).faults


@then("该规定被退回，并指明双方的条款")
def is_refused(drafted: Drafted) -> None:
    """The fault names the clause of the site and that of the law."""
    faults = check_text(drafted.text, "draft.yaml", beside=drafted.book).faults

    (message,) = [fault.message.zh for fault in faults]
    assert "第五条" in message
    assert "第三十一条第二款" in message
    assert "放宽" in message


@when("办公区的电梯同时适用两条规则")
def both_bind(drafted: Drafted) -> None:
    """Lay the pack over the others and ask which rule stands."""
    pack = pack_of(drafted.text, "draft.yaml")
    book = drafted.book.with_own({pack.id: (pack, drafted.text)})
    drafted.found = list(overruled(book, [LAW, OURS], SINCE))


@then(parsers.parse("以本单位的规则为准，理由是“{ours}”严于“{theirs}”"))
def ours_stands(drafted: Drafted, ours: str, theirs: str) -> None:
    """The site's rule stands over the law's, for this reason."""
    (found,) = drafted.found

    assert (LAW, OURS) == (found.rule, found.by)
    assert found.reason.zh.index(ours) < found.reason.zh.index(theirs)


@then("试算一年，法规的任务不另占人工")
def law_takes_no_time(drafted: Drafted) -> None:
    """Minutes with both rules are those of the stricter one alone."""
    organisation = load_organisation(OFFICE)
    put = PutPack(change="put-pack", text=drafted.text)
    with_ours = supposed(drafted.book, organisation, [put], since=SINCE).rulebook
    alone = with_ours.only(with_ours.rules.keys() - {LAW})

    minutes = [
        Asking(book, organisation, SINCE, UNTIL).present()[1].minutes for book in (with_ours, alone)
    ]

    assert minutes[0] == minutes[1]


@given(parsers.re(f"法规自(?P<since>{DAY})起改为每(?P<days>\\d+)日一次"))
def law_changes(drafted: Drafted, since: str, days: str) -> None:
    """Give the rule of the law another version from a day on."""
    change = ChangeRule.model_validate(
        {
            "change": "change-rule",
            "rule": LAW,
            "from": _day(since),
            "set": {"cadence": {"type": "max-gap", "days": int(days)}},
        }
    )
    organisation = load_organisation(OFFICE)
    drafted.book = supposed(drafted.book, organisation, [change], since=SINCE).rulebook


@then(parsers.re(f"(?P<on>{DAY})适用的间隔为(?P<days>\\d+)日"))
def holds_on(drafted: Drafted, on: str, days: str) -> None:
    """The version in force on the day has this gap."""
    version = drafted.book.version(drafted.book.rule(LAW), _day(on))

    assert version is not None
    assert int(days) == version.cadence.days


def _day(text: str) -> date:
    year, rest = text.split("年")
    month, day = rest.rstrip("日").split("月")
    return date(int(year), int(month), int(day))
