"""`xunjian staffing`: the least staff, single points of failure and certificates that end."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.days import day_of
from web.cli.one_organisation import (
    ORGANISATION,
    ORGANISATION_FILE,
    organisation_asked_for,
)
from web.cli.output import print_json, refuse, say
from web.cli.progress import progress_bars
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.staffing import Question, Truths
    from rules.organisation.model import Organisation

LONGEST = timedelta(days=366)
_STAGES = {
    "forecast": Text(zh="推算应检任务", en="Forecasting checks"),
    "least": Text(zh="求最少人员", en="Finding the least staff"),
    "away": Text(zh="逐人试缺勤", en="Trying every absence"),
    "expiring": Text(zh="查到期证书", en="Looking at certificates"),
    "posts": Text(zh="逐人试岗位缺员", en="Trying every absence from the posts"),
}


@click.command(
    cls=Command,
    help=Text(
        zh="算清人手：本学期的法定职责（检查和要排班的岗位）最少要几个人、哪些证书；"
        "少了谁就有职责落空、岗位空缺；哪些证书在期内到期、到期后什么落空。"
        "写成一个数的都经过证明；写成两个数时，前一个是已证明的下限。\n\n"
        "给出 ORG.yaml 时读单位文件，否则读记录。不保存任何东西。\n\n"
        "退出码：0 现有人员够，1 不够（要招人、取证或加班，或无法完成），2 输入有误。",
        en="Tell the truth about the staff: how few people and certificates keep the legal duties "
        "of a term covered, checks and posts on rosters, whose absence makes duties fall and "
        "leaves posts empty, and which certificates end in the term and what falls then. A single "
        "figure is proved; of two the first is a proved bound.\n\n"
        "With ORG.yaml the organisation file is read, else the record. Nothing is saved.\n\n"
        "Exit status: 0 where the people there are enough, 1 where they are not, 2 for bad input.",
    ),
    example="xunjian staffing examples/kindergarten.yaml --from 2026-11-23 --until 2027-01-22",
)
@ORGANISATION_FILE
@option(
    "--from",
    "since_text",
    metavar="DATE",
    help=Text(zh="第一天；默认今天或学期首日。", en="First day; today or the first day of term."),
)
@option(
    "--until",
    "until_text",
    metavar="DATE",
    help=Text(zh="最后一天（含）；默认学期末。", en="Last day, included; else the end of term."),
)
@option(
    "--demand",
    type=click.Choice(["law", "recommended", "house"]),
    default="law",
    show_default=True,
    help=Text(
        zh="算哪些职责：法定（law）、加上推荐的（recommended）、再加上本单位的（house）。",
        en="Which duties: those of law, recommended ones too, those of the house besides.",
    ),
)
@option(
    "--seconds",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help=Text(zh="求最少人员的时限（秒）。", en="Limit for finding the least staff, in seconds."),
)
@option("--seed", default=0, show_default=True, help=Text(zh="求解器的种子。", en="Of the solver."))
@ORGANISATION
@DATABASE
@JSON
def staffing(  # noqa: PLR0913 (one parameter for each option)
    organisation_file: Path | None,
    *,
    since_text: str | None,
    until_text: str | None,
    demand: str,
    seconds: float,
    seed: int,
    organisation_id: str | None,
    database: str | None,
    as_json: bool,
) -> None:
    """Tell the truth about the staff of one organisation."""
    from inspections.staffing import staffing_truths

    faults: list[Fault] = []
    days = day_of(since_text, "--from", faults), day_of(until_text, "--until", faults)
    rulebook, organisation = organisation_asked_for(
        organisation_file, database, organisation_id, faults=faults, as_json=as_json
    )
    question = _question(organisation, days, demand, faults)
    if faults:
        refuse(faults, as_json=as_json)
    with progress_bars(shown=not as_json) as step:
        truths = staffing_truths(
            rulebook,
            organisation,
            question,
            seconds=seconds,
            seed=seed,
            progress=lambda stage, done, every: step(say(_STAGES[stage]), done, every),
        )
    if as_json:
        from web.cli.staffing_as_data import truths_data

        print_json(truths_data(truths, organisation.id))
    else:
        from web.cli.staffing_tables import print_truths

        print_truths(truths, organisation, rulebook)
    raise SystemExit(0 if _is_enough(truths) else 1)


def _question(
    organisation: "Organisation",
    days: tuple[date | None, date | None],
    demand: str,
    faults: list[Fault],
) -> "Question":
    from inspections.staffing import Question, span_of_term

    today = datetime.now(UTC).astimezone(ZoneInfo(organisation.time_zone)).date()
    first, last = span_of_term(organisation, days[0] or today)
    since, until = days[0] or first, days[1] or last
    if not since <= until <= since + LONGEST:
        faults.append(
            option_fault(
                "--until",
                Text(
                    zh="末日须在首日之后一年之内。",
                    en="The last day lies within a year of the first.",
                ),
                Text(zh="请改 --from 或 --until。", en="Change --from or --until."),
            )
        )
    return Question(since, until, demand)


def _is_enough(truths: "Truths") -> bool:
    least = truths.least
    is_more_than_there_is = least.cost.hires or least.cost.training or least.cost.days
    is_left = least.impossible or least.closed or least.gaps or least.roster.uncovered
    return not (is_more_than_there_is or is_left)
