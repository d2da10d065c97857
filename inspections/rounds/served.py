"""Rows of Today that one inspection serves: the same walk, asked for by several clauses."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from inspections.rounds.names import Target
from inspections.rounds.today import TodayRow
from inspections.rules_in_force import RuleInForce
from inspections.served_together import is_shared, serves_below

_Key = tuple[Target, str, int, str]


@dataclass
class Walk:
    """
    Rows that one inspection serves, by due time.

    Attributes:
        rows: Each with its rule, where that is still in the rule book; never empty.
        opens_at: When the last of them opens; `closes_at` is when the first of them closes.
    """

    rows: list[tuple[TodayRow, RuleInForce | None]]
    opens_at: datetime
    closes_at: datetime

    @property
    def lead(self) -> TodayRow:
        """The row to open: the one that was begun, else the one that is due first."""
        begun = (row for row, _ in self.rows if row.answered)
        return next(begun, self.rows[0][0])

    def join(self, row: TodayRow, found: RuleInForce | None) -> None:
        """Take in one more row."""
        self.rows.append((row, found))
        self.opens_at = max(self.opens_at, row.opens_at)
        self.closes_at = min(self.closes_at, row.closes_at)


def walks(
    rows: Iterable[tuple[TodayRow, RuleInForce | None]],
    *,
    now: datetime,
    below: Callable[[str], Collection[str]] = lambda _rule: (),
) -> tuple[Walk, ...]:
    """
    Return *rows*, which are in order of their due time, gathered by the walk that serves them.

    Only what one walk serves from now on is gathered: windows that are open now, or windows that
    open later and overlap. A missed one is made up alone. A rule that another one makes stricter
    joins the walk of that one; *below* names what a rule makes stricter.
    """
    found: list[Walk] = []
    open_walks: dict[_Key, list[Walk]] = {}
    for row, rule in rows:
        key = _key(row, rule, now)
        known = open_walks.setdefault(key, []) if key else []
        walk = next((one for one in known if _overlap(one, row, now)), None)
        if walk is not None:
            walk.join(row, rule)
            continue
        walk = Walk([(row, rule)], row.opens_at, row.closes_at)
        found.append(walk)
        known.append(walk)
    return tuple(_under_stricter(found, below, now))


def _under_stricter(
    found: list[Walk], below: Callable[[str], Collection[str]], now: datetime
) -> Iterator[Walk]:
    """Let rows of lower rules join the walk of the rule that makes them stricter."""
    for walk in found:
        row, rule = walk.rows[0]
        alone = rule is not None and len(walk.rows) == 1 and not row.answered
        leads = [one for one in found if alone and _serves(one, walk, below, now)]
        if leads:
            strictest = max(leads, key=lambda one: len(below(one.rows[0][0].rule)))
            strictest.join(row, rule)
        else:
            yield walk


def _serves(lead: Walk, walk: Walk, below: Callable[[str], Collection[str]], now: datetime) -> bool:
    (first, above), (row, rule) = lead.rows[0], walk.rows[0]
    if lead is walk or above is None or rule is None or first.on != row.on:
        return False
    both_open = _is_open(lead, now) and _is_open(walk, now)
    return both_open and serves_below(above, rule, below(above.rule.id))


def _is_open(walk: Walk, now: datetime) -> bool:
    return walk.opens_at <= now <= walk.closes_at


def _overlap(walk: Walk, row: TodayRow, now: datetime) -> bool:
    """Tell whether one moment serves both; of what opens later, one before the first is due."""
    opens_at = max(walk.opens_at, row.opens_at)
    in_time = opens_at <= now or opens_at < walk.rows[0][0].due_at
    return in_time and opens_at <= min(walk.closes_at, row.closes_at)


def _key(row: TodayRow, found: RuleInForce | None, now: datetime) -> _Key | None:
    """Return what rows of one walk have in common; nothing for a row that stands alone."""
    if found is None or not is_shared(found.version) or now > row.closes_at:
        return None
    when = "open" if row.opens_at <= now else "later"
    return (row.on, str(found.version.checklist), found.version.people.count, when)
