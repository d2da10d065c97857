"""Trials that run beside the request, so that a page can tell how far one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from inspections.database import Sessions
from inspections.whatif import WhatIf, asking_of
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.whatif.applying import supposed
from scheduler.whatif.effect import Effect
from web.background import Job, jobs

_AREA = "whatif"


@dataclass
class Trial(Job):
    """
    One question with its answer, once it is there.

    Attributes:
        values: The form as it was filled in.
        organisations: As it stands and as it would stand, for names.
    """

    organisation_id: str
    question: WhatIf
    values: Mapping[str, str]
    effect: Effect | None = None
    organisations: tuple[Organisation, ...] = ()


def trial_of(key: str, account: str) -> Trial | None:
    """Return the trial with this key, if the account asked it and it is still kept."""
    return cast("Trial | None", jobs(_AREA).find(key, account))


def begin(trial: Trial, rulebook: RuleBook, sessions: Sessions, now: datetime) -> None:
    """Work on *trial* with a session of its own that writes nothing."""
    jobs(_AREA).add(trial)

    def work() -> None:
        with sessions() as session:
            asking = asking_of(
                session,
                rulebook,
                trial.organisation_id,
                trial.question,
                now=now,
                progress=trial.note,
            )
        changes = trial.question.changes
        after = supposed(asking.rulebook, asking.organisation, changes, since=asking.since)
        trial.organisations = asking.organisation, after.organisation
        trial.effect = asking.effect(changes)

    trial.begin(work)
