"""Meals served, their dishes, and the samples kept of them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class ServedMealRow(Row):
    """
    One meal of one kitchen on one day.

    Attributes:
        meal: `breakfast`, `lunch`, `dinner` or `snack`.
        on: Day in the site's zone.
        served_at: When serving began.
        by: Key of who wrote down the dishes.
    """

    __tablename__ = "served_meal"
    __table_args__ = (UniqueConstraint("site_id", "on", "meal"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    on: Mapped[date]
    meal: Mapped[str]
    served_at: Mapped[datetime]
    by: Mapped[str]
    recorded_at: Mapped[datetime]


class ServedDishRow(Row):
    """A dish of a served meal, as it is called on the label of its sample."""

    __tablename__ = "served_dish"
    __table_args__ = (UniqueConstraint("meal_id", "name"),)

    id: Mapped[serial]
    meal_id: Mapped[int] = mapped_column(ForeignKey("served_meal.id"))
    name: Mapped[str]
    position: Mapped[int]


class FoodSampleRow(Row):
    """
    A kept portion of a served dish; a wrong entry is followed by a further sample, never changed.

    Attributes:
        client_id: UUID made by the page, so that a sample sent twice stays one.
        fridge_c: What the thermometer of the sample fridge showed, in °C.
        taken_at: When it was put away; what was served is kept from then on.
        discarded_at: When it was thrown out; nothing while it is kept.
        why_early: The reason given for throwing it out before its time.
    """

    __tablename__ = "food_sample"

    id: Mapped[serial]
    client_id: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    dish_id: Mapped[int] = mapped_column(ForeignKey("served_dish.id"), index=True)
    grams: Mapped[float]
    labelled: Mapped[bool]
    fridge_c: Mapped[float]
    taken_at: Mapped[datetime]
    by: Mapped[str]
    discarded_at: Mapped[datetime | None]
    discarded_by: Mapped[str | None]
    why_early: Mapped[str | None]
