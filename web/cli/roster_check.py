"""`xunjian roster check`: score a roster and name what it breaks, without any solver."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rules.faults import InputInvalid
from rules.text import Text
from web.cli.bilingual import JSON, Command
from web.cli.duty_roster import check_duty
from web.cli.output import print_json, print_table, refuse, say
from web.cli.roster_file import PROBLEM, duty_roster_in, problem_in

if TYPE_CHECKING:
    from scheduler.roster.core.audit import Violation


@click.command(
    cls=Command,
    help=Text(
        zh="不用求解器，对照 FILE 中的问题检查 ANSWER 中的排班并计算代价。\n\n"
        "退出码：0 无误，1 违反硬性规定或所称代价有误，2 输入有误。",
        en="Score the roster in ANSWER against the problem in FILE, without any solver.\n\n"
        "Exit status: 0, 1 where a hard rule is broken or the stated cost is wrong, 2 with bad "
        "input.",
    ),
    example="xunjian roster check FILE roster.json",
)
@PROBLEM
@click.argument("answer", type=click.Path(path_type=Path))
@JSON
def check(*, file: Path, answer: Path, as_json: bool) -> None:
    """Score the roster in ANSWER."""
    from scheduler.roster.core.audit import violations
    from scheduler.roster.core.cost import cost
    from scheduler.roster.formats.answer import read_cells

    duty = duty_roster_in(file, as_json=as_json)
    if duty is not None:
        raise SystemExit(1 if check_duty(duty, answer, as_json=as_json) else 0)
    problem = problem_in(file, as_json=as_json)
    try:
        cells, stated = read_cells(answer, problem)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    found, price = violations(problem, cells), cost(problem, cells)
    is_wrong = stated is not None and stated != price
    if as_json:
        rows = [_violation_data(each) for each in found]
        print_json({"cost": price, "stated": stated, "violations": rows})
    else:
        _show_check(found, price, stated if is_wrong else None)
    raise SystemExit(1 if found or is_wrong else 0)


def _violation_data(violation: "Violation") -> dict[str, Any]:
    return {
        "code": violation.code,
        "employee": violation.employee,
        "day": violation.day,
        "text": say(violation.text),
    }


def _show_check(found: "tuple[Violation, ...]", cost: int, stated: int | None) -> None:
    if found:
        columns = [
            say(Text(zh=zh, en=en))
            for zh, en in (("人员", "Employee"), ("日", "Day"), ("违反", "Broken rule"))
        ]
        rows = [
            (each.employee, "" if each.day is None else str(each.day), say(each.text))
            for each in found
        ]
        print_table(say(Text(zh="违反硬性规定", en="Hard rules broken")), columns, rows)
    click.echo(
        say(
            Text(
                zh=f"代价 {cost}，违反 {len(found)} 处。",
                en=f"Cost {cost}, {len(found)} violation(s).",
            )
        )
    )
    if stated is not None:
        click.echo(
            say(Text(zh=f"文件所称代价 {stated} 有误。", en=f"The stated cost {stated} is wrong."))
        )
