"""Rows and totals of the coverage map, worded for the screen."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from urllib.parse import quote

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from inspections.queries.coverage import CoverageMap
from inspections.queries.coverage_cell import (
    NEVER_PLANNED,
    NO_DATES,
    NO_ROSTER,
    NOBODY,
    Cell,
    DutyStanding,
)
from rules.pack import Rule
from rules.rulebook import RuleBook
from rules.text import Text
from web.formatting import ago, clock, local, short_day, today
from web.grammar import Sign, sign
from web.officer.coverage_filters import Cells, Filters
from web.officer.domains import domain_rank, domain_word
from web.preferences import words


@dataclass(frozen=True)
class CellView:
    """One cell: the fact on the first line, its context on the second."""

    state: str
    sign: Sign
    first: str
    second: str
    href: str
    current: bool


@dataclass(frozen=True)
class RowView:
    """One rule; `cells` follow the sites, with nothing where the rule does not apply."""

    rule: str
    title: Text
    clause: Text
    verified: bool
    layer: str
    cells: tuple[CellView | None, ...]


@dataclass(frozen=True)
class Group:
    """The rules of one domain."""

    name: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True)
class Totals:
    """
    Counts of the cells shown: `applicable` is covered plus gaps.

    Attributes:
        states: Cells by state; questions are no applicable cells.
    """

    applicable: int
    covered: int
    states: Counter[str]


def totals_of(cells: Cells) -> Totals:
    """Return the counts of *cells*."""
    states: Counter[str] = Counter(cell.state for cell in cells.values())
    applicable = len(cells) - states["may-apply"]
    return Totals(applicable, applicable - states["gap"], states)


def groups_of(
    filters: Filters, shown: CoverageMap, cells: Cells, rulebook: RuleBook
) -> list[Group]:
    """Return the rows with a cell, by domain and in pack order."""
    wanted = {rule for (rule, _site), cell in cells.items() if filters.show in {"", cell.state}}
    rules = [rule for rule in rulebook.rules.values() if rule.id in wanted]
    rules.sort(key=lambda rule: domain_rank(rule.domain))
    return [
        Group(domain_word(domain), tuple(_rows(filters, shown, cells, rulebook, grouped)))
        for domain, grouped in groupby(rules, key=lambda rule: rule.domain)
    ]


def _rows(
    filters: Filters,
    shown: CoverageMap,
    cells: Cells,
    rulebook: RuleBook,
    rules: Iterator[Rule],
) -> Iterator[RowView]:
    # One address for all cells: hundreds of calls of url_for would cost as much as the page.
    base = url_for("officer.coverage", **filters.query(cell=" ")).removesuffix("+")
    for rule in rules:
        found = (cells.get((rule.id, site.key)) for site in shown.sites)
        yield RowView(
            rule.id,
            rule.title,
            rulebook.clause_text(rule),
            rule.source.clause is not None,
            rulebook.pack_of(rule.id).layer,
            tuple(_view(filters, base, cell) if cell else None for cell in found),
        )


def _view(filters: Filters, base: str, cell: Cell) -> CellView:
    key = f"{cell.rule}@{cell.site}"
    first, second = LINES[cell.state](cell.shown)
    if cell.targets > 1:
        count = _count(cell)
        second = f"{second} · {count}" if second else count
    return CellView(
        cell.state,
        sign("coverage", cell.state),
        first,
        second,
        f"{base}{quote(key)}#here",
        filters.cell == key,
    )


def _count(cell: Cell) -> str:
    if cell.worst == cell.targets:
        return str(ngettext("%(num)s place", "%(num)s places", cell.targets))
    return str(_("%(some)s of %(all)s", some=cell.worst, all=cell.targets))


def gap_words(gap: str | None) -> str:
    """Return why nothing covers a duty."""
    known: dict[str, str] = {
        NOBODY: _("nobody can do it"),
        NEVER_PLANNED: _("not planned yet"),
        NO_DATES: _("its dates cannot be told"),
        NO_ROSTER: _("no roster"),
    }
    return known.get(gap or "", "")


def _when(value: datetime | date | None) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        on = local(value).date()
        return _("today %(clock)s", clock=clock(value)) if on == today() else short_day(on)
    return _("today") if value == today() else short_day(value)


def _who(shown: DutyStanding) -> str:
    return str(_(", ")).join(words(name) for name in shown.who[:2])


def _next(shown: DutyStanding) -> str:
    if shown.hidden:
        return str(_("drawn at random"))
    if shown.next_at is None:
        return ""
    return str(_("next %(day)s", day=_when(shown.next_at)))


def _gap(shown: DutyStanding) -> tuple[str, str]:
    why = gap_words(shown.gap)
    return _("Gap"), f"{_when(shown.at)} {why}".strip() if shown.at else why


def _overdue(shown: DutyStanding) -> tuple[str, str]:
    if shown.at is None:
        return _("Overdue"), ""
    span = _("%(span)s overdue", span=ago(shown.at))
    return span, _("was due %(day)s", day=_when(shown.at))


def _missed(shown: DutyStanding) -> tuple[str, str]:
    times = ngettext("Missed once", "Missed %(num)s times", shown.missed)
    last = _("last on %(day)s", day=_when(shown.at))
    return times, last


def _late(shown: DutyStanding) -> tuple[str, str]:
    return _("late %(day)s", day=_when(shown.last_on)), _next(shown)


def _in_progress(shown: DutyStanding) -> tuple[str, str]:
    if shown.hidden:
        return _("drawn at random"), ""
    return _("by %(when)s", when=_when(shown.next_at)), _who(shown)


def _scheduled(shown: DutyStanding) -> tuple[str, str]:
    if shown.hidden:
        return _("drawn at random"), ""
    return _when(shown.next_at), _("after the plan") if shown.beyond_plan else _who(shown)


def _done(shown: DutyStanding) -> tuple[str, str]:
    return _when(shown.last_on), _next(shown)


def _excused(shown: DutyStanding) -> tuple[str, str]:
    return _("Excused"), _when(shown.at)


def _waiting(_shown: DutyStanding) -> tuple[str, str]:
    return _("when it happens"), ""


def _may_apply(_shown: DutyStanding) -> tuple[str, str]:
    return _("May apply"), _("a fact is missing")


LINES: dict[str, Callable[[DutyStanding], tuple[str, str]]] = {
    "gap": _gap,
    "overdue": _overdue,
    "missed": _missed,
    "late": _late,
    "in_progress": _in_progress,
    "scheduled": _scheduled,
    "done": _done,
    "excused": _excused,
    "waiting": _waiting,
    "may-apply": _may_apply,
}
