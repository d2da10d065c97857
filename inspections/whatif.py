"""Ask of the record what changes would come to; nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from inspections.last_performed import with_last_performed
from inspections.record_as_organisation import load_from_record
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.whatif.changes import Change
from scheduler.whatif.asking import Asking
from scheduler.whatif.effect import Effect

A_YEAR = timedelta(days=364)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class WhatIf:
    """
    Changes to try out together, in their order.

    Attributes:
        since: First day; today if not given.
        until: Last day, included; a year on if not given.
        sites: Keys of the sites asked about; empty means all of the organisation.
    """

    changes: tuple[Change, ...]
    since: date | None = None
    until: date | None = None
    sites: tuple[str, ...] = ()


def what_if(  # noqa: PLR0913 (all but the first four are named at the call)
    session: Session,
    rulebook: RuleBook,
    organisation_id: str,
    question: WhatIf,
    *,
    now: datetime,
    progress: Progress = lambda _done, _all: None,
) -> Effect:
    """
    Return the effect of *question* on duties, occurrences and staff.

    *rulebook* is the one that binds the organisation. Nothing is saved.

    Raises:
        InputInvalid: With every fault of every change.
        NotFound: If there is no such organisation.
    """
    asking = asking_of(session, rulebook, organisation_id, question, now=now, progress=progress)
    return asking.effect(question.changes)


def asking_of(  # noqa: PLR0913 (all but the first four are named at the call)
    session: Session,
    rulebook: RuleBook,
    organisation_id: str,
    question: WhatIf,
    *,
    now: datetime,
    progress: Progress = lambda _done, _all: None,
) -> Asking:
    """Return how the organisation stands, ready to be asked about changes over the same days."""
    organisation = within(load_from_record(session, organisation_id), question.sites)
    today = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    since = question.since or today
    return Asking(
        rulebook.for_organisation(organisation),
        with_last_performed(session, organisation, rulebook),
        since,
        question.until or since + A_YEAR,
        progress,
    )


def within(organisation: Organisation, sites: tuple[str, ...]) -> Organisation:
    """Return the organisation with these sites alone, where any are named, and their people."""
    if not sites:
        return organisation
    kept = tuple(site for site in organisation.sites if site.id in sites)
    people = tuple(each for each in organisation.people if set(each.sites) & set(sites))
    return organisation.model_copy(update={"sites": kept, "people": people})
