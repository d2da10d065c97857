"""Once for each meal that the site serves."""

from collections import Counter
from collections.abc import Iterator

from rules.cadence import PerMeal
from scheduler.cadences.frame import Frame, iso
from scheduler.cadences.reach import moment_after, moment_before
from scheduler.local_clock import DAY, seconds_of
from scheduler.occurrence import Occurrence


def occurrences(cadence: PerMeal, frame: Frame) -> Iterator[Occurrence]:
    """Yield a window around every meal served on a day that is open and counts."""
    meals = [m for m in frame.calendar.site.meals if not cadence.meals or m.meal in cadence.meals]
    for day in range(frame.since - 2, frame.until + 2):
        if not meals or not frame.calendar.spans(day) or not frame.counts(day):
            continue
        served: Counter[str] = Counter()
        for meal in sorted(meals, key=lambda meal: meal.at):
            served[meal.meal] += 1
            again = f"-{served[meal.meal]}" if served[meal.meal] > 1 else ""
            at = day * DAY + seconds_of(meal.at)
            window = (
                moment_before(at, cadence.opens_before, frame.calendar),
                moment_after(at, cadence.due_after, frame.calendar),
            )
            yield frame.mint.occurrence(
                f"{iso(day)}/{meal.meal}{again}",
                *window,
                frame.calendar,
                provisional=day >= frame.provisional_from,
            )
