"""The register of findings: filtered, sorted, paged, with totals that come from the same filter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Select, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from inspections.models import FindingRow, SiteRow
from inspections.models.base import Data
from inspections.queries.finding_marks import Marks, finding_marks, waits_for_answer
from inspections.queries.organisation_lists import PAGE, ListPage
from inspections.rounds.names import people_names, person_text
from rules.text import Text

States = Literal["not-closed", "open", "in_progress", "awaiting_verification", "closed", "all"]
Due = Literal["any", "plan", "law", "soon", "asked", "nobody"]
Sort = Literal["due", "found", "severity", "site", "owner", "number", "state"]
STATES: tuple[States, ...] = get_args(States)
DUES: tuple[Due, ...] = get_args(Due)
SORTS: tuple[Sort, ...] = get_args(Sort)
SEVERITIES = ("severe", "moderate", "minor")
SOON = timedelta(days=3)
MOST_EXPORTED = 50_000


@dataclass(frozen=True)
class Wanted:
    """
    Which findings somebody asks for.

    Attributes:
        scope: Keys of the sites they see; empty means all.
        site: Key of one site; nothing means all in scope.
        due: `plan` is past the deadline in force, `law` past the rule's own, `soon` due within
            three days, `asked` where a request for more time waits, `nobody` without an owner.
        owner: Key of the owner; nothing means any.
        text: Words that number, title or description must contain, one and all.
    """

    organisation: str
    scope: tuple[str, ...] = ()
    site: str | None = None
    state: States = "not-closed"
    severity: str | None = None
    due: Due = "any"
    owner: str | None = None
    rule: str | None = None
    text: str = ""
    sort: Sort = "due"
    falling: bool = False


@dataclass(frozen=True)
class Line:
    """
    One finding of the register.

    Attributes:
        first_due_at: The deadline of the rule; `due_at` is the one in force.
        past_plan: Whether the deadline in force has passed; `past_law` the rule's own.
    """

    id: int
    number: str
    title: Text
    site: str
    site_name: Text
    severity: str
    major_hazard: bool
    state: str
    rule: str | None
    owner: str | None
    owner_name: Text | None
    found_at: datetime
    due_at: datetime
    first_due_at: datetime
    past_plan: bool
    past_law: bool
    marks: Marks


@dataclass(frozen=True)
class SiteTotals:
    """
    How many findings of one site there are; each figure is the length of one list.

    Attributes:
        site: Key of the site; nothing for the sum of all.
    """

    site: str | None
    name: Text | None
    open: int
    in_progress: int
    awaiting_verification: int
    not_closed: int
    plan: int
    law: int
    closed: int


# Each column of the totals with the filter whose list it counts.
COLUMNS: dict[str, tuple[States, Due]] = {
    "open": ("open", "any"),
    "in_progress": ("in_progress", "any"),
    "awaiting_verification": ("awaiting_verification", "any"),
    "not_closed": ("not-closed", "any"),
    "plan": ("not-closed", "plan"),
    "law": ("not-closed", "law"),
    "closed": ("closed", "any"),
}


def register_page(
    session: Session, wanted: Wanted, *, number: int, now: datetime
) -> ListPage[Line]:
    """Return one page of the findings asked for."""
    conditions = _conditions(wanted, now)
    total = session.scalar(_joined(select(func.count(FindingRow.id))).where(*conditions)) or 0
    number = min(max(1, number), max(1, -(-total // PAGE)))
    query = _rows(wanted).where(*conditions).limit(PAGE).offset((number - 1) * PAGE)
    return ListPage(tuple(_lines(session, wanted, query, now)), number, total)


def register_lines(session: Session, wanted: Wanted, *, now: datetime) -> tuple[Line, ...]:
    """Return all findings asked for, at most 50,000."""
    query = _rows(wanted).where(*_conditions(wanted, now)).limit(MOST_EXPORTED)
    return tuple(_lines(session, wanted, query, now))


def register_ids(
    session: Session, wanted: Wanted, *, now: datetime, most: int
) -> tuple[tuple[int, ...], int]:
    """Return the ids of the first *most* findings asked for, and how many there are in all."""
    conditions = _conditions(wanted, now)
    total = session.scalar(_joined(select(func.count(FindingRow.id))).where(*conditions)) or 0
    query = _joined(select(FindingRow.id)).where(*conditions).order_by(*_order(wanted))
    return tuple(session.scalars(query.limit(most))), total


def register_totals(
    session: Session, wanted: Wanted, *, now: datetime
) -> tuple[SiteTotals, tuple[SiteTotals, ...]]:
    """
    Return the sum and the totals of each site that has any, by name.

    They keep to the severity, owner, rule and words asked for, and go over every site, state and
    due date: each figure is the length of the list with `COLUMNS` and that site.
    """
    every = replace(wanted, site=None, state="all", due="any")
    counted = [
        func.count(FindingRow.id).filter(*_standing(replace(every, state=state, due=due), now))
        for state, due in COLUMNS.values()
    ]
    query = _joined(select(SiteRow.key, SiteRow.name, *counted)).where(*_conditions(every, now))
    query = query.group_by(SiteRow.id).order_by(SiteRow.position)
    sites = tuple(SiteTotals(row[0], row[1], *row[2:]) for row in session.execute(query))
    sums = (sum(getattr(one, column) for one in sites) for column in COLUMNS)
    return SiteTotals(None, None, *sums), sites


def register_choices(
    session: Session, wanted: Wanted
) -> tuple[tuple[tuple[str, Text], ...], tuple[str, ...]]:
    """Return the owners, by name, and the rules that findings in scope have."""
    names = people_names(session, wanted.organisation)
    mine = _in_scope(wanted)
    owners = session.scalars(_joined(select(FindingRow.owner)).where(*mine).distinct())
    rules = session.scalars(_joined(select(FindingRow.rule)).where(*mine).distinct())
    named = ((key, person_text(names, key)) for key in owners if key)
    return tuple(sorted(named, key=lambda one: one[1].zh)), tuple(sorted(filter(None, rules)))


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.select_from(FindingRow).join(SiteRow, SiteRow.id == FindingRow.site_id)


def _rows(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    return _joined(select(FindingRow, SiteRow.key, SiteRow.name)).order_by(*_order(wanted))


def _conditions(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    found = [*_in_scope(wanted), *_standing(wanted, now)]
    if wanted.severity:
        found.append(FindingRow.severity == wanted.severity)
    if wanted.owner:
        found.append(FindingRow.owner == wanted.owner)
    if wanted.rule:
        found.append(FindingRow.rule == wanted.rule)
    return [*found, *(_says(word) for word in wanted.text.split())]


def _in_scope(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [FindingRow.organisation_id == wanted.organisation]
    if wanted.scope:
        found.append(SiteRow.key.in_(wanted.scope))
    if wanted.site:
        found.append(SiteRow.key == wanted.site)
    return found


def _standing(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state == "not-closed":
        found.append(FindingRow.state != "closed")
    elif wanted.state != "all":
        found.append(FindingRow.state == wanted.state)
    if wanted.due in {"plan", "law", "soon", "asked"}:
        found.append(FindingRow.state != "closed")
    match wanted.due:
        case "plan":
            found.append(FindingRow.due_at < now)
        case "law":
            found.append(FindingRow.first_due_at < now)
        case "soon":
            found += [FindingRow.due_at >= now, FindingRow.due_at < now + SOON]
        case "asked":
            found.append(waits_for_answer())
        case "nobody":
            found.append(FindingRow.owner.is_(None))
    return found


def _says(word: str) -> ColumnElement[bool]:
    title: Any = type_coerce(FindingRow.title, Data)
    columns: tuple[Any, ...] = (
        FindingRow.number,
        FindingRow.detail,
        title["zh"].as_string(),
        title["en"].as_string(),
    )
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def _order(wanted: Wanted) -> tuple[Any, ...]:
    rank = case({one: n for n, one in enumerate(SEVERITIES)}, value=FindingRow.severity)
    state = case({one: n for n, one in enumerate(STATES)}, value=FindingRow.state)
    by: dict[Sort, Any] = {
        "due": FindingRow.due_at,
        "found": FindingRow.found_at,
        "severity": rank,
        "site": SiteRow.position,
        "owner": func.coalesce(FindingRow.owner, ""),
        "number": FindingRow.number,
        "state": state,
    }
    chosen = by[wanted.sort]
    first = chosen.desc() if wanted.falling else chosen
    return first, FindingRow.due_at, FindingRow.id


def _lines(
    session: Session, wanted: Wanted, query: Select[*tuple[Any, ...]], now: datetime
) -> Iterator[Line]:
    names = people_names(session, wanted.organisation)
    rows = session.execute(query).all()
    marks = finding_marks(session, [row.id for row, _key, _name in rows])
    for row, site, site_name in rows:
        is_open = row.state != "closed"
        yield Line(
            row.id,
            row.number,
            row.title,
            site,
            site_name,
            row.severity,
            row.major_hazard,
            row.state,
            row.rule,
            row.owner,
            person_text(names, row.owner) if row.owner else None,
            row.found_at,
            row.due_at,
            row.first_due_at,
            is_open and row.due_at < now,
            is_open and row.first_due_at < now,
            marks.get(row.id, Marks()),
        )
