"""`xunjian plan`: derive duties, generate occurrences and assign people for a rolling horizon."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.days import day_of
from web.cli.output import print_json, print_table, refuse, say
from web.cli.plan_difference import difference_data, print_difference
from web.cli.progress import progress_bars
from web.cli.record import open_record
from web.cli.replay_run import replay_run
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.database import Session
    from inspections.planning import PlanResult
    from rules.rulebook import RuleBook

_COUNTS: dict[str, Text] = {
    "sites": Text(zh="场所", en="Sites"),
    "duties": Text(zh="职责", en="Duties"),
    "may_apply": Text(zh="待定职责", en="Duties that may apply"),
    "occurrences": Text(zh="应检任务", en="Occurrences"),
    "settled": Text(zh="无需派工", en="Nobody needed"),
    "assigned": Text(zh="已派工", en="Assigned"),
    "uncovered": Text(zh="无人可派", en="Uncovered"),
    "duties_added": Text(zh="新增职责", en="Duties added"),
    "duties_ended": Text(zh="终止职责", en="Duties ended"),
    "added": Text(zh="新增任务", en="Occurrences added"),
    "moved": Text(zh="改期任务", en="Occurrences moved"),
    "removed": Text(zh="取消任务", en="Occurrences removed"),
    "reassigned": Text(zh="改派任务", en="Occurrences reassigned"),
}
_GAP = Text(zh="派工最多还能优化", en="assignment, at most better by")
_RUN = Text(zh="排程编号", en="Plan run")
_STAGES: dict[str, Text] = {
    "derive": Text(zh="推导职责", en="Deriving duties"),
    "expand": Text(zh="生成任务", en="Generating occurrences"),
    "assign": Text(zh="派工", en="Assigning people"),
}


@click.command(
    cls=Command,
    help=Text(
        zh="为记录中的单位排程；再次排程只改必须改的。\n\n"
        "退出码：0 正常，1 有任务无人可派（--replay：与当时不同），2 输入有误。",
        en="Plan the organisations of the record; planning again changes only what must change."
        "\n\nExit status: 0, 1 where some occurrences have nobody who can do them (--replay: where "
        "something differs), 2 with bad input.",
    ),
    example="xunjian plan --organisation mall-group --days 28",
)
@option(
    "--organisation",
    "organisation_id",
    metavar="ID",
    help=Text(zh="只排这一家；默认记录中的全部。", en="All of the record if not given."),
)
@option(
    "--from",
    "since",
    metavar="DATE",
    help=Text(zh="首日，年-月-日；默认今天。", en="First day, YYYY-MM-DD; today if not given."),
)
@option(
    "--days",
    default=28,
    show_default=True,
    type=click.IntRange(1, 366),
    help=Text(zh="排多少天。", en="How many days."),
)
@option(
    "--seed",
    default=0,
    show_default=True,
    help=Text(zh="随机抽取和求解器的种子。", en="Of random draws and of the solver."),
)
@option("--no-assign", is_flag=True, help=Text(zh="不派人。", en="Leave out who does what."))
@option(
    "--seconds",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help=Text(zh="求解时限（秒）。", en="Limit of the solver, in seconds."),
)
@option(
    "--dry-run",
    is_flag=True,
    help=Text(zh="只显示会有的变化，不保存。", en="Show what would change and save nothing."),
)
@option(
    "--replay",
    "replayed",
    metavar="RUN",
    type=int,
    help=Text(
        zh="不排程：按当时保存的资料和规则重新推导这一次排程，并与当时的结果对比。",
        en="Plan nothing: derive this run again from the facts and packs kept with it, and compare "
        "it with what it came to.",
    ),
)
@DATABASE
@JSON
def plan(  # noqa: PLR0913 (one parameter for each option)
    *,
    organisation_id: str | None,
    since: str | None,
    days: int,
    seed: int,
    no_assign: bool,
    seconds: float,
    dry_run: bool,
    replayed: int | None,
    database: str | None,
    as_json: bool,
) -> None:
    """Plan the organisations of the record."""
    from rules.loader import load_rulebook

    if replayed is not None:
        replay_run(replayed, database=database, as_json=as_json)
    faults: list[Fault] = []
    first = day_of(since, "--from", faults)
    try:
        rulebook = load_rulebook()
    except InputInvalid as invalid:
        refuse([*faults, *invalid.faults], as_json=as_json)
    if faults:
        refuse(faults, as_json=as_json)
    options = {"days": days, "seed": seed, "assign": not no_assign, "seconds": seconds}
    sessions = open_record(database, as_json=as_json)
    with sessions() as session:
        wanted = _wanted(session, organisation_id, as_json=as_json)
        zones = {id_: _zone(session, id_) for id_ in wanted}
    results = {}
    with progress_bars(shown=not as_json) as step:
        # One by one, so that tablets need not wait for all of them.
        for id_ in wanted:
            with sessions.begin() as session:
                results[id_] = _plan(session, rulebook, id_, first, {**options, "step": step})
                if dry_run:
                    session.rollback()
    _show(results, zones, as_json=as_json)
    raise SystemExit(1 if any(result.uncovered for result in results.values()) else 0)


def _plan(
    session: "Session",
    rulebook: "RuleBook",
    organisation_id: str,
    first: date | None,
    options: dict[str, Any],
) -> "PlanResult":
    from inspections.planning import plan as plan_organisation
    from inspections.published_packs import rulebook_for

    now = datetime.now(UTC)
    since = first or now.astimezone(_zone(session, organisation_id)).date()
    return plan_organisation(
        session,
        rulebook_for(session, organisation_id, rulebook),
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


def _zone(session: "Session", organisation_id: str) -> ZoneInfo:
    from inspections.importing import load_from_record

    return ZoneInfo(load_from_record(session, organisation_id).time_zone)


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
    name = organisation_id or ""
    message = Text(
        zh=f"没有单位 {name}".rstrip() + "。", en=f"There is no organisation {name}".rstrip() + "."
    )
    names = ", ".join(known)
    remedy = Text(
        zh=f"已有：{names}。" if known else "请先用 xunjian import 导入。",
        en=f"Known: {names}." if known else "Import one with xunjian import first.",
    )
    refuse([option_fault("--organisation", message, remedy)], as_json=as_json)


def _show(results: "dict[str, PlanResult]", zones: dict[str, ZoneInfo], *, as_json: bool) -> None:
    from inspections.planning import figures

    if as_json:
        print_json(
            [
                {
                    "organisation": id_,
                    "run": result.run_id,
                    **figures(result),
                    "gap": result.gap,
                    "uncovered": [_uncovered(each) for each in result.uncovered],
                    "changes": difference_data(result.changes),
                }
                for id_, result in results.items()
            ]
        )
        return
    columns = ["", *results]
    runs = [say(_RUN), *(str(result.run_id) for result in results.values())]
    rows = [
        [say(title), *(str(figures(result)[key]) for result in results.values())]
        for key, title in _COUNTS.items()
    ]
    gaps = [say(_GAP), *(_percent(result.gap) for result in results.values())]
    print_table(say(Text(zh="排程", en="Plan")), columns, [runs, *rows, gaps])
    for id_, result in results.items():
        print_difference(id_, result.changes, zones[id_])


def _percent(gap: float | None) -> str:
    return "—" if gap is None else f"{100 * gap:.1f} %"


def _uncovered(each: Any) -> dict[str, Any]:
    return {"occurrence": each.occurrence_id, "code": each.code, "reason": say(each.reason)}
