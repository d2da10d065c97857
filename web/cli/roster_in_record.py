"""Why somebody stands where they stand in a roster that the record keeps, for `roster explain`."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from rules.faults import InputInvalid
from rules.text import Text
from web.cli.one_organisation import organisation_from_record
from web.cli.output import refuse, say
from web.cli.record import open_record
from web.cli.roster_cell import known_cell, tell_cell
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.roster_looks import RosterLook


def explain_kept_cell(
    site: str,
    asked: tuple[str | None, date | None],
    record: tuple[str | None, str | None],
    *,
    as_json: bool,
) -> None:
    """
    Tell of one person's day in the newest roster of the site.

    Args:
        site: Of the record.
        asked: Person and day.
        record: Its address, and the organisation where several have the site.
        as_json: Whether as data.
    """
    day = asked[1]
    if day is None:
        fault = option_fault(
            "--day",
            Text(zh="缺少日期。", en="The day is missing."),
            Text(zh="请写 --day 2026-12-09。", en="Write --day 2026-12-09."),
        )
        refuse([fault], as_json=as_json)
    look = _look(site, day, record, as_json=as_json)
    known = known_cell(look.problem, asked, as_json=as_json)
    if not as_json:
        click.echo(say(_which(look)))
    tell_cell(look.problem, look.cells, known, as_json=as_json)


def _look(
    site: str, day: date, record: tuple[str | None, str | None], *, as_json: bool
) -> "RosterLook":
    from inspections.errors import NotFound
    from inspections.roster_looks import roster_look

    url, wanted = record
    try:
        rulebook, organisation = organisation_from_record(url, wanted, site=site, as_json=as_json)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    with open_record(url, as_json=as_json)() as session:
        try:
            return roster_look(
                session,
                rulebook,
                organisation_id=organisation.id,
                site=site,
                day=day,
                now=datetime.now(UTC),
            )
        except NotFound as refused:
            remedy = Text(
                zh="请核对日期，或先在排班页生成这一周。",
                en="Check the day, or have the week rostered first.",
            )
            refuse([option_fault("--day", refused.text, remedy)], as_json=as_json)


def _which(look: "RosterLook") -> Text:
    since, until = look.problem.since, look.problem.until
    if look.is_published:
        return Text(
            zh=f"已发布的排班，{since} 至 {until}：", en=f"Published roster, {since} to {until}:"
        )
    return Text(zh=f"排班草稿，{since} 至 {until}：", en=f"Draft roster, {since} to {until}:")
