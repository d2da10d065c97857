"""A year of drills that is worked on beside the request, so that a page can tell how far it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from inspections.audit import coming_from, origin
from inspections.database import Sessions, start_writing
from inspections.drills.programme import propose
from inspections.drills.proposing import Proposed
from inspections.drills.settings import DrillSettings
from inspections.editing import Editor
from inspections.errors import Refused
from rules.rulebook import RuleBook
from rules.text import Text
from web.background import Job, jobs

_AREA = "drills"


@dataclass
class Proposal(Job):
    """
    One year being proposed, with what it came to.

    Attributes:
        by: Who asked, as a planner.
        site: Key of the one site that was looked at, to lead back to; empty for all.
        settings: What is to count from now on; nothing where it stays.
        refusal: Why it was not done.
    """

    by: Editor
    year: int
    site: str
    settings: DrillSettings | None
    result: Proposed | None = None
    refusal: Text | None = None


def found_proposal(key: str, account: str) -> Proposal | None:
    """Return the proposal with this key, if the account asked for it and it is still kept."""
    return cast("Proposal | None", jobs(_AREA).find(key, account))


def begin(job: Proposal, rulebook: RuleBook, sessions: Sessions, now: datetime) -> None:
    """Work on *job* beside the request; its changes are noted as coming from there."""
    jobs(_AREA).add(job)
    here = origin()

    def work() -> None:
        with coming_from(here), sessions() as session:
            start_writing(session)
            try:
                job.result = propose(
                    session,
                    rulebook,
                    job.by.organisation,
                    job.year,
                    by=job.by,
                    now=now,
                    settings=job.settings,
                    progress=job.note,
                )
                session.commit()
            except Refused as refusal:
                job.refusal = refusal.text

    job.begin(work)
