"""Meals and food samples: served, taken, cleared out, and what is wrong with them."""

from uuid import uuid4

from pytest_bdd import given, parsers, then, when
from sqlalchemy import select

from features.steps.moments import MOMENT, ZONE, moment_of, told
from features.steps.world import World
from inspections.errors import Refused
from inspections.models import (
    FindingRow,
    FollowUpRow,
    FoodSampleRow,
    PersonRow,
    ReactionAppliedRow,
    ServedDishRow,
    ServedMealRow,
    SiteRow,
)
from inspections.reactions.on_duty import on_duty
from inspections.samples.recording import (
    Meal,
    Portion,
    discard_sample,
    serve_meal,
    take_sample,
)


@given(parsers.re(rf"(?P<who>[^登]+)登记了(?P<where>.+?)(?P<at>{MOMENT})的午餐：(?P<dishes>.+)"))
def served(world: World, who, where, at, dishes) -> None:
    """Write down a lunch and its dishes."""
    moment = moment_of(at)
    on = moment.astimezone(ZONE).date()
    names = tuple(dishes.split("、"))
    meal = Meal(world.organisation, world.site(where).key, "lunch", on, moment, names)
    serve_meal(world.session, meal, by=world.person(who), now=moment)


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})为“(?P<dish>[^”]+)”留样(?P<grams>[\d.]+)克，"
        r"标签(?P<label>齐全|不全)，留样柜(?P<degrees>[\d.]+)℃"
    )
)
def sampled(world: World, who, at, dish, grams, label, degrees) -> None:
    """Take a sample of a dish."""
    portion = Portion(
        str(uuid4()), _dish(world, dish), float(grams), label == "齐全", float(degrees)
    )
    take_sample(world.session, world.rulebook, portion, by=world.person(who), now=moment_of(at))


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})清理“(?P<dish>[^”]+)”的留样(?:，原因是“(?P<why>[^”]+)”)?"
    )
)
def discarded(world: World, who, at, dish, why) -> None:
    """Throw a sample out, as far as it is allowed."""
    query = select(FoodSampleRow.id).filter_by(dish_id=_dish(world, dish), discarded_at=None)
    world.refusal = None
    try:
        discard_sample(
            world.session,
            world.rulebook,
            sample_id=world.session.scalars(query).one(),
            by=world.person(who),
            now=moment_of(at),
            why_early=why,
        )
    except Refused as refusal:
        world.refusal = refusal


@then(parsers.re("留样开出问题“(?P<title>[^”]+)”"))
def sample_finding(world: World, title) -> None:
    """See the one finding that samples or meals opened."""
    titles = [row.title.zh for row in _sample_findings(world)]

    assert 1 == len(titles), titles
    assert titles[0].endswith(f"：{title}"), titles


@then("留样没有开出问题")
def no_sample_finding(world: World) -> None:
    """See that there are samples and nothing is wrong with them."""
    assert world.session.scalars(select(FoodSampleRow)).first()
    assert [] == _sample_findings(world)


@then(parsers.re(rf"午餐的清样任务只有一项，最早(?P<first>{MOMENT})，最迟(?P<last>{MOMENT})"))
def one_clear_out(world: World, first, last) -> None:
    """Compare when the samples of a meal may and must be cleared out."""
    (task,) = _clear_outs(world)

    assert told(moment_of(first)) == told(task.not_before)
    assert told(moment_of(last)) == told(task.due_at)


@then(parsers.re("清样由当班的“(?P<role>[^”]+)”完成"))
def cleared_by_whoever_is_on_duty(world: World, role) -> None:
    """See to whom the clear-out falls when it may first be done."""
    (task,) = _clear_outs(world)
    site = world.session.get_one(SiteRow, task.site_id)
    found = on_duty(world.session, site, at=task.not_before, roles=task.roles)
    roles = {r.key: r.roles for r in world.session.scalars(select(PersonRow))}

    assert "厨师" == role
    assert task.on_duty
    assert found
    assert all({"cook", "nutrition"} & set(roles[key]) for key in found)


@then("午餐的清样任务已完成")
def cleared_out(world: World) -> None:
    """See that the clear-out closed with the last sample."""
    assert ["pass"] == [task.verdict for task in _clear_outs(world)]


def _dish(world: World, name: str) -> int:
    query = (
        select(ServedDishRow.id)
        .join(ServedMealRow, ServedMealRow.id == ServedDishRow.meal_id)
        .where(ServedMealRow.organisation_id == world.organisation)
        .where(ServedDishRow.name == name)
    )
    return world.session.scalars(query).one()


def _sample_findings(world: World) -> list[FindingRow]:
    applied = select(ReactionAppliedRow).where(
        ReactionAppliedRow.event_kind.in_(("sample", "meal"))
    )
    found = {row.outcome.get("finding") for row in world.session.scalars(applied)} - {None}
    query = select(FindingRow).where(FindingRow.id.in_(found)).order_by(FindingRow.id)
    return list(world.session.scalars(query))


def _clear_outs(world: World) -> list[FollowUpRow]:
    query = select(FollowUpRow).filter_by(organisation_id=world.organisation)
    return [row for row in world.session.scalars(query) if row.subject.startswith("meal/")]
