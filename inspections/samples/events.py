"""Samples and served meals as events."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.lookup import work_calendar
from inspections.models import (
    FoodSampleRow,
    PersonRow,
    PlaceRow,
    ServedDishRow,
    ServedMealRow,
    SiteRow,
)
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Concerned, Targets
from inspections.samples.keeping import kept_until, sample_limits
from inspections.samples.names import meal_text
from rules.event import Event
from rules.facts import FactValue
from rules.rulebook import RuleBook
from rules.text import Text

# A meal whose dishes were never sampled is looked at for two days; later it is a missed duty.
_LOOK_BACK = timedelta(days=2)
_DAY = timedelta(days=1)
# Where samples stand, or else where food is made.
_PLACES = ("sample-fridge", "kitchen")
# Of somebody's roles, those that have to do with samples.
_FOOD_ROLES = frozenset({"cook", "nutrition", "food-safety-officer"})


class SampleEvents:
    """Turns the samples and meals of one organisation into events as of an instant."""

    def __init__(
        self, session: Session, rulebook: RuleBook, targets: Targets, *, now: datetime
    ) -> None:
        self._session, self._rulebook, self._targets = session, rulebook, targets
        self._now = now

    def kept(self) -> Iterator[Happening]:
        """Yield every sample that is still kept."""
        query = self._samples().where(FoodSampleRow.discarded_at.is_(None))
        yield from self._of(self._session.execute(query).all())

    def sample(self, sample_id: int) -> Iterator[Happening]:
        """Yield one sample, as it is taken or thrown out."""
        query = self._samples().where(FoodSampleRow.id == sample_id)
        yield from self._of(self._session.execute(query).all())

    def meals(self) -> Iterator[Happening]:
        """Yield the meals of today and the days before."""
        query = (
            select(ServedMealRow)
            .filter_by(organisation_id=self._targets.organisation_id)
            .where(ServedMealRow.served_at <= self._now)
            .where(ServedMealRow.served_at >= self._now - _LOOK_BACK)
            .order_by(ServedMealRow.id)
        )
        for meal in self._session.scalars(query):
            yield self._meal(meal)

    def _samples(self) -> Any:
        return (
            select(FoodSampleRow, ServedDishRow, ServedMealRow)
            .join(ServedDishRow, ServedDishRow.id == FoodSampleRow.dish_id)
            .join(ServedMealRow, ServedMealRow.id == ServedDishRow.meal_id)
            .where(FoodSampleRow.organisation_id == self._targets.organisation_id)
            .order_by(FoodSampleRow.id)
        )

    def _of(self, rows: Iterable[Any]) -> Iterator[Happening]:
        for sample, dish, meal in rows:
            site = self._targets.by_id(meal.site_id)
            concerned = self._concerned(site)
            facts = {**concerned.facts, **self._facts(sample, site)}
            at = sample.discarded_at or sample.taken_at
            event = Event(
                "sample",
                f"sample/{sample.id}",
                site.key,
                concerned.kind,
                concerned.target,
                at,
                facts,
            )
            yield Happening(
                event,
                doer=sample.discarded_by or sample.by,
                about=_about(meal, dish),
                subject=f"meal/{meal.id}",
                roles=self._roles(sample.by),
            )

    def _facts(self, sample: FoodSampleRow, site: SiteRow) -> dict[str, FactValue]:
        end = sample.discarded_at or self._now
        zone = work_calendar(self._session, site).zone
        on = sample.taken_at.astimezone(zone).date()
        limits = sample_limits(self._session, self._rulebook, site_id=site.id, on=on)
        facts: dict[str, FactValue] = {
            "sample.grams": sample.grams,
            "sample.labelled": sample.labelled,
            "sample.fridge_c": sample.fridge_c,
            "sample.kept_minutes": max(0, _minutes(end - sample.taken_at)),
            "sample.discarded": sample.discarded_at is not None,
        }
        if sample.discarded_at is not None:
            early = kept_until(sample.taken_at, limits) - sample.discarded_at
            # A started minute counts: thrown out seconds too early is too early.
            facts["sample.discarded_early_minutes"] = max(0, -(_minutes(-early)))
        return facts

    def _meal(self, meal: ServedMealRow) -> Happening:
        site = self._targets.by_id(meal.site_id)
        concerned = self._concerned(site)
        query = (
            select(ServedDishRow.name, func.count(FoodSampleRow.id))
            .outerjoin(FoodSampleRow, FoodSampleRow.dish_id == ServedDishRow.id)
            .where(ServedDishRow.meal_id == meal.id)
            .group_by(ServedDishRow.id)
            .order_by(ServedDishRow.position)
        )
        dishes = self._session.execute(query).all()
        without = [name for name, count in dishes if not count]
        facts = {
            **concerned.facts,
            "meal.dishes_served": len(dishes),
            "meal.dishes_without_sample": len(without),
            "meal.minutes_since": max(0, _minutes(self._now - meal.served_at)),
        }
        event = Event(
            "meal",
            f"meal/{meal.id}",
            site.key,
            concerned.kind,
            concerned.target,
            meal.served_at,
            facts,
        )
        named = meal_text(meal.on, meal.meal)
        listed = "、".join(without)
        about = named
        if without:
            about = Text(zh=f"{named.zh}（{listed}）", en=f"{named.en} ({', '.join(without)})")
        return Happening(
            event, doer=meal.by, about=about, subject=f"meal/{meal.id}", roles=self._roles(meal.by)
        )

    def _concerned(self, site: SiteRow) -> Concerned:
        """Return the sample fridge of the site, else its kitchen, else the site."""
        query = select(PlaceRow).filter_by(site_id=site.id, ended_on=None)
        places = list(self._session.scalars(query.order_by(PlaceRow.position)))
        for kind in _PLACES:
            for place in places:
                if place.facts.get("place.kind") == kind:
                    return self._targets.of(site, "place", place.key)
        return self._targets.of(site, "site", "")

    def _roles(self, person: str) -> tuple[str, ...]:
        mine = {"organisation_id": self._targets.organisation_id, "key": person}
        found = self._session.scalars(select(PersonRow.roles).filter_by(**mine)).one_or_none()
        food = tuple(role for role in found or () if role in _FOOD_ROLES)
        return food or tuple(found or ())


def _minutes(span: timedelta) -> int:
    """Return whole minutes, rounded down also below zero."""
    return span // timedelta(minutes=1)


def _about(meal: ServedMealRow, dish: ServedDishRow) -> Text:
    named = meal_text(meal.on, meal.meal)
    return Text(zh=f"{named.zh}“{dish.name}”", en=f"{named.en}, {dish.name}")
