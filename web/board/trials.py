"""Steps on the board that are tried or saved beside the request, so that a page tells how far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from inspections.audit import coming_from, origin
from inspections.board.steps import step_from_data
from inspections.board.trying import Outcome, take_step, try_step
from inspections.database import Session, Sessions, start_writing
from inspections.editing import Editor
from inspections.errors import Refused
from rules.rulebook import RuleBook
from web.background import Job, jobs

_AREA = "board"
# What planning goes through, in its order; the last one takes longest.
_STAGES = ("derive", "expand", "assign")


@dataclass
class Trial(Job):
    """
    One step with what it would come to, or with the change that it became.

    Attributes:
        step: As plain data.
        address: What names the board that it was made on.
        said: What to say above the preview, where it is shown once more.
        refusal: Why it is not possible at all.
    """

    step: Mapping[str, Any]
    address: Mapping[str, str]
    said: str = ""
    outcome: Outcome | None = None
    change: str = ""
    refusal: Refused | None = None


@dataclass(frozen=True)
class Worker:
    """Who plans on what, for work beside the request."""

    sessions: Sessions
    rulebook: RuleBook
    desk: Editor
    now: datetime


def trial_of(key: str, account: str) -> Trial | None:
    """Return the trial with this key, if the account made it and it is still kept."""
    return cast("Trial | None", jobs(_AREA).find(key, account))


def begin_trying(trial: Trial, worker: Worker) -> None:
    """Find out what the step would come to; nothing is kept."""

    def work(session: Session) -> None:
        trial.outcome = try_step(
            session,
            worker.rulebook,
            step_from_data(trial.step),
            desk=worker.desk,
            now=worker.now,
            progress=_noted(trial),
        )
        session.rollback()

    _begin(trial, worker, work)


def begin_saving(trial: Trial, worker: Worker, seen: str) -> None:
    """Save the step as it was seen."""

    def work(session: Session) -> None:
        change = take_step(
            session,
            worker.rulebook,
            step_from_data(trial.step),
            desk=worker.desk,
            seen=seen,
            now=worker.now,
            progress=_noted(trial),
        )
        session.commit()
        trial.change = change

    _begin(trial, worker, work)


def _begin(trial: Trial, worker: Worker, work: Callable[[Session], None]) -> None:
    jobs(_AREA).add(trial)
    trial.steps = len(_STAGES)
    where = origin()

    def run() -> None:
        with coming_from(where), worker.sessions() as session:
            try:
                start_writing(session)
                work(session)
            except Refused as refusal:
                trial.refusal = refusal

    trial.begin(run)


def _noted(trial: Trial) -> Callable[[str, int, int], None]:
    return lambda stage, _done, _whole: trial.note(_STAGES.index(stage), len(_STAGES))
