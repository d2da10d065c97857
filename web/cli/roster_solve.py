"""`xunjian roster solve`: the cheapest roster that the time allows."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rules.text import Text
from web.cli.bilingual import JSON, Command, option
from web.cli.duty_roster import duty_summary, solve_duty
from web.cli.output import print_json, say
from web.cli.roster_file import PROBLEM, duty_roster_in, problem_in
from web.cli.time_limit import TimeLimit

if TYPE_CHECKING:
    from scheduler.roster.core.problem import CoreProblem
    from scheduler.roster.search.answer import Answer

_SECONDS, _SECONDS_WITH_STEPS = 60.0, 3600.0
_CUT = Text(
    zh="限时已到而步数未尽：再算一次可能得出不同的排班。请加大 --time-limit。",
    en="The time ran out before the steps did: another run may give another roster. "
    "Raise --time-limit.",
)
_STATUS = {
    "optimal": Text(zh="最优（已证明）", en="optimal, proved"),
    "feasible": Text(zh="可行", en="feasible"),
    "infeasible": Text(zh="无解", en="infeasible"),
    "unknown": Text(zh="限时内未找到", en="nothing found in time"),
}


@click.command(
    cls=Command,
    help=Text(
        zh="在限时内为 FILE 中的问题求代价尽量低的排班。\n\n退出码：0 有排班，1 没有，2 输入有误。",
        en="Find a roster for the problem in FILE, as cheap as the time allows.\n\n"
        "Exit status: 0, 1 where no roster was found, 2 with bad input.",
    ),
    example="xunjian roster solve FILE --time-limit 60 --out roster.json",
)
@PROBLEM
@option(
    "--time-limit",
    type=click.FloatRange(1),
    help=Text(
        zh="限时，秒；默认 60，给出 --steps 时默认 3600。",
        en="Seconds of wall-clock time; 60 if not given, 3600 with --steps.",
    ),
)
@option(
    "--seed",
    default=0,
    show_default=True,
    type=click.IntRange(0),
    help=Text(zh="随机种子。", en="Of all random draws."),
)
@option(
    "--steps",
    type=click.IntRange(1),
    help=Text(
        zh="以步数代替时钟：步数相同，排班相同。约四千步为处理器一秒。",
        en="Counted work in place of the clock: the same steps give the same roster. "
        "Some four thousand are a second of a processor.",
    ),
)
@option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help=Text(zh="把结果以 JSON 写入此文件。", en="Write the answer as JSON to this file."),
)
@option(
    "--progress",
    is_flag=True,
    help=Text(zh="在错误输出上显示代价、下界和差距。", en="Show cost, bound and gap on stderr."),
)
@JSON
def solve(  # noqa: PLR0913 (one parameter for each option)
    *,
    file: Path,
    time_limit: float | None,
    seed: int,
    steps: int | None,
    out: Path | None,
    progress: bool,
    as_json: bool,
) -> None:
    """Find a roster for the problem in FILE."""
    limit = TimeLimit(time_limit or (_SECONDS if steps is None else _SECONDS_WITH_STEPS))
    # These take a while to load, which counts.
    from scheduler.roster.formats.answer import answer_data
    from scheduler.roster.search.supervision import solve as solve_problem

    duty = duty_roster_in(file, as_json=as_json)
    if duty is not None:
        found = solve_duty(duty, seconds=limit.left, seed=seed, steps=steps, progress=progress)
        roster, data = found
        _show(data, duty_summary(duty, roster), out=out, as_json=as_json)
        raise SystemExit(1 if roster.status == "infeasible" or data["violations"] else 0)
    problem = problem_in(file, as_json=as_json)
    answer = solve_problem(
        problem,
        seconds=limit.left,
        seed=seed,
        steps=steps,
        progress=_show_progress if progress else None,
    )
    data = answer_data(problem, answer, seed=seed)
    _show(data, _summary(problem, answer), out=out, as_json=as_json)
    raise SystemExit(0 if answer.cells is not None else 1)


def _show(data: dict[str, Any], summary: str, *, out: Path | None, as_json: bool) -> None:
    if out:
        out.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")
    if as_json:
        print_json(data)
    else:
        click.echo(summary)


def _show_progress(answer: "Answer") -> None:
    seconds, cost, bound = answer.trace[-1]
    gap = "-"
    if cost and bound is not None:
        gap = f"{(cost - bound) / cost:.2%}"
    words = Text(
        zh=f"{seconds:7.1f} 秒  代价 {_or_dash(cost)}  下界 {_or_dash(bound)}  差距 {gap}",
        en=f"{seconds:7.1f} s  cost {_or_dash(cost)}  bound {_or_dash(bound)}  gap {gap}",
    )
    click.echo(say(words), err=True)


def _or_dash(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:g}"


def _summary(problem: "CoreProblem", answer: "Answer") -> str:
    status = _STATUS[answer.status]
    if answer.impossible is not None:
        name = problem.employees[answer.impossible].id
        return say(
            Text(
                zh=f"{status.zh}：{name} 的硬性规定互相矛盾。",
                en=f"{status.en}: the hard rules of {name} contradict each other.",
            )
        )
    cost, bound = _or_dash(answer.cost), _or_dash(answer.bound)
    result = Text(
        zh=f"{status.zh}：代价 {cost}，下界 {bound}，用时 {answer.seconds:.1f} 秒。",
        en=f"{status.en}: cost {cost}, bound {bound}, {answer.seconds:.1f} s.",
    )
    return "\n".join(map(say, (result, _CUT) if answer.was_cut else (result,)))
