"""Patterns worth a look: readings of many days, what is listed, and what a look came to."""

import re
from datetime import date, timedelta
from itertools import cycle

from pytest_bdd import parsers, then, when
from sqlalchemy import select

from features.steps.inspecting import do_check
from features.steps.moments import ZONE
from features.steps.world import World
from inspections.editing import Editor
from inspections.models import InspectionRow
from inspections.plausibility.flags import LookedFlag, Wanted, flags_of, look_into
from inspections.plausibility.house import set_threshold
from inspections.plausibility.thresholds import THRESHOLDS

NOVEMBER = date(2026, 11, 1)


@when(
    parsers.re(
        r"(?P<who>[^从]+)从11月(?P<day>\d+)日起(?P<days>\d+)天，把(?P<where>[^“]+)的“(?P<title>[^”]+)”"
        r"(?:都|轮流)读作(?P<values>.+)"
    )
)
def read_for_days(world: World, who, day, days, where, title, values) -> None:
    """Do every check of these days, with one reading after the other."""
    first = date(2026, 11, int(day))
    wanted = {first + timedelta(days=number) for number in range(int(days))}
    rows = world.occurrences(title, where)
    mine = [row for row in rows if row.opens_at.astimezone(ZONE).date() in wanted]
    for row, value in zip(mine, cycle(values.split("、")), strict=False):
        at = (row.opens_at + timedelta(minutes=20)).astimezone(ZONE)
        moment = f"{at.month}月{at.day}日{at:%H:%M}"
        do_check(world, who, moment, "完成", where, title, f"“温度读数”为{value}")


@when(parsers.re(r"(?P<who>[^把]+)把“(?P<title>[^”]+)”从11月(?P<day>\d+)日起改为(?P<value>\d+)次"))
def set_figure(world: World, who, title, day, value) -> None:
    """Let a figure of the house hold from a day on."""
    name = next(one.name for one in THRESHOLDS.values() if one.title.zh == title)
    set_threshold(
        world.session, name, value=float(value), since=date(2026, 11, int(day)),
        editor=_officer(world, who), now=world.now,
    )  # fmt: skip


@when(parsers.re(r"(?P<who>.+)查看后写下“(?P<note>[^”]+)”"))
def looked(world: World, who, note) -> None:
    """Write down what a look into the one open flag came to."""
    flag = _flags(world)[0].flag
    look_into(
        world.session, _wanted(world), key=flag.key, digest=flag.digest, note=note,
        editor=_officer(world, who), now=world.now,
    )  # fmt: skip


@then(parsers.re(r"11月有(?P<open>\d+)条规律待查看(?:，(?P<looked>\d+)条已查看)?"))
def listed(world: World, open, looked) -> None:  # noqa: A002 (the word of the step)
    """Compare how many are open, and how many were looked into."""
    found = _flags(world)
    assert int(open) == sum(one.is_open for one in found)
    assert int(looked or 0) == sum(not one.is_open for one in found)


@then(parsers.re(r"它说“(?P<said>[^”]+)”，附(?P<count>\d+)条记录"))
def says(world: World, said, count) -> None:
    """Compare the figures and the number of records."""
    flag = _flags(world)[0].flag
    assert said in flag.said.zh
    assert int(count) == len(flag.records)


@then("检查记录没有改变")
def unchanged(world: World) -> None:
    """Every record still has the digest that it was finished with, and no note."""
    rows = world.session.scalars(select(InspectionRow)).all()
    assert rows
    assert all(re.fullmatch(r"[0-9a-f]{64}", row.digest or "") and not row.note for row in rows)


def _flags(world: World) -> tuple[LookedFlag, ...]:
    return flags_of(world.session, _wanted(world))


def _wanted(world: World) -> Wanted:
    return Wanted(world.organisation, (), NOVEMBER)


def _officer(world: World, who: str) -> Editor:
    return Editor(world.organisation, world.person(who), "safety-officer")
