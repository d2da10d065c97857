"""`xunjian rules whatif`: what changes would come to, before anything is saved."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import JSON, Command, option
from web.cli.days import day_of
from web.cli.output import print_json, refuse
from web.cli.progress import progress_bars
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from rules.whatif.changes import Change
    from scheduler.whatif.effect import Effect

A_YEAR = timedelta(days=364)
LONGEST = timedelta(days=3 * 366)


@click.command(
    cls=Command,
    help=Text(
        zh="试算：改规则、参数、日期，增加场所，少一个人，会带来什么。不保存任何东西。\n\n"
        "改动写在 YAML 文件中（见 docs/reference/what-if.md）。结果列出职责、应检任务、"
        "每周人工分钟、所需资质、无人可派和仅一人可做之处的前后对比。\n\n"
        "退出码：0 正常，1 改动会带来新的无人可派或超时，2 输入有误。",
        en="Try out what a change of rules, figures or dates, one more building or one person less "
        "would come to. Nothing is saved.\n\nThe changes stand in a YAML file (see "
        "docs/reference/what-if.md). The result compares duties, occurrences, staff minutes a "
        "week, needed certificates, and work that nobody or only one person may do.\n\n"
        "Exit status: 0, 1 where the changes leave more work uncovered or people overloaded, "
        "2 with bad input.",
    ),
    example="xunjian rules whatif examples/mall-group.yaml --change examples/what-if/lifts.yaml",
)
@click.argument("organisation_file", metavar="ORG.yaml", type=click.Path(path_type=Path))
@option(
    "--change",
    "change_files",
    metavar="FILE.yaml",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help=Text(
        zh="写有改动的文件；可以给几个，按先后应用。",
        en="A file of changes; several are applied in their order.",
    ),
)
@option(
    "--from",
    "since",
    metavar="DATE",
    help=Text(zh="首日；默认今天。", en="First day; today if not given."),
)
@option(
    "--until",
    metavar="DATE",
    help=Text(zh="末日（含）；默认一年后。", en="Last day, included; a year on if not given."),
)
@JSON
def whatif(
    organisation_file: Path,
    *,
    change_files: tuple[Path, ...],
    since: str | None,
    until: str | None,
    as_json: bool,
) -> None:
    """Compare an organisation before and after changes."""
    faults: list[Fault] = []
    days = day_of(since, "--from", faults), day_of(until, "--until", faults)
    try:
        effect = _effect(organisation_file, change_files, days, faults, as_json=as_json)
    except InputInvalid as invalid:
        refuse([*faults, *invalid.faults], as_json=as_json)
    if as_json:
        from web.cli.whatif_as_data import effect_data

        print_json(effect_data(effect))
    else:
        from web.cli.whatif_tables import print_effect

        print_effect(effect)
    raise SystemExit(1 if _is_worse(effect) else 0)


def _effect(
    organisation_file: Path,
    change_files: tuple[Path, ...],
    days: tuple[date | None, date | None],
    faults: list[Fault],
    *,
    as_json: bool,
) -> "Effect":
    from rules.loader import load_rulebook
    from rules.organisation.loader import load_organisation
    from rules.whatif.reading import read_changes
    from scheduler.whatif.asking import Asking

    changes: list[Change] = []
    for path in change_files:
        try:
            changes += read_changes(path)
        except InputInvalid as invalid:
            faults += invalid.faults
    every = load_rulebook()
    organisation = load_organisation(organisation_file, every)
    today = datetime.now(UTC).astimezone(ZoneInfo(organisation.time_zone)).date()
    first = days[0] or today
    last = days[1] or first + A_YEAR
    if not first <= last <= first + LONGEST:
        faults.append(_span_fault())
    if faults:
        refuse(faults, as_json=as_json)
    book = every.for_organisation(organisation)
    label = Text(zh="试算", en="Trying out")
    with progress_bars(shown=not as_json) as step:
        from web.cli.output import say

        asking = Asking(
            book, organisation, first, last, lambda done, every: step(say(label), done, every)
        )
        return asking.effect(changes)


def _span_fault() -> Fault:
    return option_fault(
        "--until",
        Text(zh="末日须在首日之后三年之内。", en="The last day lies within 3 years of the first."),
        Text(zh="请改 --from 或 --until。", en="Change --from or --until."),
    )


def _is_worse(effect: "Effect") -> bool:
    """Tell whether the changes leave more undone than stands undone now."""
    before, after = effect.before.staffing, effect.after.staffing
    uncovered = sum(gap.inspections for gap in after.uncovered)
    overloaded = sum(each.weeks for each in after.overloaded)
    return uncovered > sum(gap.inspections for gap in before.uncovered) or overloaded > sum(
        each.weeks for each in before.overloaded
    )
