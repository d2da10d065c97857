"""The file argument that the roster commands share."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rules.faults import InputInvalid
from web.cli.output import refuse

if TYPE_CHECKING:
    from scheduler.roster.core.problem import CoreProblem
    from scheduler.roster.problem import RosterProblem

PROBLEM = click.argument("file", type=click.Path(path_type=Path))


def duty_roster_in(file: Path, *, as_json: bool) -> "RosterProblem | None":
    """Return the duty roster in *file*, nothing for other formats; leaves with 2 on its faults."""
    from inspections.person_titles import person_titles
    from scheduler.roster.formats.duty_reading import is_duty_roster, read_duty_roster
    from scheduler.roster.formats.reading import read_text

    try:
        if not is_duty_roster(read_text(file)):
            return None
        # Reasons name roles and certificates as the vocabulary does.
        return replace(read_duty_roster(file), titles=person_titles())
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)


def problem_in(file: Path, *, as_json: bool) -> "CoreProblem":
    """Return the problem in *file*; print its faults and leave with status 2 if it has any."""
    from scheduler.roster.formats.reading import read_problem

    try:
        return read_problem(file)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
