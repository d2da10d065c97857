"""`xunjian roster explain`: why a duty roster has gaps, what would fill them, and why a cell is."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from rules.faults import Fault
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.one_organisation import ORGANISATION
from web.cli.output import refuse, say
from web.cli.roster_cell import explain_cell
from web.cli.roster_explain_figures import explain_figures
from web.cli.roster_file import duty_roster_in, problem_in
from web.cli.roster_in_record import explain_kept_cell
from web.cli.roster_told import finding_data, show
from web.cli.time_limit import TimeLimit
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from scheduler.roster.explain.answer import Explanation
    from scheduler.roster.explain.told import Told
    from scheduler.roster.problem import RosterProblem


@click.command(
    cls=Command,
    help=Text(
        zh="说明 FILE 中的值班表或排班问题为什么排不满、规定哪里互相矛盾，以及怎样能补上；"
        "或说明值班表中、或记录里某场所的排班中，某人某天为什么排在那里、还有谁可以。\n\n"
        "退出码：0 全部排满，1 有缺员或矛盾，2 输入有误。",
        en="Say why the duty roster or problem in FILE has gaps or contradicts itself, and what "
        "would mend it; or why somebody stands where they stand on a day, in it or in the roster "
        "of a site in the record, and who else could.\n\n"
        "Exit status: 0 where every place is filled, 1 where not, 2 with bad input.",
    ),
    example="xunjian roster explain night-duty.yaml\n"
    "xunjian roster explain night-duty.yaml --person li-na --day 2026-12-09 --answer out.json\n"
    "xunjian roster explain --site store-a --person li-na --day 2026-12-09",
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@option(
    "--time-limit",
    default=30.0,
    show_default=True,
    type=click.FloatRange(1),
    help=Text(zh="限时，秒。", en="Seconds of wall-clock time."),
)
@option("--person", help=Text(zh="人员代号。", en="Id of a person."))
@option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help=Text(zh="与 --person 同用：哪一天。", en="With --person: which day."),
)
@option(
    "--answer",
    type=click.Path(path_type=Path),
    help=Text(zh="与 --person 同用：求解输出的文件。", en="With --person: what the solver wrote."),
)
@option(
    "--site",
    metavar="SITE",
    help=Text(
        zh="不给 FILE 时：记录中哪个场所的排班。", en="Without FILE: whose roster of the record."
    ),
)
@ORGANISATION
@DATABASE
@JSON
def explain(  # noqa: PLR0913 (one parameter for each option)
    *,
    file: Path | None,
    time_limit: float,
    person: str | None,
    day: datetime | None,
    answer: Path | None,
    site: str | None,
    organisation_id: str | None,
    database: str | None,
    as_json: bool,
) -> None:
    """Say why the duty roster in FILE has gaps."""
    if file is None:
        if site is None:
            _refuse_neither(as_json=as_json)
        asked = (person, day.date() if day else None)
        explain_kept_cell(site, asked, (database, organisation_id), as_json=as_json)
        return
    limit = TimeLimit(time_limit)
    problem = duty_roster_in(file, as_json=as_json)
    if problem is None:
        figures = problem_in(file, as_json=as_json)
        if person is not None or day is not None:
            _refuse_cell(file, as_json=as_json)
        raise SystemExit(explain_figures(figures, limit.ends, as_json=as_json))
    if person is not None or day is not None:
        asked = (person, day.date() if day else None)
        explain_cell(problem, asked, answer, as_json=as_json)
        return
    # Contradictions need no solver, which takes a while to load.
    from scheduler.roster.explain.clash import clashes_of
    from scheduler.roster.explain.telling import told_clash

    clashes = [told_clash(problem, one) for one in clashes_of(problem)]
    if clashes:
        data = {"status": "infeasible", "findings": list(map(finding_data, clashes))}
        show(data, clashes, as_json=as_json)
        raise SystemExit(1)
    raise SystemExit(_explain_gaps(problem, limit, as_json=as_json))


def _explain_gaps(problem: "RosterProblem", limit: TimeLimit, *, as_json: bool) -> int:
    from scheduler.roster.explain.answer import explained
    from scheduler.roster.explain.telling import summary, told_finding

    explanation = explained(problem, seconds=limit.left)
    told = [told_finding(problem, one) for one in explanation.findings]
    if not as_json:
        click.echo(say(summary(problem, explanation)))
    show(_gap_data(explanation, told), told, as_json=as_json)
    if explanation.untold and not as_json:
        more = explanation.untold
        click.echo(
            say(
                Text(
                    zh=f"另有 {more} 人次空缺，限于篇幅或时间未逐一说明。",
                    en=f"{more} more place(s) stay empty that are not explained here.",
                )
            )
        )
    return 1 if explanation.missing else 0


def _gap_data(explanation: "Explanation", told: list["Told"]) -> dict[str, Any]:
    findings = []
    for one, words in zip(explanation.findings, told, strict=True):
        repairs = [
            {"fills": each.fills, "left": each.left, "text": text.model_dump()}
            for each, text in zip(one.tried.repairs, words.repairs, strict=True)
        ]
        findings.append(
            {
                **finding_data(words),
                "proved": one.conflict.proved,
                "missing": one.missing,
                "wanted": _places(one.conflict.places),
                "repairs": repairs,
            }
        )
    return {
        "status": "gaps" if explanation.missing else "covered",
        "uncovered": _places(explanation.missing),
        "findings": findings,
        "untold": explanation.untold,
    }


def _places(places: Any) -> list[dict[str, Any]]:
    return [
        {"post": post, "day": day.isoformat(), "shift": shift, "people": number}
        for (post, day, shift), number in sorted(places.items())
    ]


def _refuse_cell(file: Path, *, as_json: bool) -> NoReturn:
    message = Text(zh="--person 和 --day 只用于值班表。", en="A duty roster alone has these.")
    remedy = Text(
        zh="请去掉，或提供含 kind: duty-roster 的文件。",
        en="Leave them out, or give a file with kind: duty-roster.",
    )
    refuse([Fault(str(file), 1, "--person", message, remedy)], as_json=as_json)


def _refuse_neither(*, as_json: bool) -> NoReturn:
    message = Text(zh="缺少 FILE 或 --site。", en="FILE or --site is missing.")
    remedy = Text(
        zh="请写值班表文件，或写 --site、--person 和 --day 查询记录中的排班。",
        en="Name a file, or --site, --person and --day to ask about a roster of the record.",
    )
    refuse([option_fault("FILE", message, remedy)], as_json=as_json)
