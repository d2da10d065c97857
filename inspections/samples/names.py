"""Names of meals, in both languages."""

from collections.abc import Mapping
from datetime import date

from rules.text import Text
from scheduler.day_names import day_with_weekday

MEALS: Mapping[str, Text] = {
    "breakfast": Text(zh="早餐", en="Breakfast"),
    "lunch": Text(zh="午餐", en="Lunch"),
    "dinner": Text(zh="晚餐", en="Dinner"),
    "snack": Text(zh="加餐", en="Snack"),
}


def meal_text(on: date, meal: str) -> Text:
    """Return a meal with its day, for example 11月23日（周一）午餐."""
    day, name = day_with_weekday(on), MEALS[meal]
    return Text(zh=f"{day.zh}{name.zh}", en=f"{name.en} of {day.en}")
