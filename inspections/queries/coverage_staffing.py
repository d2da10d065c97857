"""How a rule that wants people on a post stands: by the roster that covers today."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import DutyRow, PostRow, RosterCellRow, RosterRunRow
from inspections.queries.coverage_cell import NO_ROSTER, NOBODY, DutyStanding
from rules.pack import RuleVersion


class Staffing:
    """Judges coverage rules by the newest roster of each site that covers today or later."""

    def __init__(
        self, session: Session, sites: Collection[int], now: datetime, zone: ZoneInfo
    ) -> None:
        self._session = session
        self._sites = sites
        self._zone = zone
        self._today = now.astimezone(zone).date()

    def standing(self, duty: DutyRow, version: RuleVersion | None) -> DutyStanding:
        """Return how the staffing *duty* stands; a site without a roster has a gap."""
        if duty.status != "binds":
            return DutyStanding(duty.id, "may-apply")
        run = self._runs.get(duty.site_id)
        wanted = version.coverage.post if version and version.coverage else None
        posts = self._posts.get((duty.site_id, wanted or ""), set())
        if run is None or not posts:
            return DutyStanding(duty.id, "gap", gap=NO_ROSTER)
        open_days = [day for post, day in self._open.get(run.id, ()) if post in posts]
        if open_days:
            at = datetime.combine(min(open_days), datetime.min.time(), self._zone)
            return DutyStanding(duty.id, "gap", gap=NOBODY, at=at)
        until = datetime.combine(run.until, datetime.min.time(), self._zone)
        return DutyStanding(duty.id, "scheduled", next_at=until)

    @cached_property
    def _runs(self) -> dict[int, RosterRunRow]:
        query = (
            select(RosterRunRow)
            .where(RosterRunRow.site_id.in_(self._sites), RosterRunRow.until >= self._today)
            .where(RosterRunRow.since <= self._today)
            .order_by(RosterRunRow.id)
        )
        return {row.site_id: row for row in self._session.scalars(query)}

    @cached_property
    def _posts(self) -> dict[tuple[int, str], set[str]]:
        query = select(PostRow.site_id, PostRow.key, PostRow.facts)
        found: dict[tuple[int, str], set[str]] = {}
        wanted = query.where(PostRow.site_id.in_(self._sites), PostRow.ended_on.is_(None))
        for site, key, facts in self._session.execute(wanted):
            found.setdefault((site, str(facts.get("post.kind"))), set()).add(key)
        return found

    @cached_property
    def _open(self) -> dict[int, list[tuple[str, date]]]:
        runs = [run.id for run in self._runs.values()]
        query = (
            select(RosterCellRow.roster_run_id, RosterCellRow.post, RosterCellRow.day)
            .where(RosterCellRow.roster_run_id.in_(runs), RosterCellRow.person_id.is_(None))
            .where(RosterCellRow.day >= self._today)
        )
        found: dict[int, list[tuple[str, date]]] = {}
        for run, post, day in self._session.execute(query):
            found.setdefault(run, []).append((post, day))
        return found
