"""Look at the year of drills, or at one of them, as far as somebody may."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspections.drills.planners import is_seen
from inspections.drills.records import occurrence_states, year_records
from inspections.drills.required import required_drills
from inspections.drills.viewing import Viewing
from inspections.drills.year import DrillView, DrillYear
from inspections.editing import Editor
from inspections.errors import NotFound
from inspections.importing import load_from_record
from inspections.lookup import site_ids
from inspections.models import DrillProgrammeRow, DrillRow, DrillServesRow, DutyRow, SiteRow
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text

_DRILL = Text(zh="演练", en="drill")


def year_of(  # noqa: PLR0913 (all but the first four are named at the call)
    session: Session,
    rulebook: RuleBook,
    organisation_id: str,
    year: int,
    *,
    by: Editor,
    now: datetime,
    sites: Sequence[str] = (),
) -> DrillYear:
    """
    Return the year as *by* may see it, of the sites in scope, or of those among *sites*.

    Raises:
        NotFound: If there is no such organisation.
    """
    organisation = load_from_record(session, organisation_id, sites=sites)
    shown = tuple(
        site for site in organisation.sites if by.sees(site.id) and (not sites or site.id in sites)
    )
    part = organisation.model_copy(update={"sites": shown})
    return viewing_of(session, rulebook, part, year, by, now).whole(shown)


def drill_of(
    session: Session, rulebook: RuleBook, drill_id: int, *, by: Editor, now: datetime
) -> DrillView:
    """
    Return one drill.

    Raises:
        NotFound: If the organisation has none with this id, it is out of scope, or *by* may not
            know of it.
    """
    _, viewing, row = look(session, rulebook, drill_id, by=by, now=now)
    return viewing.view(row)


def find(
    session: Session, drill_id: int, *, by: Editor, now: datetime
) -> tuple[DrillProgrammeRow, DrillRow]:
    """
    Return the drill with its programme.

    Raises:
        NotFound: If the organisation has none with this id, it is out of scope, or *by* may not
            know of it.
    """
    row = session.get(DrillRow, drill_id)
    if row is None:
        raise NotFound(_DRILL, drill_id)
    programme = session.get_one(DrillProgrammeRow, row.programme_id)
    site = session.get_one(SiteRow, row.site_id)
    mine = programme.organisation_id == by.organisation and by.sees(site.key)
    if not mine or not is_seen(row, by, now=now):
        raise NotFound(_DRILL, drill_id)
    return programme, row


def look(
    session: Session, rulebook: RuleBook, drill_id: int, *, by: Editor, now: datetime
) -> tuple[Organisation, Viewing, DrillRow]:
    """
    Return the drill with its organisation and a look at its year.

    Raises:
        NotFound: If the organisation has none with this id, it is out of scope, or *by* may not
            know of it.
    """
    programme, row = find(session, drill_id, by=by, now=now)
    keys = _sites_of(session, row)
    organisation = load_from_record(session, programme.organisation_id, sites=keys)
    sites = tuple(site for site in organisation.sites if site.id in keys)
    part = organisation.model_copy(update={"sites": sites})
    return part, viewing_of(session, rulebook, part, programme.year, by, now), row


def _sites_of(session: Session, drill: DrillRow) -> frozenset[str]:
    """Return the keys of the sites that take part in a drill."""
    serving = (
        select(DutyRow.site_id)
        .join(DrillServesRow, DrillServesRow.duty_id == DutyRow.id)
        .where(DrillServesRow.drill_id == drill.id)
    )
    taking_part = or_(SiteRow.id == drill.site_id, SiteRow.id.in_(serving))
    return frozenset(session.scalars(select(SiteRow.key).where(taking_part)))


def seen_again(
    session: Session, rulebook: RuleBook, drill_id: int, *, by: Editor, now: datetime
) -> DrillView:
    """Return the drill as it stands after a change."""
    _, viewing, row = look(session, rulebook, drill_id, by=by, now=now)
    return viewing.view(row)


def viewing_of(  # noqa: PLR0913, PLR0917 (the parts of one look)
    session: Session,
    rulebook: RuleBook,
    organisation: Organisation,
    year: int,
    by: Editor,
    now: datetime,
) -> Viewing:
    """Return a look at a year of the organisation, or of the part of it that is given."""
    book = rulebook.for_organisation(organisation)
    required = required_drills(session, book, organisation, year, now=now)
    sites = site_ids(session, organisation)
    records = year_records(session, organisation.id, year, sites=sites)
    first = datetime.combine(date(year, 1, 1), time(), ZoneInfo(organisation.time_zone))
    states = occurrence_states(session, {one.duty for one in required}, first)
    return Viewing(session, book, organisation, year, by, now, records, required, states)
