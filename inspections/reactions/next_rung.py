"""The next rung of the escalation ladder: when an overdue finding goes to whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import FindingRow, OrganisationRow, ReactionAppliedRow
from inspections.reactions.consequences import choice_of, consequences, reactor_of
from inspections.reactions.finding_events import FindingEvents
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Targets
from inspections.reactions.who import Standing, responsible
from rules.consequence import Consequence
from rules.reactions import Escalate
from rules.rulebook import RuleBook

# The ladders of every pack are shorter; what has taken its last rung is looked at no further.
_AHEAD = 21
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NextRung:
    """
    A rung that is not taken yet.

    Attributes:
        at: When the sweep takes it: as soon as its working day begins at the site, or at once.
        to: Key of the person; nothing where nobody holds the role.
    """

    at: datetime
    role: str
    rung: int
    to: str | None
    rule: str


class Ladder:
    """Looks ahead for findings of one organisation, with the very rules that the sweep asks."""

    def __init__(
        self, session: Session, rulebook: RuleBook, organisation_id: str, *, now: datetime
    ) -> None:
        self._session, self._rulebook, self._now = session, rulebook, now
        self._targets = Targets(session, organisation_id)
        organisation = session.get_one(OrganisationRow, organisation_id)
        choice = choice_of(session, organisation_id)
        self._reactor = reactor_of(rulebook, choice, organisation.time_zone)

    def next_rungs(self, rows: Iterable[FindingRow]) -> dict[int, NextRung]:
        """Return the next rung of each finding that has one within three weeks."""
        waiting = {row.id: row for row in rows if row.state in {"open", "in_progress"}}
        taken = self._taken(waiting)
        found: dict[int, NextRung] = {}
        for ahead in range(_AHEAD + 1):
            looked_at = [row for row in waiting.values() if self._is_worth_it(row, ahead)]
            for happening, at in self._at(looked_at, ahead):
                rung = self._first(happening, taken, at)
                if rung is not None and happening.finding is not None:
                    found[happening.finding] = rung
                    del waiting[happening.finding]
        return found

    def _taken(self, waiting: dict[int, FindingRow]) -> frozenset[str]:
        query = select(ReactionAppliedRow.key).where(
            ReactionAppliedRow.organisation_id == self._targets.organisation_id,
            ReactionAppliedRow.event_kind == "finding",
            ReactionAppliedRow.consequence["do"].as_string() == "escalate",
        )
        return frozenset(self._session.scalars(query)) if waiting else frozenset()

    def _events(self, at: datetime) -> FindingEvents:
        return FindingEvents(self._session, self._rulebook, self._targets, now=at)

    def _is_worth_it(self, row: FindingRow, ahead: int) -> bool:
        """A ladder counts working days, so nothing new comes on other days."""
        calendar = self._events(self._now).calendar(row.site_id)
        return ahead == 0 or calendar.is_working_day(self._day(row, ahead))

    def _day(self, row: FindingRow, ahead: int) -> date:
        zone = self._events(self._now).calendar(row.site_id).zone
        return self._now.astimezone(zone).date() + ahead * _DAY

    def _at(self, rows: list[FindingRow], ahead: int) -> Iterator[tuple[Happening, datetime]]:
        same: defaultdict[datetime, list[FindingRow]] = defaultdict(list)
        for row in rows:
            same[self._now if ahead == 0 else self._start(row, ahead)].append(row)
        for at, some in same.items():
            yield from ((happening, at) for happening in self._events(at).of(some))

    def _start(self, row: FindingRow, ahead: int) -> datetime:
        calendar = self._events(self._now).calendar(row.site_id)
        return datetime.combine(self._day(row, ahead), datetime.min.time(), calendar.zone)

    def _first(self, happening: Happening, taken: frozenset[str], at: datetime) -> NextRung | None:
        asked = consequences(self._reactor, happening)
        rungs = [one for one in asked if isinstance(one.do, Escalate) and one.key not in taken]
        if not rungs:
            return None
        return self._rung(min(rungs, key=_height), happening, at)

    def _rung(self, one: Consequence, happening: Happening, at: datetime) -> NextRung:
        do = one.do
        assert isinstance(do, Escalate)  # noqa: S101 (the caller chose by kind)
        finding = self._session.get_one(FindingRow, happening.finding)
        site = self._targets.by_id(finding.site_id)
        concerned = self._targets.nearest(site, asset=finding.asset, place=finding.place)
        on = at.astimezone(self._events(at).calendar(finding.site_id).zone).date()
        standing = Standing(concerned, happening.doer, on)
        to = finding.owner if do.to == "owner" else responsible(self._session, do.to, standing)
        return NextRung(at, do.to, do.rung, to, one.rule)


def _height(one: Consequence) -> int:
    return one.do.rung if isinstance(one.do, Escalate) else 0
