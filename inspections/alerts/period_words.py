"""The keys of periods in words: officers read the meal or the day, not the key."""

from datetime import date

from inspections.samples.names import MEALS, meal_text
from rules.text import Text

_AFTER = "after-"


def period_text(key: str) -> Text:
    """Return the period with *key* in words; days, weeks and months are words already."""
    day, _, meal = key.partition("/")
    if meal in MEALS:
        return meal_text(date.fromisoformat(day), meal)
    if key.startswith(_AFTER):
        before = key.removeprefix(_AFTER)
        return Text(zh=f"{before} 之后的一次", en=f"the next after {before}")
    return Text(zh=key, en=key)
