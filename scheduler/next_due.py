"""When a duty falls due next, across versions of its rule."""

from collections.abc import Iterator
from datetime import date, timedelta

from rules.derive import Binding
from rules.pack import Rule
from scheduler.context import ExpansionContext
from scheduler.expansion import Expander
from scheduler.occurrence import Occurrence
from scheduler.version_spans import ONE_DAY, version_spans
from scheduler.workdays import WorkCalendar

# Ten yearly duties lie within it; what is due more rarely shows fewer dates.
_AHEAD = timedelta(days=4_000)
_FIRST_STEP = timedelta(days=50)


def next_due(
    rule: Rule, calendar: WorkCalendar, context: ExpansionContext, *, since: date, count: int
) -> tuple[Occurrence, ...]:
    """
    Return the first *count* occurrences of *rule* due on *since* or later, within 4,000 days.

    A rule that makes no occurrences has none, and so has one that waits for an event.
    """
    found: list[Occurrence] = []
    expander = Expander()
    for first, last in _steps(since, since + _AHEAD):
        for span in version_spans(rule, first, last):
            if span.version.cadence is not None:
                found += expander.expand(
                    span.version, calendar, since=span.since, until=span.until, context=context
                )
        if len(found) >= count:
            break
    return tuple(found[:count])


def _steps(since: date, end: date) -> Iterator[tuple[date, date]]:
    step = _FIRST_STEP
    while since <= end:
        until = min(since + step, end)
        yield since, until
        since, step = until + ONE_DAY, 2 * step


def binding_at(rule: Rule, site: str, target: str) -> Binding:
    """Return the binding of *rule* to a target, to ask for its dates as if it bound it."""
    return Binding(site, rule.target, target, rule.id, "binds", (), {})
