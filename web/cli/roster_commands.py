"""`xunjian roster`: solve a rostering problem from a file, check a roster, explain its gaps."""

import click

from rules.text import Text
from web.cli.bilingual import Group
from web.cli.roster_check import check
from web.cli.roster_explain import explain
from web.cli.roster_solve import solve


@click.group(
    cls=Group,
    help=Text(
        zh="排班：谁在哪天上什么班。",
        en="Rosters: who works which shift on which day.",
    ),
)
def roster() -> None:
    """Name the group."""


roster.add_command(solve)
roster.add_command(check)
roster.add_command(explain)
