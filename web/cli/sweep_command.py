"""`xunjian sweep`: what time brings about. `xunjian serve` does it every minute."""

import logging
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command
from web.cli.output import print_json, say
from web.cli.record import open_record

if TYPE_CHECKING:
    from rules.rulebook import RuleBook

SECONDS_BETWEEN_SWEEPS = 60


@click.command(
    cls=Command,
    help=Text(
        zh="把已关闭而未做的任务记为漏检，并执行随之而来的联动：逾期升级、清样、督导问题等；"
        "可以重复运行。\n\n退出码：0 没有漏检，1 有漏检，2 输入有误。",
        en="Mark as missed every occurrence that closed with nothing performed, and apply what "
        "follows: escalations, clear-outs, findings for supervisors and the like; safe to run "
        "again.\n\nExit status: 0 where nothing was missed, 1 where something was, 2 with bad "
        "input.",
    ),
    example="xunjian sweep --json",
)
@DATABASE
@JSON
def sweep(*, database: str | None, as_json: bool) -> None:
    """Mark as missed every occurrence that closed with nothing performed."""
    from inspections.reactions.sweeping import sweep_everything
    from rules.loader import load_rulebook

    rulebook = load_rulebook()
    sessions = open_record(database, as_json=as_json)
    result = sweep_everything(sessions, rulebook, now=datetime.now(UTC))
    if as_json:
        print_json(
            {
                "checked": result.checked,
                "missed": list(result.missed),
                "reactions": [
                    {"rule": one.rule, "do": one.do, "event": one.event_key, **one.outcome}
                    for one in result.applied
                ],
            }
        )
    else:
        count = len(result.missed)
        click.echo(
            say(
                Text(
                    zh=f"已查 {result.checked} 项到期未完成的任务，记为漏检 {count} 项；"
                    f"执行联动 {len(result.applied)} 条。",
                    en=f"Checked {result.checked} open occurrences past their window; "
                    f"{count} marked as missed; {len(result.applied)} reactions applied.",
                )
            )
        )
    raise SystemExit(1 if result.missed else 0)


def sweep_in_background(database: str | None, rulebook: "RuleBook") -> threading.Event:
    """
    Sweep every minute on a thread of its own until the returned event is set.

    Pages compute states as of the instant anyway; the sweep writes them down.
    """
    from inspections.database import open_database
    from inspections.reactions.sweeping import sweep_everything

    stop = threading.Event()
    sessions = open_database(database)

    def run() -> None:
        while not stop.is_set():
            try:
                sweep_everything(sessions, rulebook, now=datetime.now(UTC))
            except Exception:  # the next minute tries again; pages do not depend on it
                logging.getLogger("xunjian.sweep").exception("The sweep failed.")
            stop.wait(SECONDS_BETWEEN_SWEEPS)

    threading.Thread(target=run, name="sweep", daemon=True).start()
    return stop
