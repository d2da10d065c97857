"""`xunjian drills`: propose, publish and show a year of drills; never when surprises come."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from rules.faults import InputInvalid
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, Group, option
from web.cli.one_organisation import organisation_from_record
from web.cli.output import print_json, print_table, refuse, say
from web.cli.progress import progress_bars
from web.cli.record import open_record
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.drills.year import DrillYear
    from inspections.editing import Editor
    from rules.organisation.model import Organisation

ORGANISATION = option(
    "--organisation",
    "organisation_id",
    metavar="ID",
    help=Text(zh="记录中的单位；只有一个时可省。", en="Of the record; needed if it has several."),
)
YEAR = option(
    "--year",
    type=click.IntRange(2000, 2100),
    required=True,
    help=Text(zh="哪一年。", en="Which year."),
)
_STAGE = Text(zh="排演练", en="Planning drills")


@click.group(
    cls=Group,
    help=Text(
        zh="一年的演练：按职责提议、发布、查看。不通知的演练在开始前不显示日期。",
        en="A year of drills: proposed from what duties ask for, published, shown. When an "
        "unannounced one comes is never printed before it starts.",
    ),
    example="xunjian drills show --year 2027",
)
def drills() -> None:
    """Name the group."""


@drills.command(
    cls=Command,
    help=Text(
        zh="为还没有安排的演练找日子；已发布的、钉住的和已举行的不动。\n\n"
        "退出码：0 都有日子，1 有的排不下，2 输入有误。",
        en="Find days for drills that have none; what is published, pinned or held stays.\n\n"
        "Exit status: 0 where all have a day, 1 where some have none, 2 with bad input.",
    ),
    example="xunjian drills propose --year 2027 --together mall-emergency-drill",
)
@ORGANISATION
@YEAR
@option(
    "--unannounced",
    multiple=True,
    metavar="RULE",
    help=Text(
        zh="这条规则的演练不通知，由抽签定日子；可重复。",
        en="Drills of this rule come unannounced, on drawn days; may be repeated.",
    ),
)
@option(
    "--together",
    multiple=True,
    metavar="RULE",
    help=Text(
        zh="这条规则的演练各场所一起举行；可重复。",
        en="Drills of this rule are held by all sites as one; may be repeated.",
    ),
)
@DATABASE
@JSON
def propose(  # noqa: PLR0913 (one parameter for each option)
    *,
    organisation_id: str | None,
    year: int,
    unannounced: tuple[str, ...],
    together: tuple[str, ...],
    database: str | None,
    as_json: bool,
) -> None:
    """Propose the drills of a year."""
    from inspections.drills.programme import propose as propose_year
    from inspections.drills.settings import DrillSettings
    from inspections.published_packs import rulebook_for
    from rules.loader import load_rulebook

    organisation = _organisation(database, organisation_id, as_json=as_json)
    settings = None
    if unannounced or together:
        settings = DrillSettings(frozenset(unannounced), frozenset(together))
    with open_record(database, as_json=as_json).begin() as session:
        rulebook = rulebook_for(session, organisation.id, load_rulebook())
        try:
            with progress_bars(shown=not as_json) as step:
                found = propose_year(
                    session,
                    rulebook,
                    organisation.id,
                    year,
                    by=_operator(organisation.id),
                    now=datetime.now(UTC),
                    settings=settings,
                    progress=lambda done, every: step(say(_STAGE), done, every),
                )
        except InputInvalid as invalid:
            refuse(list(invalid.faults), as_json=as_json)
    missing = [
        {"rule": one.wanted.rule, "site": one.wanted.site, "period": one.wanted.period,
         "reason": say(one.reason), "proved": one.proved}
        for one in found.short
    ]  # fmt: skip
    data: dict[str, Any] = {
        "organisation": organisation.id,
        "year": year,
        "proposed": len(found.found),
        "unannounced": sum(one.hidden for one in found.found),
        "joined": len(found.joined),
        "missing": missing,
    }
    if as_json:
        print_json(data)
    else:
        _print_proposed(data)
    raise SystemExit(1 if missing else 0)


@drills.command(
    cls=Command,
    help=Text(
        zh="发布提议的演练：写入任务，发出邀请和日历。\n\n退出码：0 正常，2 输入有误。",
        en="Publish what is proposed: tasks, invitations and calendars follow.\n\n"
        "Exit status: 0 fine, 2 with bad input.",
    ),
    example="xunjian drills publish --year 2027",
)
@ORGANISATION
@YEAR
@DATABASE
@JSON
def publish(*, organisation_id: str | None, year: int, database: str | None, as_json: bool) -> None:
    """Publish the drills of a year."""
    from inspections.drills.programme import publish as publish_year
    from inspections.errors import NotFound

    organisation = _organisation(database, organisation_id, as_json=as_json)
    with open_record(database, as_json=as_json).begin() as session:
        try:
            done = publish_year(
                session, organisation.id, year, by=_operator(organisation.id), now=datetime.now(UTC)
            )
        except NotFound as refusal:
            remedy = Text(zh="请先提议。", en="Propose them first.")
            refuse([option_fault("--year", refusal.text, remedy)], as_json=as_json)
    data: dict[str, Any] = {
        "organisation": organisation.id,
        "year": year,
        "published": len(done.drills),
        "unannounced": done.hidden,
        "occurrences": done.occurrences,
    }
    if as_json:
        print_json(data)
    else:
        click.echo(
            say(
                Text(
                    zh=f"已发布 {len(done.drills)} 次演练，其中 {done.hidden} 次不通知。",
                    en=f"{len(done.drills)} drills published, {done.hidden} of them unannounced.",
                )
            )
        )


@drills.command(
    cls=Command,
    help=Text(
        zh="列出一年的演练：每个场所每类应有、已排、完成、漏做，以及已发布的日子。\n\n"
        "退出码：0 正常，1 有漏做的，2 输入有误。",
        en="Show a year: required, planned, done and missed by site and kind, and the published "
        "days.\n\nExit status: 0, 1 where some were missed, 2 with bad input.",
    ),
    example="xunjian drills show --year 2027 --json",
)
@ORGANISATION
@YEAR
@DATABASE
@JSON
def show(*, organisation_id: str | None, year: int, database: str | None, as_json: bool) -> None:
    """Show the drills of a year."""
    from inspections.drills.programme import year_of
    from inspections.editing import Editor
    from inspections.published_packs import rulebook_for
    from rules.loader import load_rulebook

    organisation = _organisation(database, organisation_id, as_json=as_json)
    anybody = Editor(organisation.id, "cli", "viewer")
    with open_record(database, as_json=as_json)() as session:
        rulebook = rulebook_for(session, organisation.id, load_rulebook())
        now = datetime.now(UTC)
        found = year_of(session, rulebook, organisation.id, year, by=anybody, now=now)
    data: dict[str, Any] = {
        "organisation": organisation.id,
        "year": year,
        "sites": list(_kinds(found)),
        "drills": list(_drills(found, ZoneInfo(organisation.time_zone))),
    }
    if as_json:
        print_json(data)
    else:
        _print_year(data)
    raise SystemExit(1 if any(one["missed"] for one in data["sites"]) else 0)


def _organisation(
    database: str | None, organisation_id: str | None, *, as_json: bool
) -> "Organisation":
    try:
        return organisation_from_record(database, organisation_id, as_json=as_json)[1]
    except InputInvalid as invalid:
        refuse(list(invalid.faults), as_json=as_json)


def _operator(organisation: str) -> "Editor":
    """Return who acts from a shell of the server."""
    from inspections.editing import Editor

    return Editor(organisation, "cli", "administrator")


def _kinds(found: "DrillYear") -> Iterator[dict[str, Any]]:
    for site in found.sites:
        for kind in site.kinds:
            yield {
                "site": site.key,
                "kind": kind.kind,
                "title": say(kind.title),
                "required": kind.required,
                "planned": kind.planned,
                "done": kind.done + kind.late,
                "missed": kind.missed,
            }


def _drills(found: "DrillYear", zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    for one in found.drills:
        yield {
            "id": one.id,
            "sites": list(one.sites),
            "title": say(one.title),
            "scenario": say(one.scenario) if one.scenario else None,
            "starts_at": one.starts_at.astimezone(zone).isoformat(),
            "minutes": one.minutes,
            "leader": one.leader,
            "state": one.state,
        }


def _print_proposed(data: dict[str, Any]) -> None:
    click.echo(
        say(
            Text(
                zh=f"提议 {data['proposed']} 次演练，其中 {data['unannounced']} 次不通知；"
                f"{len(data['missing'])} 项排不下。",
                en=f"{data['proposed']} drills proposed, {data['unannounced']} of them "
                f"unannounced; {len(data['missing'])} demands have no day.",
            )
        )
    )
    for one in data["missing"]:
        click.echo(f"  {one['site']} {one['period']}: {one['reason']}")


def _print_year(data: dict[str, Any]) -> None:
    heads = (
        Text(zh="场所", en="Site"),
        Text(zh="演练", en="Drill"),
        Text(zh="应有", en="Required"),
        Text(zh="已排", en="Planned"),
        Text(zh="完成", en="Done"),
        Text(zh="漏做", en="Missed"),
    )
    names = ("site", "title", "required", "planned", "done", "missed")
    rows = [[str(one[name]) for name in names] for one in data["sites"]]
    title = Text(zh=f"{data['year']} 年演练", en=f"Drills {data['year']}")
    print_table(say(title), [say(head) for head in heads], rows)
