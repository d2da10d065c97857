"""The legal horizon: windows that open, certificates that expire, rules that take effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.feeds.item import FeedItem, Who
from inspections.feeds.occurrences import site_names
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import Scope
from inspections.models import CertificateRow, DutyRow, OccurrenceRow, PersonRow
from inspections.person_titles import person_titles
from inspections.rounds.names import target_names
from rules.pack import Rule
from rules.text import Text

# Shorter windows are everyday work, not horizon.
SHORTEST_WINDOW = timedelta(days=20)
_Rows = Sequence[Any]
_CLOSES = Text(zh="截止", en="Closes")
_NUMBER = Text(zh="证书编号", en="Certificate number")


@dataclass(frozen=True)
class HorizonRows:
    """What the items are made of; equal rows, and equal rules, make equal items."""

    windows: _Rows
    certificates: _Rows


def horizon_rows(session: Session, scope: Scope, kinds: RuleKinds) -> HorizonRows:
    """Return the rows of what a link shows of the legal horizon."""
    if scope.choices.shows != "horizon":
        return HorizonRows([], [])
    return HorizonRows(_windows(session, scope, kinds), _certificates(session, scope))


def horizon_items(
    session: Session, scope: Scope, kinds: RuleKinds, rows: HorizonRows
) -> list[FeedItem]:
    """Return the items of *rows*, and of the rules that take effect inside the window."""
    if scope.choices.shows != "horizon":
        return []
    titles = person_titles().certificates
    return [
        *_openings(session, scope, kinds, rows.windows),
        *(_expiry(row, titles, scope) for row in rows.certificates),
        *_beginnings(scope, kinds),
    ]


def _windows(session: Session, scope: Scope, kinds: RuleKinds) -> _Rows:
    query = (
        select(
            OccurrenceRow.id,
            OccurrenceRow.site_id,
            OccurrenceRow.opens_at,
            OccurrenceRow.due_at,
            DutyRow.rule,
            DutyRow.target_kind,
            DutyRow.target,
        )
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .where(DutyRow.organisation_id == scope.organisation)
        .where(DutyRow.rule.in_(sorted(kinds.rare - kinds.unannounced)))
        .where(OccurrenceRow.opens_at >= scope.since, OccurrenceRow.opens_at < scope.until)
        .where(OccurrenceRow.hidden_until.is_(None), OccurrenceRow.state != "cancelled")
        .order_by(OccurrenceRow.opens_at, OccurrenceRow.id)
    )
    if scope.site is not None:
        query = query.where(OccurrenceRow.site_id == scope.site)
    return [row for row in session.execute(query) if row.due_at - row.opens_at >= SHORTEST_WINDOW]


def _certificates(session: Session, scope: Scope) -> _Rows:
    query = (
        select(
            CertificateRow.id,
            CertificateRow.kind,
            CertificateRow.number,
            CertificateRow.until,
            PersonRow.key,
            PersonRow.name,
            PersonRow.sites,
        )
        .join(PersonRow, PersonRow.id == CertificateRow.person_id)
        .where(PersonRow.organisation_id == scope.organisation, PersonRow.ended_on.is_(None))
        .where(CertificateRow.ended_on.is_(None))
        .where(CertificateRow.until >= scope.since.astimezone(scope.zone).date())
        .where(CertificateRow.until < scope.until.astimezone(scope.zone).date())
        .order_by(CertificateRow.until, CertificateRow.id)
    )
    site = scope.choices.site
    return [row for row in session.execute(query) if not site or not row.sites or site in row.sites]


def _openings(session: Session, scope: Scope, kinds: RuleKinds, rows: _Rows) -> list[FeedItem]:
    where = [(row.site_id, row.target_kind, row.target) for row in rows]
    names = target_names(session, where)
    sites = site_names(session, {row.site_id for row in rows})
    found = []
    for row, target in zip(rows, where, strict=True):
        closes = f"{row.due_at.astimezone(scope.zone):%Y-%m-%d %H:%M}"
        found.append(
            FeedItem(
                kind="opening",
                key=f"opening-{row.id}",
                known_at=None,
                site=sites[row.site_id],
                place=names[target],
                state="ahead",
                path=f"/occurrences/{row.id}",
                title=kinds.title(row.rule),
                clause=kinds.clause(row.rule),
                day=row.opens_at.astimezone(scope.zone).date(),
                facts=((_CLOSES, Text(zh=closes, en=closes)),),
            )
        )
    return found


def _expiry(row: Any, titles: Any, scope: Scope) -> FeedItem:
    number = ((_NUMBER, Text(zh=row.number, en=row.number)),) if row.number else ()
    return FeedItem(
        kind="certificate",
        key=f"certificate-{row.id}",
        known_at=None,
        site=scope.name,
        place=row.name,
        state="ahead",
        path=f"/manage/people/{row.key}",
        title=titles.get(row.kind) or Text(zh=row.kind, en=row.kind),
        day=row.until,
        who=(Who(row.key, row.name),),
        facts=number,
    )


def _beginnings(scope: Scope, kinds: RuleKinds) -> list[FeedItem]:
    since, until = (at.astimezone(scope.zone).date() for at in (scope.since, scope.until))
    return [
        FeedItem(
            kind="rule",
            key=f"rule-{rule.id}-{day}",
            known_at=None,
            site=scope.name,
            place=scope.name,
            state="ahead",
            path=f"/rules/{rule.id}",
            title=rule.title,
            clause=kinds.clause(rule.id),
            day=day,
        )
        for rule in kinds.rulebook.rules.values()
        for day in sorted(_first_days(rule))
        if since <= day < until
    ]


def _first_days(rule: Rule) -> set[date]:
    """Return the days on which the rule or another version of it takes effect."""
    days = {version.since for version in rule.versions}
    if rule.effective.on and rule.effective.precision == "day":
        days.add(rule.effective.on)
    return days
