"""Put the year of drills together for one viewer, without what they may not know of yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.drills.day_notes import DayNotes
from inspections.drills.kinds import kind_title
from inspections.drills.planners import is_planner, is_seen
from inspections.drills.records import Key, YearRecords
from inspections.drills.required import Required, asks_for_drills
from inspections.drills.settings import DrillSettings, settings_from
from inspections.drills.year import (
    REPORT_WITHIN,
    ClosedSpan,
    DrillView,
    DrillYear,
    KindYear,
    Missing,
    Served,
    SiteYear,
    Window,
    closed_spans,
    count_windows,
    drill_state,
    window_state,
)
from inspections.editing import Editor
from inspections.models import DrillRow, PersonRow, SiteRow
from rules.organisation.model import Organisation, Site
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.workdays import WorkCalendar


@dataclass
class Viewing:
    """
    One look at a year.

    Attributes:
        organisation: With the sites looked at alone, or with more.
        required: The drills that duties ask for, at the sites looked at.
        states: Row id and state of the stored occurrences behind them.
    """

    session: Session
    rulebook: RuleBook
    organisation: Organisation
    year: int
    by: Editor
    now: datetime
    records: YearRecords
    required: tuple[Required, ...]
    states: Mapping[Key, tuple[int, str]]

    def __post_init__(self) -> None:
        self._zone = ZoneInfo(self.organisation.time_zone)
        self._wanted = {one.key: one for one in self.required}
        self._sites = {site.id: site for site in self.organisation.sites}
        self._people = self._names()
        self._keys = self._site_keys()

    @property
    def today(self) -> date:
        """Today on the organisation's clock."""
        return self.now.astimezone(self._zone).date()

    @property
    def settings(self) -> DrillSettings:
        """What planners chose."""
        programme = self.records.programme
        return settings_from(programme.settings if programme else {})

    def calendar(self, site: Site) -> WorkCalendar:
        """Return the working calendar of *site*."""
        zone, country = self.organisation.time_zone, self.organisation.country
        return WorkCalendar(site.calendar, time_zone=zone, country=country)

    def whole(self, sites: Sequence[Site]) -> DrillYear:
        """Return the year of *sites*."""
        drills = tuple(self.drills({site.id for site in sites}))
        programme = self.records.programme
        can_plan = is_planner(self.by)
        return DrillYear(
            organisation=self.organisation.id,
            year=self.year,
            today=self.today,
            can_plan=can_plan,
            revision=programme.revision if programme else 0,
            settings=self.settings if can_plan else replace(self.settings, hidden=frozenset()),
            sites=tuple(self._site(site, drills) for site in sites),
            drills=drills,
            missing=self._missing() if can_plan else (),
            proposed_at=programme.proposed_at if programme and can_plan else None,
            published_at=programme.published_at if programme else None,
            planned_duties=bool(self.required)
            or asks_for_drills(self.session, self.rulebook, self.organisation.id),
        )

    def drills(self, sites: set[str]) -> Sequence[DrillView]:
        """Return the drills at *sites* that the viewer may know of, by start."""
        views = (
            self.view(drill)
            for drill in self.records.drills
            if is_seen(drill, self.by, now=self.now)
        )
        return [view for view in views if sites & set(view.sites)]

    def view(self, drill: DrillRow) -> DrillView:
        """Return one drill as pages show it."""
        served = tuple(self._served(key) for key in self.records.serves.get(drill.id, ()))
        known = tuple(one for one in served if one is not None)
        report = self.records.reports.get(drill.id)
        lead, lead_name = self._keys[drill.site_id]
        ends = drill.starts_at + timedelta(minutes=drill.minutes)
        state = drill_state(drill, report, known, now=self.now)
        return DrillView(
            id=drill.id,
            site=lead,
            site_name=lead_name,
            sites=tuple(dict.fromkeys([lead, *self.records.sites.get(drill.id, ())])),
            kind=drill.kind,
            title=kind_title(self.rulebook, drill.kind),
            on=drill.on,
            starts_at=drill.starts_at,
            ends_at=ends,
            minutes=drill.minutes,
            state=state,
            hidden=drill.hidden,
            pinned=drill.pinned,
            leader=drill.leader,
            leader_name=self._people.get(drill.leader or ""),
            scenario=drill.scenario,
            shift=drill.shift,
            building=drill.building,
            serves=known,
            avoids=tuple(Text(zh=one["zh"], en=one["en"]) for one in drill.avoids),
            report_due_at=ends + REPORT_WITHIN,
            reported=report is not None,
            can_move=state in {"proposed", "scheduled"} and drill.starts_at > self.now,
            moved=drill.moved_from is not None,
            note=drill.note,
            present=report.present if report else None,
            expected=report.expected if report else None,
            seconds=report.seconds if report else None,
            shortcomings=self.records.shortcomings.get(drill.id, 0),
        )

    def _served(self, key: Key) -> Served | None:
        wanted = self._wanted.get(key)
        if wanted is None:
            return None
        occurrence, state = self.states.get(key, (None, None))
        return Served(wanted, state, occurrence)

    def _site(self, site: Site, drills: Sequence[DrillView]) -> SiteYear:
        serving = {one.wanted.key: drill for drill in drills for one in drill.serves
                   if drill.state != "cancelled"}  # fmt: skip
        by_kind: defaultdict[str, list[Required]] = defaultdict(list)
        for one in self.required:
            if one.site == site.id:
                by_kind[one.kind].append(one)
        mine = [drill for drill in drills if site.id in drill.sites]
        programme = self.records.programme
        idle = programme.idle.get(site.id, ()) if programme and is_planner(self.by) else ()
        return SiteYear(
            key=site.id,
            name=site.name,
            kinds=tuple(
                self._kind(kind, wanted, serving, [one for one in mine if one.kind == kind])
                for kind, wanted in by_kind.items()
            ),
            closed=self._closed(site),
            idle=tuple(self._people.get(key, Text(zh=key, en=key)) for key in idle),
        )

    def _kind(
        self,
        kind: str,
        wanted: Sequence[Required],
        serving: Mapping[Key, DrillView],
        drills: Sequence[DrillView],
    ) -> KindYear:
        windows = tuple(self._window(one, serving.get(one.key)) for one in wanted)
        by_duty: defaultdict[int, int] = defaultdict(int)
        for one in wanted:
            by_duty[one.duty] += 1
        states = [drill.state for drill in drills]
        return KindYear(
            kind=kind,
            title=kind_title(self.rulebook, kind),
            required=len(wanted),
            least=max(by_duty.values()),
            planned=sum(drill.scheduled_or_done for drill in drills),
            proposed=states.count("proposed"),
            done=states.count("done"),
            late=states.count("late"),
            missed=count_windows(windows, "missed"),
            excused=count_windows(windows, "excused"),
            windows=windows,
            drills=tuple(drill.id for drill in drills),
        )

    def _window(self, one: Required, drill: DrillView | None) -> Window:
        _, state = self.states.get(one.key, (None, None))
        shown = window_state(one, state, drill, today=self.today)
        return Window(one, one.since, one.until, shown, drill.id if drill else None)

    def _closed(self, site: Site) -> tuple[ClosedSpan, ...]:
        days = DayNotes(self.organisation, self.settings.seasons_in(self.organisation.country))
        notes = days.of(site, date(self.year, 1, 1), date(self.year, 12, 31))
        return closed_spans(
            {day: [(note.text, note.weight is not None) for note in some]
             for day, some in notes.items()}
        )  # fmt: skip

    def _missing(self) -> tuple[Missing, ...]:
        programme = self.records.programme
        serving = self.records.by_key()
        found = []
        for one in programme.missing if programme else ():
            key = (one["duty"], one["period"])
            wanted = self._wanted.get(key)
            if wanted is not None and key not in serving:
                reason = Text(zh=one["reason"]["zh"], en=one["reason"]["en"])
                name = self._sites[wanted.site].name
                found.append(Missing(wanted, name, reason, one["proved"]))
        return tuple(found)

    def _names(self) -> dict[str, Text]:
        query = select(PersonRow.key, PersonRow.name)
        mine = query.filter_by(organisation_id=self.organisation.id)
        return {row.key: row.name for row in self.session.execute(mine)}

    def _site_keys(self) -> dict[int, tuple[str, Text]]:
        query = select(SiteRow.id, SiteRow.key, SiteRow.name)
        rows = self.session.execute(query.filter_by(organisation_id=self.organisation.id))
        return {row.id: (row.key, row.name) for row in rows}
