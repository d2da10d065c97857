"""Who else could do a check on the board, and what stops those who could not."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.board.standing import Check, Standing
from rules.text import Text
from scheduler.assignment.choices import choices_of


@dataclass(frozen=True)
class Candidate:
    """Somebody of the check's site."""

    key: str
    name: Text
    could: bool
    why: Text


def candidates(found: Standing, check: Check) -> tuple[Candidate, ...]:
    """Return everyone else of the site, those who could first, the fairest choice first."""
    names: Mapping[str, Text] = {worker.id: worker.name for worker in found.problem.workers}
    return tuple(
        Candidate(one.person, names[one.person], one.could, one.why)
        for one in choices_of(found.problem, found.plan, str(check.id))
    )
