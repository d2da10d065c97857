"""The samples of a site for people: today's meals dish by dish, and what is still kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.lookup import site_by_key, work_calendar
from inspections.models import (
    FoodSampleRow,
    PlaceRow,
    ServedDishRow,
    ServedMealRow,
    SiteRow,
)
from inspections.reactions.stops import KITCHENS
from inspections.rounds.names import people_names, person_text
from inspections.samples.keeping import SampleLimit, kept_until, sample_limits
from inspections.samples.names import MEALS
from rules.rulebook import RuleBook
from rules.text import Text


@dataclass(frozen=True)
class SampleLine:
    """
    One sample.

    Attributes:
        may_go_at: First instant at which it may be thrown out.
    """

    id: int
    grams: float
    labelled: bool
    fridge_c: float
    taken_at: datetime
    by: Text
    may_go_at: datetime
    discarded_at: datetime | None
    discarded_by: Text | None
    why_early: str | None


@dataclass(frozen=True)
class DishLine:
    """A dish with its samples, the first one first."""

    id: int
    name: str
    samples: tuple[SampleLine, ...]


@dataclass(frozen=True)
class MealLine:
    """
    A meal of a day.

    Attributes:
        id: Nothing where its dishes are not written down yet.
        served_at: As written down, else as the site's calendar says.
    """

    id: int | None
    meal: str
    name: Text
    on: date
    served_at: datetime | None
    dishes: tuple[DishLine, ...]

    @property
    def kept(self) -> tuple[SampleLine, ...]:
        """Samples of it that are still kept."""
        return tuple(s for d in self.dishes for s in d.samples if s.discarded_at is None)

    def ripe(self, now: datetime) -> int:
        """Return how many of its samples may be thrown out."""
        return sum(sample.may_go_at <= now for sample in self.kept)

    @property
    def without(self) -> int:
        """How many dishes have no sample."""
        return sum(not dish.samples for dish in self.dishes)


@dataclass(frozen=True)
class SampleDay:
    """
    Samples of a site.

    Attributes:
        meals: Of the day, in the order of serving.
        earlier: Meals of earlier days of which something is kept.
        limits: The figures that bind, by name.
    """

    site: str
    site_name: Text
    on: date
    meals: tuple[MealLine, ...]
    earlier: tuple[MealLine, ...]
    limits: Mapping[str, SampleLimit]


def kitchens(session: Session, organisation_id: str) -> tuple[tuple[str, Text], ...]:
    """Return key and name of every site with a kitchen, in the given order."""
    kind = PlaceRow.facts["place.kind"].as_string()
    cooking = select(PlaceRow.site_id).where(PlaceRow.ended_on.is_(None), kind.in_(KITCHENS))
    query = (
        select(SiteRow.key, SiteRow.name)
        .where(SiteRow.organisation_id == organisation_id, SiteRow.ended_on.is_(None))
        .where(SiteRow.id.in_(cooking))
        .order_by(SiteRow.position)
    )
    return tuple((row.key, row.name) for row in session.execute(query))


def sample_day(
    session: Session, rulebook: RuleBook, *, organisation_id: str, site: str, on: date
) -> SampleDay:
    """
    Return the meals of a day with their samples, and what is kept of earlier ones.

    Raises:
        NotFound: If there is no such site.
    """
    row = site_by_key(session, organisation_id, site)
    names = people_names(session, organisation_id)
    limits = sample_limits(session, rulebook, site_id=row.id, on=on)
    stored = select(ServedMealRow).filter_by(site_id=row.id)
    today = {m.meal: m for m in session.scalars(stored.filter_by(on=on))}
    planned = _planned(session, row, on)
    order = {meal: at for meal, at in planned.items() if meal not in today}
    every = [*order.items(), *((m.meal, m.served_at) for m in today.values())]
    meals = tuple(
        _meal(session, today.get(meal), (meal, on, at), names, limits)
        for meal, at in sorted(every, key=lambda one: (one[1], one[0]))
    )
    before = stored.where(ServedMealRow.on < on, ServedMealRow.id.in_(_with_kept()))
    earlier = tuple(
        _meal(session, m, (m.meal, m.on, m.served_at), names, limits)
        for m in session.scalars(before.order_by(ServedMealRow.served_at))
    )
    return SampleDay(row.key, row.name, on, meals, earlier, limits)


def meal_of(session: Session, organisation_id: str, meal_id: int) -> tuple[str, date]:
    """
    Return site and day of a meal.

    Raises:
        NotFound: If the organisation has none with this id.
    """
    row = session.get(ServedMealRow, meal_id)
    if row is None or row.organisation_id != organisation_id:
        raise NotFound(Text(zh="餐次", en="meal"), meal_id)
    return session.get_one(SiteRow, row.site_id).key, row.on


def meal_of_dish(session: Session, organisation_id: str, dish_id: int) -> int:
    """
    Return the meal of a dish.

    Raises:
        NotFound: If the organisation has none with this id.
    """
    row = session.get(ServedDishRow, dish_id)
    if row is None:
        raise NotFound(Text(zh="菜品", en="dish"), dish_id)
    meal_of(session, organisation_id, row.meal_id)
    return row.meal_id


def meal_of_sample(session: Session, organisation_id: str, sample_id: int) -> int:
    """
    Return the meal of a sample.

    Raises:
        NotFound: If the organisation has none with this id.
    """
    row = session.get(FoodSampleRow, sample_id)
    if row is None:
        raise NotFound(Text(zh="留样", en="sample"), sample_id)
    return meal_of_dish(session, organisation_id, row.dish_id)


def _with_kept() -> Any:
    return (
        select(ServedDishRow.meal_id)
        .join(FoodSampleRow, FoodSampleRow.dish_id == ServedDishRow.id)
        .where(FoodSampleRow.discarded_at.is_(None))
    )


def _planned(session: Session, site: SiteRow, on: date) -> dict[str, datetime]:
    """Return the meals that the site's calendar names, where it is open."""
    calendar = work_calendar(session, site)
    if not calendar.is_open(on):
        return {}
    return {each.meal: datetime.combine(on, each.at, calendar.zone) for each in calendar.site.meals}


