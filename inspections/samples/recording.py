"""Write down meals, take samples of their dishes, and throw them out in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.errors import FormUsedAlready, NotFound, WrongState
from inspections.lookup import existing, person_by_key, site_by_key, work_calendar
from inspections.models import (
    FollowUpRow,
    FoodSampleRow,
    ServedDishRow,
    ServedMealRow,
    SiteRow,
)
from inspections.reactions import react_to
from inspections.reactions.targets import Targets
from inspections.samples.events import SampleEvents
from inspections.samples.keeping import KeptTooShort, kept_until, sample_limits
from rules.faults import Fault, InputInvalid
from rules.rulebook import RuleBook
from rules.text import Text

_DISH = Text(zh="菜品", en="dish")
_SAMPLE = Text(zh="留样", en="sample")
HEAVIEST = 5000.0
COLDEST, WARMEST = -40.0, 60.0
LONGEST_NAME = 80
# No scale or thermometer of a kitchen shows more.
_DIGITS = 3


@dataclass(frozen=True)
class Meal:
    """
    A meal as it is written down.

    Attributes:
        site: Key of the site.
        meal: `breakfast`, `lunch`, `dinner` or `snack`.
        dishes: Names as on the labels; a name given before is not written twice.
    """

    organisation: str
    site: str
    meal: str
    on: date
    served_at: datetime
    dishes: tuple[str, ...]


@dataclass(frozen=True)
class Portion:
    """
    A sample as somebody took it.

    Attributes:
        client_id: UUID made by the page, so that sending twice keeps one.
        grams: More than 0; what is too light is recorded, and found.
        fridge_c: Reading of the sample fridge in °C.
    """

    client_id: str
    dish_id: int
    grams: float
    labelled: bool
    fridge_c: float


def serve_meal(session: Session, meal: Meal, *, by: str, now: datetime) -> int:
    """
    Write down a meal with its dishes, or further dishes of it, and return its id.

    Raises:
        InputInvalid: If no dish is named, or a name is too long.
    """
    names = list(dict.fromkeys(name.strip() for name in meal.dishes if name.strip()))
    if not names or any(len(name) > LONGEST_NAME for name in names):
        raise InputInvalid([Fault("meal", 1, "dishes", _NO_DISH, _NAME_DISHES)])
    site = site_by_key(session, meal.organisation, meal.site)
    mine = {"site_id": site.id, "on": meal.on, "meal": meal.meal}
    row = session.scalars(select(ServedMealRow).filter_by(**mine)).one_or_none()
    if row is None:
        row = ServedMealRow(
            organisation_id=meal.organisation,
            served_at=meal.served_at,
            by=by,
            recorded_at=now,
            **mine,
        )
        session.add(row)
        session.flush()
    _add_dishes(session, row.id, names)
    return row.id


def take_sample(
    session: Session, rulebook: RuleBook, portion: Portion, *, by: str, now: datetime
) -> int:
    """
    Record a sample and apply what follows: its clear-out, and findings where it falls short.

    Raises:
        FormUsedAlready: If the form kept another sample before.
        InputInvalid: If a figure is none, or no sample can have it.
        NotFound: If the dish is not there.
    """
    known = session.scalars(
        select(FoodSampleRow).filter_by(client_id=portion.client_id)
    ).one_or_none()
    if known is not None:
        _check_sent(known, portion)
        return known.id
    dish = session.get(ServedDishRow, portion.dish_id)
    if dish is None:
        raise NotFound(_DISH, portion.dish_id)
    _check(portion)
    meal = session.get_one(ServedMealRow, dish.meal_id)
    person_by_key(session, meal.organisation_id, by)
    row = FoodSampleRow(
        client_id=portion.client_id,
        organisation_id=meal.organisation_id,
        dish_id=dish.id,
        grams=round(portion.grams, _DIGITS),
        labelled=portion.labelled,
        fridge_c=round(portion.fridge_c, _DIGITS),
        taken_at=now,
        by=by,
    )
    session.add(row)
    session.flush()
    _react(session, rulebook, row, now=now, by=by)
    return row.id


def discard_sample(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    sample_id: int,
    by: str,
    now: datetime,
    why_early: str | None = None,
) -> None:
    """
    Throw a sample out; before its time only with a reason, and then it is a finding.

    Raises:
        KeptTooShort: If it must be kept longer and no reason is given; nothing is written.
        WrongState: If it was thrown out already.
    """
    row = existing(session, FoodSampleRow, sample_id)
    if row.discarded_at is not None:
        raise WrongState(step=Text(zh="再次清样", en="throwing it out again"), state=_GONE)
    until = may_go_at(session, rulebook, row)
    if now < until and not (why_early or "").strip():
        meal = _meal_of(session, row)
        site = session.get_one(SiteRow, meal.site_id)
        raise KeptTooShort(until, work_calendar(session, site).zone)
    row.discarded_at, row.discarded_by = now, by
    row.why_early = why_early.strip() if why_early and now < until else None
    session.flush()
    _finish_clear_out(session, row, by=by, now=now)
    _react(session, rulebook, row, now=now, by=by)


def clear_out_meal(
    session: Session, rulebook: RuleBook, *, meal_id: int, by: str, now: datetime
) -> int:
    """
    Throw out every sample of a meal that may go, and return how many.

    What must be kept longer stays.
    """
    query = (
        select(FoodSampleRow)
        .join(ServedDishRow, ServedDishRow.id == FoodSampleRow.dish_id)
        .where(ServedDishRow.meal_id == meal_id, FoodSampleRow.discarded_at.is_(None))
        .order_by(FoodSampleRow.id)
    )
    rows = [r for r in session.scalars(query).all() if may_go_at(session, rulebook, r) <= now]
    for row in rows:
        discard_sample(session, rulebook, sample_id=row.id, by=by, now=now)
    return len(rows)


def may_go_at(session: Session, rulebook: RuleBook, row: FoodSampleRow) -> datetime:
    """Return the first instant at which a sample may be thrown out."""
    meal = _meal_of(session, row)
    site = session.get_one(SiteRow, meal.site_id)
    on = row.taken_at.astimezone(work_calendar(session, site).zone).date()
    return kept_until(row.taken_at, sample_limits(session, rulebook, site_id=site.id, on=on))


def _meal_of(session: Session, row: FoodSampleRow) -> ServedMealRow:
    dish = session.get_one(ServedDishRow, row.dish_id)
    return session.get_one(ServedMealRow, dish.meal_id)


def _add_dishes(session: Session, meal_id: int, names: Iterable[str]) -> None:
    known = set(session.scalars(select(ServedDishRow.name).filter_by(meal_id=meal_id)))
    first = session.scalar(
        select(func.coalesce(func.max(ServedDishRow.position), -1)).filter_by(meal_id=meal_id)
    )
    new = [name for name in names if name not in known]
    for position, name in enumerate(new, (-1 if first is None else first) + 1):
        session.add(ServedDishRow(meal_id=meal_id, name=name, position=position))
    session.flush()


def _check_sent(sample: FoodSampleRow, portion: Portion) -> None:
    kept = (sample.dish_id, sample.grams, sample.labelled, sample.fridge_c)
    sent = (round(portion.grams, _DIGITS), portion.labelled, round(portion.fridge_c, _DIGITS))
    if kept != (portion.dish_id, *sent):
        raise FormUsedAlready


def _check(portion: Portion) -> None:
    faults = []
    if not 0 < portion.grams <= HEAVIEST:
        faults.append(Fault("sample", 1, "grams", _GRAMS, _WEIGH))
    if not COLDEST <= portion.fridge_c <= WARMEST:
        faults.append(Fault("sample", 1, "fridge_c", _DEGREES, _READ))
    if faults:
        raise InputInvalid(faults)


def _finish_clear_out(session: Session, row: FoodSampleRow, *, by: str, now: datetime) -> None:
    """Close the clear-out of a meal once nothing of it is kept any more."""
    meal = _meal_of(session, row)
    left = session.scalar(
        select(func.count(FoodSampleRow.id))
        .join(ServedDishRow, ServedDishRow.id == FoodSampleRow.dish_id)
        .where(ServedDishRow.meal_id == meal.id, FoodSampleRow.discarded_at.is_(None))
    )
    if left:
        return
    tasks = select(FollowUpRow).filter_by(
        organisation_id=meal.organisation_id, subject=f"meal/{meal.id}", verdict=None
    )
    for task in session.scalars(tasks.where(FollowUpRow.not_before.is_not(None))):
        task.done_at, task.done_by, task.verdict = now, by, "pass"
    session.flush()


def _react(
    session: Session, rulebook: RuleBook, row: FoodSampleRow, *, now: datetime, by: str
) -> None:
    targets = Targets(session, row.organisation_id)
    events = SampleEvents(session, rulebook, targets, now=now).sample(row.id)
    react_to(session, rulebook, list(events), organisation_id=row.organisation_id, now=now, by=by)


_GONE = Text(zh="已清样", en="thrown out")
_NO_DISH = Text(zh="没有写菜品，或名称过长。", en="No dish is named, or a name is too long.")
_NAME_DISHES = Text(
    zh=f"请每行写一个菜品，不超过 {LONGEST_NAME} 个字。",
    en=f"Please write one dish on each line, at most {LONGEST_NAME} characters.",
)
_GRAMS = Text(zh="留样量不是合理的克数。", en="That is no weight of a sample.")
_WEIGH = Text(
    zh=f"请填写大于 0、不超过 {HEAVIEST:g} 的克数，例如 130。",
    en=f"Please give grams above 0 and at most {HEAVIEST:g}, for example 130.",
)
_DEGREES = Text(zh="温度不是合理的读数。", en="That is no reading of a fridge.")
_READ = Text(
    zh=f"请填写 {COLDEST:g} 到 {WARMEST:g} 之间的温度，例如 4.5。",
    en=f"Please give a temperature from {COLDEST:g} to {WARMEST:g}, for example 4.5.",
)
