"""`xunjian plan`: derive duties, generate occurrences and assign people for a rolling horizon."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.output import print_json, print_table, refuse, say
from web.cli.progress import progress_bars

if TYPE_CHECKING:
    from inspections.database import Session
    from inspections.planning import PlanResult
    from rules.rulebook import RuleBook

_COUNTS: dict[str, Text] = {
    "sites": Text(zh="场所", en="Sites"),
    "duties": Text(zh="职责", en="Duties"),
    "may_apply": Text(zh="待定职责", en="Duties that may apply"),
    "occurrences": Text(zh="应检任务", en="Occurrences"),
    "assigned": Text(zh="已派工", en="Assigned"),
    "uncovered": Text(zh="无人可派", en="Uncovered"),
    "duties_added": Text(zh="新增职责", en="Duties added"),
    "duties_ended": Text(zh="终止职责", en="Duties ended"),
    "added": Text(zh="新增任务", en="Occurrences added"),
    "moved": Text(zh="改期任务", en="Occurrences moved"),
    "removed": Text(zh="取消任务", en="Occurrences removed"),
    "reassigned": Text(zh="改派任务", en="Occurrences reassigned"),
}
_STAGES: dict[str, Text] = {
    "derive": Text(zh="推导职责", en="Deriving duties"),
    "expand": Text(zh="生成任务", en="Generating occurrences"),
    "assign": Text(zh="派工", en="Assigning people"),
}


@click.command(epilog="Example: xunjian plan --organisation mall-group --days 28")
@click.option("--organisation", "organisation_id", metavar="ID", help="All of the record if not.")
@click.option("--from", "since", metavar="DATE", help="First day, YYYY-MM-DD; today if not given.")
@click.option("--days", default=28, show_default=True, type=click.IntRange(1, 366))
@click.option("--seed", default=0, show_default=True, help="Of random draws and of the solver.")
@click.option("--no-assign", is_flag=True, help="Leave out who does what.")
@click.option("--seconds", default=10.0, show_default=True, help="Limit of the solver.")
@click.option("--dry-run", is_flag=True, help="Show what would change and save nothing.")
@click.option("--database", metavar="URL", help="The record; XUNJIAN_DATABASE_URL if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def plan(  # noqa: PLR0913 (one parameter for each option)
    *,
    organisation_id: str | None,
    since: str | None,
    days: int,
    seed: int,
    no_assign: bool,
    seconds: float,
    dry_run: bool,
    database: str | None,
    as_json: bool,
) -> None:
    """
    Plan the organisations of the record; planning again changes only what must change.

    Exit status: 0, 1 where some occurrences have nobody who can do them, 2 with bad input.
    """
    from inspections.database import open_database
    from rules.loader import load_rulebook

    first = _day(since, as_json=as_json)
    try:
        rulebook = load_rulebook()
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    options = {"days": days, "seed": seed, "assign": not no_assign, "seconds": seconds}
    with open_database(database)() as session:
        wanted = _wanted(session, organisation_id, as_json=as_json)
        with progress_bars(shown=not as_json) as step:
            results = {
                id_: _plan(session, rulebook, id_, first, {**options, "step": step})
                for id_ in wanted
            }
        if dry_run:
            session.rollback()
        else:
            session.commit()
    _show(results, as_json=as_json)
    raise SystemExit(1 if any(result.uncovered for result in results.values()) else 0)


def _plan(
    session: "Session",
    rulebook: "RuleBook",
    organisation_id: str,
    first: date | None,
    options: dict[str, Any],
) -> "PlanResult":
    from inspections.importing import load_from_record
    from inspections.planning import plan as plan_organisation

    now = datetime.now(UTC)
    zone = ZoneInfo(load_from_record(session, organisation_id).time_zone)
    since = first or now.astimezone(zone).date()
    return plan_organisation(
        session,
        rulebook,
        organisation_id=organisation_id,
        since=since,
        until=since + timedelta(days=options["days"] - 1),
        now=now,
        seed=options["seed"],
        assign=options["assign"],
        seconds=options["seconds"],
        progress=lambda stage, done, total: options["step"](
            f"{organisation_id} {say(_STAGES[stage])}", done, total
        ),
    )


def _wanted(session: "Session", organisation_id: str | None, *, as_json: bool) -> tuple[str, ...]:
    from inspections.importing import organisations

    known = organisations(session)
    if organisation_id is None and known:
        return known
    if organisation_id not in known:
        _refuse_unknown(organisation_id, known, as_json=as_json)
    return (str(organisation_id),)


def _refuse_unknown(
    organisation_id: str | None, known: tuple[str, ...], *, as_json: bool
) -> NoReturn:
    message = Text(
        zh=f"没有单位 {organisation_id or ''}。",
        en=f"There is no organisation {organisation_id or ''}.",
    )
    names = ", ".join(known)
    remedy = Text(
        zh=f"已有：{names}。" if known else "请先用 xunjian import 导入。",
        en=f"Known: {names}." if known else "Import one with xunjian import first.",
    )
    refuse([Fault("--organisation", 1, "", message, remedy)], as_json=as_json)


def _day(text: str | None, *, as_json: bool) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = Text(zh=f"{text} 不是存在的日期。", en=f"{text} is not a date that exists.")
        remedy = Text(zh="请写成 2026-03-31 的形式。", en="Write it like 2026-03-31.")
        refuse([Fault("--from", 1, "", message, remedy)], as_json=as_json)


def _show(results: "dict[str, PlanResult]", *, as_json: bool) -> None:
    from inspections.planning import figures

    if as_json:
        print_json(
            [
                {
                    "organisation": id_,
                    **figures(result),
                    "uncovered": [_uncovered(each) for each in result.uncovered],
                }
                for id_, result in results.items()
            ]
        )
        return
    columns = ["", *results]
    rows = [
        [say(title), *(str(figures(result)[key]) for result in results.values())]
        for key, title in _COUNTS.items()
    ]
    print_table(say(Text(zh="排程", en="Plan")), columns, rows)


def _uncovered(each: Any) -> dict[str, Any]:
    return {"occurrence": each.occurrence_id, "code": each.code, "reason": say(each.reason)}