def _meal(
    session: Session,
    row: ServedMealRow | None,
    known: tuple[str, date, datetime],
    names: dict[str, Text],
    limits: dict[str, SampleLimit],
) -> MealLine:
    meal, on, at = known
    dishes = _dishes(session, row.id, names, limits) if row else ()
    return MealLine(row.id if row else None, meal, MEALS[meal], on, at, dishes)


def _dishes(
    session: Session, meal_id: int, names: dict[str, Text], limits: dict[str, SampleLimit]
) -> tuple[DishLine, ...]:
    dishes = select(ServedDishRow).filter_by(meal_id=meal_id).order_by(ServedDishRow.position)
    rows = list(session.scalars(dishes))
    query = select(FoodSampleRow).where(FoodSampleRow.dish_id.in_([row.id for row in rows]))
    samples: dict[int, list[SampleLine]] = {}
    for row in session.scalars(query.order_by(FoodSampleRow.id)):
        samples.setdefault(row.dish_id, []).append(_sample(row, names, limits))
    return tuple(DishLine(row.id, row.name, tuple(samples.get(row.id, ()))) for row in rows)


def _sample(
    row: FoodSampleRow, names: dict[str, Text], limits: dict[str, SampleLimit]
) -> SampleLine:
    return SampleLine(
        id=row.id,
        grams=row.grams,
        labelled=row.labelled,
        fridge_c=row.fridge_c,
        taken_at=row.taken_at,
        by=person_text(names, row.by),
        may_go_at=kept_until(row.taken_at, limits),
        discarded_at=row.discarded_at,
        discarded_by=person_text(names, row.discarded_by) if row.discarded_by else None,
        why_early=row.why_early,
    )
