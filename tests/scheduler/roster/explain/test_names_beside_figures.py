"""Names that end in digits, as 人员24: no sentence may run them into a date or another name."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from rules.text import Text
from scheduler.roster.audit import violations
from scheduler.roster.draft import constructive
from scheduler.roster.explain.answer import explained
from scheduler.roster.explain.cell import Other, Place
from scheduler.roster.explain.cell_telling import cell_lines
from scheduler.roster.explain.changes import (
    ask_fewer,
    changes_of,
    changes_of_people,
    handed_over,
    hire,
)
from scheduler.roster.explain.clash import clashes_of
from scheduler.roster.explain.conditions import Kind, conditions_of
from scheduler.roster.explain.sentences import condition_text, conditions_text, places_text
from scheduler.roster.explain.telling import told_clash, told_finding
from scheduler.roster.explain.told import lines_of
from scheduler.roster.problem import Bond, Limit, Roster
from scheduler.roster.reasons import uncovered_of
from scheduler.roster.slots import Slots
from tests.scheduler.roster.builders import MONDAY, absence, at, person, post, problem, shift

TUESDAY = MONDAY + timedelta(days=1)
# Every name ends in a figure that no date, hour or number of these problems has.
FIGURE = "94"
NAME = f"人员{FIGURE}"
LIMITS = (Limit("rest-hours", 11), Limit("nights-in-a-row", 2))


def _named(name):
    return Text(zh=f"{name}{FIGURE}", en=f"{name} {FIGURE}")


def _post(minimum=1):
    named = replace(shift("D", "08:00", "16:00", minimum), name=_named("班"))
    return replace(post(qualifications=("card",), shifts=(named,)), name=_named("岗"))


def _person(identity, name, **changes):
    named = person(identity, **{"limits": LIMITS, "holds": ("card",), **changes})
    return replace(named, name=_named(name))


def _people(**changes):
    return [_person("a", "人员", **changes), _person("b", "职员", **changes)]


def _everything():
    """A problem with a condition of every kind; the first of two has all those of a person."""
    bonds = (Bond("apart", ("a", "b"), _named("因")), Bond("with", ("a", "b"), _named("因")))
    busy, other = _people()
    away = replace(absence(at(MONDAY, "00:00"), at(MONDAY, "23:59")), reason=_named("假"))
    busy = replace(busy, absences=(away,), blocked={TUESDAY: _named("停")})
    pins = {("a", MONDAY): None, ("a", TUESDAY): ("gate", "D")}
    return problem([_post(2)], [busy, other], until=TUESDAY, bonds=bonds, pins=pins)


def _assert_apart(sentences):
    told = [one.zh for one in sentences]
    assert told
    glued = [one for one in told if re.search(rf"{FIGURE}[0-9A-Za-z]|[0-9A-Za-z]{FIGURE}", one)]
    assert [] == glued
    return told


def test_every_kind_of_condition_keeps_names_off_figures():
    asked = _everything()
    conditions = conditions_of(asked)

    told = _assert_apart(condition_text(asked, each) for each in conditions)

    assert set(get_args(Kind)) == {each.kind for each in conditions}
    assert f"{NAME} 7月6日已定休息" in told
    assert f"{NAME} 7月7日已定“岗{FIGURE}”班{FIGURE}" in told
    assert f"{NAME} 7月6日不在（假{FIGURE}）" in told
    assert f"{NAME} 7月7日停排（停{FIGURE}）" in told
    _assert_apart(conditions_text(asked, conditions))


def test_every_change_keeps_names_off_figures():
    asked = _everything()
    slot, *_ = Slots(asked).wanted
    strange = [
        _person("c", "外", sites=("store",)),
        _person("d", "无证", holds=()),
        _person("e", "无岗", roles=()),
    ]
    more = replace(asked, people=(*asked.people, *strange))

    changes = [
        *changes_of(asked, conditions_of(asked)),
        *changes_of_people(more, slot, strange),
        *handed_over(more, ("a", TUESDAY), Slots(more).wanted[-1]),
        hire(asked, asked.posts[0], 2),
        ask_fewer(replace(asked, posts=(replace(asked.posts[0], priority=2),)), slot),
    ]

    _assert_apart(each.text for each in changes)


@pytest.mark.parametrize("how", ["free", "swap", "no"])
def test_why_somebody_stands_there_keeps_names_off_figures(how):
    asked = _everything()
    slot, *_ = Slots(asked).wanted
    others = (Other("b", how, _named("因")),)

    for place in (
        None,
        *(Place(slot, empty, ("b",)[:n], others) for empty in (0, 1) for n in (0, 1)),
    ):
        told = _assert_apart(cell_lines(asked, "a", place))

    assert f"7月6日（周一） {NAME}：“岗{FIGURE}”班{FIGURE}。" == told[0]


def test_contradictions_and_gaps_keep_names_off_figures():
    pins = {("a", MONDAY): ("gate", "D"), ("b", MONDAY): ("gate", "D")}
    apart = (Bond("apart", ("a", "b")),)
    clashing = problem([_post(2)], _people(), bonds=apart, pins=pins)
    short = problem([_post(3)], _people(), until=TUESDAY)

    clashes = [told_clash(clashing, one) for one in clashes_of(clashing)]
    gaps = [told_finding(short, one) for one in explained(short).findings]

    _assert_apart(line for told in [*clashes, *gaps] for line in lines_of(told))
    _assert_apart(places_text(short, {("gate", MONDAY, "D"): 1, ("gate", TUESDAY, "D"): 1}))


def test_what_the_audit_and_an_empty_shift_say_keeps_names_off_figures():
    asked = problem([_post(3)], _people(holds=()), bonds=(Bond("apart", ("a", "b")),))
    cells = {("a", MONDAY): ("gate", "D"), ("b", MONDAY): ("gate", "D")}

    broken = violations(asked, Roster(cells, (), "feasible"))
    empty = uncovered_of(constructive(Slots(asked), seed=0))

    _assert_apart([each.text for each in broken])
    _assert_apart([text for each in empty for text in (each.reason, *each.helps)])
