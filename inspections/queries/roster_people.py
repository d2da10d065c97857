"""The rows of a roster board: shifts, leave, certificates and hours of each person."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import (
    AbsenceRow,
    CertificateRow,
    DutyRow,
    PersonRow,
    PostRow,
    RosterCellRow,
    SiteRow,
)
from inspections.queries.roster_view import HourLimit, PersonWeek, ShiftView, Stand
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.roster.legal_limits import OVERTIME, LegalFigure, agreed_overtime

WEEK_LIMITS = ("week-hours", "week-hours-average")


class RosterPeople:
    """Everyone of a site who stands a shift or could."""

    def __init__(
        self,
        session: Session,
        rulebook: RuleBook,
        site: SiteRow,
        posts: list[PostRow],
        days: tuple[date, ...],
    ) -> None:
        self._session = session
        self._rulebook = rulebook
        self._site = site
        self._posts = posts
        self._days = days

    def rows(
        self, cells: list[RosterCellRow], shifts: Mapping[tuple[str, str], ShiftView]
    ) -> tuple[PersonWeek, ...]:
        """Return a row for each, those who stand a shift first."""
        stands: defaultdict[int, dict[date, list[Stand]]] = defaultdict(dict)
        for cell in cells:
            shift = shifts.get((cell.post, cell.shift))
            if cell.person_id is not None and shift is not None:
                stand = Stand(shift, cell.reason, cell.pinned)
                stands[cell.person_id].setdefault(cell.day, []).append(stand)
        people = [one for one in self._everyone() if one.id in stands or self._may_stand(one)]
        people.sort(key=lambda one: one.id not in stands)  # Who stands no shift comes last.
        ids = [one.id for one in people]
        away, held, limits = self._away(ids), self._held(ids), self._limits_of(people)
        return tuple(
            PersonWeek(
                one.key,
                one.name,
                held.get(one.id),
                {day: tuple(found) for day, found in stands[one.id].items()},
                away.get(one.id, {}),
                sum(s.shift.minutes for found in stands[one.id].values() for s in found),
                limits[one.key],
            )
            for one in people
        )

    def _everyone(self) -> list[PersonRow]:
        mine = {"organisation_id": self._site.organisation_id, "ended_on": None}
        query = select(PersonRow).filter_by(**mine).order_by(PersonRow.position)
        return [row for row in self._session.scalars(query) if self._site.key in row.sites]

    def _may_stand(self, person: PersonRow) -> bool:
        return any(set(post.roles) & set(person.roles) for post in self._posts if post.roles)

    def _away(self, ids: list[int]) -> dict[int, dict[date, Text]]:
        query = (
            select(AbsenceRow)
            .where(AbsenceRow.person_id.in_(ids), AbsenceRow.ended_on.is_(None))
            .where(AbsenceRow.since <= self._days[-1], AbsenceRow.until >= self._days[0])
        )
        found: defaultdict[int, dict[date, Text]] = defaultdict(dict)
        for row in self._session.scalars(query):
            for day in self._days:
                if row.since <= day <= row.until:
                    found[row.person_id][day] = row.reason
        return found

    def _held(self, ids: list[int]) -> dict[int, date]:
        """Return the first end among the newest certificates that the posts ask for."""
        wanted = {kind for post in self._posts for kind in post.qualifications}
        query = (
            select(CertificateRow)
            .where(CertificateRow.person_id.in_(ids), CertificateRow.kind.in_(wanted))
            .where(CertificateRow.ended_on.is_(None), CertificateRow.until.is_not(None))
        )
        newest: dict[tuple[int, str], date] = {}
        for row in self._session.scalars(query):
            key = (row.person_id, row.kind)
            newest[key] = max(newest.get(key, date.min), row.until or date.max)
        found: dict[int, date] = {}
        for (person, _kind), until in newest.items():
            found[person] = min(found.get(person, date.max), until)
        return found

    def _limits_of(self, people: list[PersonRow]) -> dict[str, HourLimit | None]:
        limits, figures = self._limits(), self._overtime_figures(people)
        found: dict[str, HourLimit | None] = {}
        for one in people:
            limit = limits.get(one.key) or limits.get(None)
            if limit is not None and not limit.average:
                limit = replace(limit, overtime=agreed_overtime(one.facts, figures[one.key]))
            found[one.key] = limit
        return found

    def _overtime_figures(self, people: list[PersonRow]) -> dict[str, list[LegalFigure]]:
        """Return what the law says of the overtime of each."""
        of_rules: defaultdict[str, list[LegalFigure]] = defaultdict(list)
        for rule in self._rulebook.rules.values():
            version = self._rulebook.version(rule, self._days[0])
            for one in version.limits if version else ():
                if one.name in OVERTIME and isinstance(one.value, (int, float)):
                    clause = self._rulebook.clause_text(rule)
                    of_rules[rule.id].append(LegalFigure(one.name, float(one.value), clause))
        query = select(DutyRow.rule, DutyRow.target).where(
            DutyRow.site_id == self._site.id,
            DutyRow.status == "binds",
            DutyRow.valid_until.is_(None),
            DutyRow.target_kind == "person",
            DutyRow.rule.in_(of_rules),
        )
        found: dict[str, list[LegalFigure]] = {one.key: [] for one in people}
        for bound, person in self._session.execute(query):
            if person in found:
                found[person] += of_rules[bound]
        return found

    def _limits(self) -> dict[str | None, HourLimit]:
        """Return the strictest weekly hours by person; under nothing those of the whole site."""
        query = select(DutyRow.rule, DutyRow.target_kind, DutyRow.target).where(
            DutyRow.site_id == self._site.id,
            DutyRow.status == "binds",
            DutyRow.valid_until.is_(None),
            DutyRow.target_kind.in_(("person", "site")),
            DutyRow.rule.in_(self._rules()),
        )
        found: dict[str | None, HourLimit] = {}
        for rule, kind, target in self._session.execute(query):
            who, limit = target if kind == "person" else None, self._rules()[rule]
            known = found.get(who)
            if known is None or (limit.average, limit.hours) < (known.average, known.hours):
                found[who] = limit
        return found

    def _rules(self) -> dict[str, HourLimit]:
        found: dict[str, HourLimit] = {}
        for rule in self._rulebook.rules.values():
            version = self._rulebook.version(rule, self._days[0])
            for limit in version.limits if version else ():
                if limit.name in WEEK_LIMITS and isinstance(limit.value, (int, float)):
                    average = limit.name == "week-hours-average"
                    clause = self._rulebook.clause_text(rule)
                    found[rule.id] = HourLimit(float(limit.value), clause, average)
        return found
