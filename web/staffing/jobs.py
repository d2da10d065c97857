"""Staffing questions, worked out beside the request; equal facts and rules are worked out once."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import cast

from inspections.staffing import Question, Stage, Truths, staffing_truths
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from web.background import Job, jobs

_AREA = "staffing"
# The search for the least staff; everything else takes what it takes.
SECONDS = 15.0
STAGES: tuple[Stage, ...] = ("forecast", "least", "away", "expiring", "posts")
_PARTS = 100


@dataclass
class Asked(Job):
    """One question about one organisation, as far as the person who asks sees it."""

    organisation: Organisation
    question: Question
    truths: Truths | None = None


def asked(
    account: str, rulebook: RuleBook, organisation: Organisation, question: Question
) -> Asked:
    """Return the answer, finished or on its way; it is begun where nobody began it."""
    facts = organisation.model_dump_json()
    days = f"{question.since}/{question.until}/{question.demand}"
    key = sha256(f"{account}/{rulebook.digest}/{days}/{facts}".encode()).hexdigest()[:32]
    known = cast("Asked | None", jobs(_AREA).find(key, account))
    if known is not None and not known.broken:
        return known
    job = Asked(account, organisation, question, key=key, steps=len(STAGES) * _PARTS)
    jobs(_AREA).add(job)

    def note(stage: Stage, done: int, every: int) -> None:
        before = STAGES.index(stage) * _PARTS
        job.note(before + _PARTS * done // max(every, 1), len(STAGES) * _PARTS)

    def work() -> None:
        job.truths = staffing_truths(
            rulebook.for_organisation(organisation),
            organisation,
            question,
            seconds=SECONDS,
            progress=note,
        )

    job.begin(work)
    return job


def is_too_long(since: date, until: date) -> bool:
    """Whether the page looks no further: a year at most, and at least one day."""
    return not 0 <= (until - since).days <= 366
