"""The file argument that the roster commands share."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rules.faults import InputInvalid
from web.cli.output import refuse

if TYPE_CHECKING:
    from scheduler.roster.core.problem import CoreProblem

PROBLEM = click.argument("file", type=click.Path(path_type=Path))


def problem_in(file: Path, *, as_json: bool) -> "CoreProblem":
    """Return the problem in *file*; print its faults and leave with status 2 if it has any."""
    from scheduler.roster.formats.reading import read_problem

    try:
        return read_problem(file)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
