"""
Plan a year of drills: look, propose, move, pin, cancel, publish, and take back.

*rulebook* is the built-in one with what the organisation published (`rulebook_for`). *by* says
who looks or acts: planners are administrators and safety officers; everybody else sees what is
published, and of unannounced drills nothing before they start. Nothing is committed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from inspections.draw_secret import drill_secret
from inspections.drills.breaches import Breach, BreaksRules
from inspections.drills.changing import figures, note_year
from inspections.drills.looking import drill_of, year_of
from inspections.drills.moves import (
    cancel,
    check_move,
    check_moves,
    move,
    pin,
    take_back_move,
)
from inspections.drills.planners import DrillBegun, NotPlanner, YearChanged, may_plan
from inspections.drills.problems import Problems
from inspections.drills.proposing import Found, Proposed, Proposing
from inspections.drills.publishing import Published, publish, withdraw
from inspections.drills.records import known, occurrence_states, year_records
from inspections.drills.required import required_drills
from inspections.drills.settings import DrillSettings, settings_from
from inspections.drills.settings_checks import check_settings
from inspections.editing import Editor
from inspections.errors import NotFound
from inspections.importing import load_from_record
from inspections.models import DrillProgrammeRow, DrillRow, DrillServesRow, SiteRow
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text

__all__ = [
    "Breach",
    "BreaksRules",
    "DrillBegun",
    "NotPlanner",
    "Published",
    "YearChanged",
    "cancel",
    "check_move",
    "check_moves",
    "drill_of",
    "move",
    "pin",
    "propose",
    "publish",
    "take_back_move",
    "withdraw",
    "year_of",
]
Progress = Callable[[int, int], None]
# Thousandths of CP-SAT's deterministic second, for a site and for all.
_FEWEST_STEPS, _MOST_STEPS, _ALL_STEPS = 10, 50, 4_000


def propose(  # noqa: PLR0913 (all but the first four are named at the call)
    session: Session,
    rulebook: RuleBook,
    organisation_id: str,
    year: int,
    *,
    by: Editor,
    now: datetime,
    settings: DrillSettings | None = None,
    steps: int | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Proposed:
    """
    Find days for the drills that have none; what is published, pinned or held stays.

    Earlier proposals that nobody pinned are replaced. With *settings*, these count from now on.
    Days are the planner's from tomorrow on. The solver takes so many *steps* for each site; where
    not given, many sites share what a few take.

    Raises:
        NotPlanner: If the role does not plan drills.
        NotFound: If there is no such organisation.
        InputInvalid: If the settings name a rule that is none, or that demands an announcement.
    """
    may_plan(by)
    organisation = _in_scope(load_from_record(session, organisation_id), by)
    book = rulebook.for_organisation(organisation)
    if settings is not None:
        check_settings(settings, book)
    programme = _programme(session, organisation.id, year, settings)
    _drop_proposals(session, programme, organisation)
    required = required_drills(session, book, organisation, year, now=now)
    records = year_records(session, organisation.id, year)
    zone = ZoneInfo(organisation.time_zone)
    first = datetime.combine(date(year, 1, 1), time(), zone)
    states = occurrence_states(session, {one.duty for one in required}, first)
    facts = known(session, records, states, zone=zone, now=now)
    chosen = settings_from(programme.settings)
    problems = Problems(organisation, year, chosen, facts)
    secret = drill_secret(session, organisation.id, year, now=now)
    each = steps or max(_FEWEST_STEPS, min(_MOST_STEPS, _ALL_STEPS // len(organisation.sites)))
    found = Proposing(organisation, problems, secret, each, progress).propose(required)
    found = replace(found, found=_shuffled(found.found, secret))
    _store(session, programme, found, by=by, now=now)
    return found


def _shuffled(found: Sequence[Found], secret: str) -> tuple[Found, ...]:
    """
    Return what is announced by day, and then what is not in an order that says nothing.

    Numbers of rows stand in addresses: one that is missing between two others that everybody
    sees would tell between which days a surprise comes.
    """

    def lot(one: Found) -> str:
        return sha256(f"{secret}|{one.site}|{one.kind}|{one.starts_at}".encode()).hexdigest()

    announced = (one for one in found if not one.hidden)
    return (*announced, *sorted((one for one in found if one.hidden), key=lot))


def _in_scope(organisation: Organisation, by: Editor) -> Organisation:
    sites = tuple(site for site in organisation.sites if by.sees(site.id))
    if by.organisation != organisation.id or not sites:
        raise NotFound(Text(zh="单位", en="organisation"), organisation.id)
    return organisation.model_copy(update={"sites": sites})


def _programme(
    session: Session, organisation_id: str, year: int, settings: DrillSettings | None
) -> DrillProgrammeRow:
    mine = {"organisation_id": organisation_id, "year": year}
    row = session.scalars(select(DrillProgrammeRow).filter_by(**mine)).one_or_none()
    if row is None:
        chosen = settings or DrillSettings()
        row = DrillProgrammeRow(settings=chosen.as_data(), missing=[], idle={}, revision=0, **mine)
        session.add(row)
        session.flush()
    elif settings is not None:
        row.settings = settings.as_data()
    return row


def _drop_proposals(
    session: Session, programme: DrillProgrammeRow, organisation: Organisation
) -> None:
    keys = [site.id for site in organisation.sites]
    sites = select(SiteRow.id).where(
        SiteRow.organisation_id == organisation.id, SiteRow.key.in_(keys)
    )
    gone = select(DrillRow.id).where(
        DrillRow.programme_id == programme.id,
        DrillRow.state == "proposed",
        DrillRow.pinned.is_(False),
        DrillRow.site_id.in_(sites),
    )
    session.execute(delete(DrillServesRow).where(DrillServesRow.drill_id.in_(gone)))
    session.execute(delete(DrillRow).where(DrillRow.id.in_(gone)))
    session.flush()
    session.expire_all()


def _store(
    session: Session,
    programme: DrillProgrammeRow,
    proposed: Proposed,
    *,
    by: Editor,
    now: datetime,
) -> None:
    ids = _site_ids(session, programme.organisation_id)
    rows = [_row(programme.id, ids[one.site], one) for one in proposed.found]
    session.add_all(rows)
    session.flush()
    session.add_all(
        DrillServesRow(drill_id=row.id, duty_id=one.duty, period=one.period)
        for row, found in zip(rows, proposed.found, strict=True)
        for one in found.serves
    )
    session.add_all(
        DrillServesRow(drill_id=drill, duty_id=one.duty, period=one.period)
        for drill, one in proposed.joined
    )
    programme.missing = [
        {
            "duty": one.wanted.duty,
            "period": one.wanted.period,
            "reason": {"zh": one.reason.zh, "en": one.reason.en},
            "proved": one.proved,
        }
        for one in proposed.short
    ]
    programme.idle = {site: list(keys) for site, keys in proposed.idle.items()}
    programme.proposed_at, programme.proposed_by = now, by.by
    programme.revision += 1
    session.flush()
    note_year(session, programme, "drills.proposed", figures(rows), by=by, now=now)


def _row(programme: int, site: int, found: Found) -> DrillRow:
    return DrillRow(
        programme_id=programme,
        site_id=site,
        kind=found.kind,
        on=found.on,
        starts_at=found.starts_at,
        minutes=found.minutes,
        hidden=found.hidden,
        state="proposed",
        pinned=False,
        leader=found.leader,
        scenario=found.scenario,
        shift=found.shift,
        building=found.building,
        avoids=[{"zh": text.zh, "en": text.en} for text in found.avoids],
    )


def _site_ids(session: Session, organisation_id: str) -> dict[str, int]:
    query = select(SiteRow.key, SiteRow.id).filter_by(organisation_id=organisation_id)
    return {row.key: row.id for row in session.execute(query)}
