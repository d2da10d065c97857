"""Explanations of rosters on the terminal and as data."""

from typing import TYPE_CHECKING, Any

import click

from web.cli.output import print_json, say

if TYPE_CHECKING:
    from scheduler.roster.explain.told import Told


def finding_data(told: "Told") -> dict[str, Any]:
    """Return one thing that cannot be had as plain data."""
    return {
        "text": told.head.model_dump(),
        "places": [each.model_dump() for each in told.places],
        "conditions": [each.model_dump() for each in told.conditions],
        "proof": told.proof.model_dump(),
        "repairs": [{"text": each.model_dump()} for each in told.repairs],
        "scarce": told.scarce.model_dump() if told.scarce else None,
    }


def show(data: dict[str, Any], told: "list[Told]", *, as_json: bool) -> None:
    """Print the data, or each finding line by line."""
    from scheduler.roster.explain.told import lines_of

    if as_json:
        print_json(data)
        return
    for one in told:
        for line in lines_of(one):
            click.echo(say(line))
