"""Several reactions that ask for the same thing on one event: what is strict enough for all."""

from collections.abc import Iterable
from functools import reduce
from typing import get_args

from rules.checklist import Severity
from rules.durations import Duration
from rules.reactions import Do, OpenFinding, RaiseStaffing, StartTask

SEVERITIES: tuple[Severity, ...] = get_args(Severity)


def strictest(asked: Iterable[Do]) -> Do:
    """
    Return one consequence that satisfies all of *asked*, which are of one kind and id.

    Words and people are those of the first; severity is the worst, deadlines are the shortest,
    waiting times and headcounts the largest.
    """
    return reduce(_both, asked)


def _both(one: Do, other: Do) -> Do:
    if isinstance(one, OpenFinding) and isinstance(other, OpenFinding):
        return one.model_copy(
            update={
                "severity": max(one.severity, other.severity, key=SEVERITIES.index),
                "deadline": shorter(one.deadline, other.deadline),
                "major_hazard": one.major_hazard or other.major_hazard,
            }
        )
    if isinstance(one, StartTask) and isinstance(other, StartTask):
        waits = longer(one.not_before, other.not_before)
        return one.model_copy(
            update={"within": shorter(one.within, other.within), "not_before": waits}
        )
    if isinstance(one, RaiseStaffing) and isinstance(other, RaiseStaffing):
        return one.model_copy(
            update={
                "minimum": max(one.minimum, other.minimum),
                "hours": longer(one.hours, other.hours),
            }
        )
    return one


def raised(do: OpenFinding, severity: Severity, within: Duration) -> OpenFinding:
    """
    Return a finding as somebody on the spot makes it graver; one that is no graver changes nothing.

    *within* is what the house grants at that severity. The shorter of the two limits counts; where
    it is the house's, the finding names none of its own.
    """
    if SEVERITIES.index(severity) <= SEVERITIES.index(do.severity):
        return do
    limit = do.deadline if do.deadline and shorter(within, do.deadline) != within else None
    return do.model_copy(update={"severity": severity, "deadline": limit})


def shorter(one: Duration | None, other: Duration | None) -> Duration | None:
    """Return the shorter of two limits; a limit is shorter than none."""
    if one is None or other is None:
        return one or other
    return other if other.about_minutes < one.about_minutes else one


def longer(one: Duration | None, other: Duration | None) -> Duration | None:
    """Return the longer of two waiting times; a waiting time is longer than none."""
    if one is None or other is None:
        return one or other
    return other if other.about_minutes > one.about_minutes else one
