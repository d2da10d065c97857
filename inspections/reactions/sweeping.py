"""What the sweep looks at: everything that time alone brings about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from inspections.database import Sessions
from inspections.drills.applying import apply_drills
from inspections.models import OrganisationRow
from inspections.published_packs import rulebook_for
from inspections.reactions.drill_events import DrillEvents
from inspections.reactions.finding_events import FindingEvents
from inspections.reactions.happening import Happening
from inspections.reactions.health_events import HealthEvents
from inspections.reactions.missed_events import MissedEvents
from inspections.reactions.order_events import OrderEvents
from inspections.reactions.reacting import Applied, react_to
from inspections.reactions.targets import Targets
from inspections.reactions.weather_events import WeatherEvents
from inspections.samples.events import SampleEvents
from inspections.sweep import sweep
from rules.rulebook import RuleBook

_ID = OrganisationRow.id


@dataclass(frozen=True)
class Swept:
    """
    What a whole sweep came to.

    Attributes:
        missed: Ids of the occurrences that it marked.
        checked: How many had closed and were still open.
        applied: Consequences that were applied now.
    """

    missed: tuple[int, ...]
    checked: int
    applied: tuple[Applied, ...]


def sweep_everything(sessions: Sessions, rulebook: RuleBook, *, now: datetime) -> Swept:
    """
    Mark what was missed and apply what follows, organisation by organisation.

    Unannounced drills that have begun come to light with it.

    Each is a transaction of its own, so that nobody at a tablet waits for all of them. *rulebook*
    is the built-in one; what an organisation published itself is read beside it.
    """
    with sessions() as session:
        organisations = list(session.scalars(select(OrganisationRow.id).order_by(_ID)))
    missed: list[int] = []
    applied: list[Applied] = []
    checked = 0
    for organisation in organisations:
        found = _apart(sessions, rulebook, organisation, now)
        missed += found.missed
        checked += found.checked
        applied += found.applied
    return Swept(tuple(missed), checked, tuple(applied))


def _apart(sessions: Sessions, rulebook: RuleBook, organisation: str, now: datetime) -> Swept:
    """
    Sweep one organisation in a transaction of its own.

    Mostly there is nothing to write, so nobody waits while it reads. SQLite refuses what it would
    write where others wrote since: then all is done anew while they wait.
    """
    try:
        with sessions() as session:
            swept = _swept(session, rulebook, organisation, now)
            session.commit()
    except OperationalError:
        with sessions.begin() as session:
            swept = _swept(session, rulebook, organisation, now)
    return swept


def _swept(session: Session, rulebook: RuleBook, organisation: str, now: datetime) -> Swept:
    found = sweep(session, now=now, organisation_id=organisation)
    book = rulebook_for(session, organisation, rulebook)
    applied = sweep_reactions(session, book, organisation_id=organisation, now=now)
    apply_drills(session, organisation, now=now)
    return Swept(found.missed, found.checked, applied)


def sweep_reactions(
    session: Session, rulebook: RuleBook, *, organisation_id: str, now: datetime
) -> tuple[Applied, ...]:
    """
    Apply what follows from the record as of *now*: ladders, misses, samples, checks, orders.

    Running it again changes nothing; running it late catches up.
    """
    targets = Targets(session, organisation_id)
    events = list(_happenings(session, rulebook, targets, now))
    return react_to(session, rulebook, events, organisation_id=organisation_id, now=now)


def _happenings(
    session: Session, rulebook: RuleBook, targets: Targets, now: datetime
) -> Iterator[Happening]:
    samples = SampleEvents(session, rulebook, targets, now=now)
    yield from MissedEvents(session, rulebook, targets, now=now).recent()
    yield from samples.kept()
    yield from samples.meals()
    health = HealthEvents(session, rulebook, targets, now=now)
    yield from (each.happening for each in health.today())
    yield from OrderEvents(session, rulebook, targets, now=now).open_ones()
    yield from WeatherEvents(session, rulebook, targets, now=now).recent()
    yield from DrillEvents(session, rulebook, targets, now=now).recent()
    yield from FindingEvents(session, rulebook, targets, now=now).open_ones()
