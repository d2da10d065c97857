"""Record a weather warning, let what follows begin at once, and end it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.errors import NotFound, Refused
from inspections.lookup import site_by_key
from inspections.models import SiteEventRow, SiteRow, StaffingNeedRow
from inspections.reactions.sweeping import sweep_reactions
from inspections.reactions.weather_events import LASTS, WARNING
from rules.rulebook import RuleBook
from rules.text import Text
from rules.vocabulary import load_vocabulary

_SHOWN = timedelta(days=7)


class WarningOver(Refused):
    """A warning that ended already is ended again."""

    code = "warning-over"

    def __init__(self) -> None:
        super().__init__(
            Text(zh="该预警已经解除。", en="The warning has ended already. Nothing was changed.")
        )


@dataclass(frozen=True)
class WeatherWarning:
    """
    A warning.

    Attributes:
        until: When it ended or is taken to end.
        ended: Whether somebody ended it.
    """

    id: int
    site: str
    site_name: Text
    kind: Text
    level: Text | None
    at: datetime
    until: datetime
    ended: bool

    def holds(self, now: datetime) -> bool:
        """Tell whether it is in force."""
        return self.at <= now < self.until


def choices(fact: str) -> Mapping[str, Text]:
    """Return the admitted values of `weather.kind` or `weather.level` with their names."""
    return {choice.value: choice.title for choice in load_vocabulary()[fact].choices}


def record_warning(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    site: str,
    kind: str,
    level: str,
    by: str,
    now: datetime,
) -> int:
    """Record that a warning holds from now on at a site, and apply what follows."""
    row = site_by_key(session, organisation_id, site)
    count = session.scalar(
        select(func.count(SiteEventRow.id)).filter_by(organisation_id=organisation_id)
    )
    kinds, levels = choices("weather.kind"), choices("weather.level")
    words = Text(
        zh=f"{kinds[kind].zh}{levels[level].zh}预警",
        en=f"{levels[level].en} {kinds[kind].en.lower()} warning",
    )
    event = SiteEventRow(
        organisation_id=organisation_id,
        key=f"weather-{now:%Y%m%d-%H%M%S}-{count}",
        site=row.key,
        kind=WARNING,
        at=now,
        facts={"weather.kind": kind, "weather.level": level},
        note=words,
        position=count or 0,
    )
    session.add(event)
    warned = {"kind": kind, "level": level, "site": row.key, "note": words}
    _note(session, event, "weather.warned", (None, warned), by=by, now=now)
    session.flush()
    sweep_reactions(session, rulebook, organisation_id=organisation_id, now=now)
    return event.id


def end_warning(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    warning_id: int,
    *,
    organisation_id: str,
    sites: Collection[str] = (),
    by: str,
    now: datetime,
) -> None:
    """
    End a warning; what it opened stays, more people are asked for only until now.

    Raises:
        NotFound: If the organisation has none with this id, or none at one of *sites*, where any
            are named.
        WarningOver: If it ended already.
    """
    row = session.get(SiteEventRow, warning_id)
    if row is None or row.organisation_id != organisation_id or row.kind != WARNING:
        raise NotFound(Text(zh="预警", en="warning"), warning_id)
    if sites and row.site not in sites:
        raise NotFound(Text(zh="预警", en="warning"), warning_id)
    if row.until is not None:
        raise WarningOver
    row.until = now
    needs = select(StaffingNeedRow).filter_by(
        organisation_id=organisation_id, event_key=f"weather/{row.key}"
    )
    for need in session.scalars(needs):
        need.until = min(need.until, max(now, need.since))
    _note(session, row, "weather.ended", ({"until": None}, {"until": now}), by=by, now=now)
    session.flush()


def warnings(
    session: Session, organisation_id: str, *, sites: tuple[str, ...], now: datetime
) -> tuple[WeatherWarning, ...]:
    """Return the warnings of the last week, the newest first."""
    query = (
        select(SiteEventRow, SiteRow.name)
        .join(SiteRow, SiteRow.key == SiteEventRow.site)
        .where(SiteEventRow.organisation_id == organisation_id)
        .where(SiteRow.organisation_id == organisation_id)
        .where(SiteEventRow.ended_on.is_(None))
        .where(SiteEventRow.kind == WARNING, SiteEventRow.at >= now - _SHOWN)
        .order_by(SiteEventRow.at.desc(), SiteEventRow.id.desc())
    )
    rows = session.execute(query)
    return tuple(_warning(row, name) for row, name in rows if not sites or row.site in sites)


def _warning(row: SiteEventRow, name: Text) -> WeatherWarning:
    kinds, levels = choices("weather.kind"), choices("weather.level")
    unknown = row.note or Text(zh="天气预警", en="Weather warning")
    return WeatherWarning(
        id=row.id,
        site=row.site,
        site_name=name,
        kind=kinds.get(row.facts.get("weather.kind", ""), unknown),
        level=levels.get(row.facts.get("weather.level", "")),
        at=row.at,
        until=row.until or row.at + LASTS,
        ended=row.until is not None,
    )


def _note(  # noqa: PLR0913 (the parts of one entry)
    session: Session,
    row: SiteEventRow,
    action: str,
    values: tuple[dict[str, Any] | None, dict[str, Any]],
    *,
    by: str,
    now: datetime,
) -> None:
    before, after = values
    note_change(
        session,
        organisation=row.organisation_id,
        by=by,
        action=action,
        subject=f"event/{row.key}",
        before=before,
        after=after,
        now=now,
    )
