"""The record as commands open it."""

from typing import TYPE_CHECKING

import click

from rules.text import Text
from web.cli.output import refuse
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.database import Sessions


def open_record(url: str | None, *, as_json: bool) -> "Sessions":
    """
    Return a maker of sessions for the record at *url*; leave with status 2 if it won't open.

    What the command changes until it ends comes from the command line, for the audit log.
    """
    from inspections.audit import Origin, coming_from
    from inspections.database import open_database
    from inspections.errors import RecordUnusable

    click.get_current_context().with_resource(coming_from(Origin("cli")))
    try:
        return open_database(url)
    except RecordUnusable as refused:
        remedy = Text(
            zh="请检查 --database 或 XUNJIAN_DATABASE_URL，如 sqlite:///var/xunjian.db。",
            en="Check --database or XUNJIAN_DATABASE_URL, such as sqlite:///var/xunjian.db.",
        )
        refuse([option_fault("--database", refused.text, remedy)], as_json=as_json)
