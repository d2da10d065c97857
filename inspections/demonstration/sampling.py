"""Meals of the past days with their samples, as a careful kitchen keeps them."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import site_by_key, work_calendar
from inspections.models import PersonRow, ServedDishRow, ServedMealRow, SiteRow
from inspections.samples.day import kitchens
from inspections.samples.recording import (
    Meal,
    Portion,
    clear_out_meal,
    serve_meal,
    take_sample,
)
from rules.rulebook import RuleBook

_DISHES = (
    ("番茄炒蛋", "清炒菠菜", "米饭"),
    ("红烧排骨", "白菜豆腐", "馒头"),
    ("胡萝卜鸡丁", "冬瓜汤", "米饭"),
)
_DAYS = 3
_DAY = timedelta(days=1)
_UNLABELLED_OF_100 = 4


def sample_past_lunches(
    session: Session, rulebook: RuleBook, organisation_id: str, *, now: datetime, seed: int
) -> int:
    """Keep samples of the lunches of the past days, clear out what may go, and return how many."""
    count = 0
    for key, _name in kitchens(session, organisation_id):
        site = site_by_key(session, organisation_id, key)
        cook = _cook(session, site)
        calendar = work_calendar(session, site)
        today = now.astimezone(calendar.zone).date()
        lunch = next((each.at for each in calendar.site.meals if each.meal == "lunch"), None)
        if cook is None or lunch is None:
            continue
        for on in (today - _DAY * back for back in range(_DAYS, -1, -1)):
            at = datetime.combine(on, lunch, calendar.zone)
            if at + timedelta(hours=1) < now and calendar.is_open(on):
                # One draw a lunch, so that a second run repeats it.
                named = f"{organisation_id}:{key}:{on}:{seed}"
                draw = Random(f"lunch:{named}")  # noqa: S311 - a demonstration
                count += _lunch(session, rulebook, site, (on, at, cook), draw)
        _clear_out(session, rulebook, site, cook, now)
    return count


def _lunch(
    session: Session,
    rulebook: RuleBook,
    site: SiteRow,
    lunch: tuple[date, datetime, str],
    draw: Random,
) -> int:
    on, at, cook = lunch
    dishes = draw.choice(_DISHES)
    meal = Meal(site.organisation_id, site.key, "lunch", on, at, dishes)
    meal_id = serve_meal(session, meal, by=cook, now=at)
    query = select(ServedDishRow.id).filter_by(meal_id=meal_id).order_by(ServedDishRow.position)
    for minute, dish in enumerate(session.scalars(query).all()):
        portion = Portion(
            client_id=str(UUID(int=draw.getrandbits(128), version=4)),
            dish_id=dish,
            grams=float(draw.randint(128, 160)),
            labelled=draw.randrange(100) >= _UNLABELLED_OF_100,
            fridge_c=round(draw.uniform(2.5, 5.5), 1),
        )
        taken = at + timedelta(minutes=10 + minute)
        take_sample(session, rulebook, portion, by=cook, now=taken)
    return len(dishes)


def _clear_out(
    session: Session, rulebook: RuleBook, site: SiteRow, cook: str, now: datetime
) -> None:
    """Let the kitchen clear out in time, two hours after it may."""
    meals = select(ServedMealRow).filter_by(site_id=site.id).order_by(ServedMealRow.served_at)
    for meal in session.scalars(meals).all():
        then = meal.served_at + timedelta(hours=50)
        if then < now:
            clear_out_meal(session, rulebook, meal_id=meal.id, by=cook, now=then)


def _cook(session: Session, site: SiteRow) -> str | None:
    mine = {"organisation_id": site.organisation_id, "ended_on": None}
    people = session.scalars(select(PersonRow).filter_by(**mine).order_by(PersonRow.position))
    return next((p.key for p in people if site.key in p.sites and "cook" in p.roles), None)
