"""Weather warnings that the site recorded, as events while they hold."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspections.models import SiteEventRow
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Targets
from rules.event import Event
from rules.event_names import event_name
from rules.rulebook import RuleBook
from rules.text import Text

WARNING = "weather-warning"
# A warning that nobody ended is taken to hold for so long, as forecasts do.
LASTS = timedelta(hours=24)


class WeatherEvents:
    """Turns the weather warnings of one organisation into events as of an instant."""

    def __init__(
        self, session: Session, rulebook: RuleBook, targets: Targets, *, now: datetime
    ) -> None:
        self._session, self._rulebook, self._targets = session, rulebook, targets
        self._now = now

    def recent(self) -> Iterator[Happening]:
        """Yield the warnings that hold, and those that ended within the last day."""
        query = (
            select(SiteEventRow)
            .filter_by(organisation_id=self._targets.organisation_id, kind=WARNING, ended_on=None)
            .where(SiteEventRow.at <= self._now)
            .where(
                or_(
                    SiteEventRow.at >= self._now - 2 * LASTS,
                    SiteEventRow.until >= self._now - LASTS,
                )
            )
            .order_by(SiteEventRow.at, SiteEventRow.id)
        )
        for row in self._session.scalars(query):
            yield self._happening(row)

    def _happening(self, row: SiteEventRow) -> Happening:
        site = self._targets.site(row.site)
        concerned = self._targets.of(site, "site", site.key)
        until = row.until or row.at + LASTS
        facts = {**concerned.facts, **row.facts, "weather.active": row.at <= self._now < until}
        event = Event(
            "weather", f"weather/{row.key}", site.key, "site", concerned.target, row.at, facts
        )
        name = row.note or event_name(row.kind)
        about = Text(zh=f"{site.name.zh}{name.zh}", en=f"{site.name.en}, {name.en}")
        return Happening(event, about=about, subject=f"{row.kind}-{row.key}")
