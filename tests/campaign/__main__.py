"""
Walks with faults, one after the other: `python -m tests.campaign --runs 200`.

`--seed 17` begins with another walk, and `--runs 1` beside it replays that one and tells its story.
"""

import argparse
import sys
import tempfile
import time
import traceback
from pathlib import Path

import click
from playwright.sync_api import Playwright, sync_playwright

from tests.campaign.outcome import Outcome
from tests.campaign.walk import Walk
from tests.campaign.walked_record import walked_record


def walked(seed: int, playwright: Playwright, template: Path) -> Outcome:
    """Walk once, in a folder of its own; a walk that breaks off is wrong, and others follow it."""
    with tempfile.TemporaryDirectory(prefix=f"xunjian-walk-{seed}-") as home:
        walk = Walk(seed, playwright, template, Path(home))
        try:
            return walk.run()
        except Exception:  # noqa: BLE001 (whatever it was, it is told with the walk)
            walk.outcome.wrong.append(f"it broke off: {traceback.format_exc()}")
            return walk.outcome


def main() -> int:
    """Walk as often as asked; return how many walks lost or doubled something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="of the first walk")
    parser.add_argument("--runs", type=int, default=1, help="how many walks")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xunjian-campaign-") as folder:
        template = Path(folder) / "template.db"
        walked_record(f"sqlite:///{template}")
        with sync_playwright() as playwright:
            seeds = range(asked.seed, asked.seed + asked.runs)
            outcomes = [_told(seed, playwright, template, asked.runs) for seed in seeds]
    paints = [paint for outcome in outcomes for paint in outcome.paints]
    wrong = [outcome.seed for outcome in outcomes if outcome.wrong]
    click.echo(f"{len(outcomes)} walks, {len(wrong)} went wrong: {wrong}")
    stalls = sum(line.startswith("STALLED") for each in outcomes for line in each.story)
    click.echo(f"{stalls} pages did not come within a minute and were loaded again")
    if paints:
        click.echo(
            f"{len(paints)} pages without a server: first paint at most {max(paints):.0f} ms"
        )
    return len(wrong)


def _told(seed: int, playwright: Playwright, template: Path, runs: int) -> Outcome:
    began = time.monotonic()
    outcome = walked(seed, playwright, template)
    seconds = time.monotonic() - began
    click.echo(f"seed {seed}: {len(outcome.story)} touches, {seconds:.0f} s")
    if outcome.wrong or runs == 1:
        click.echo("\n".join(f"  {line}" for line in outcome.story))
        click.echo("\n".join(f"  WRONG {line}" for line in outcome.wrong))
    return outcome


if __name__ == "__main__":
    sys.exit(min(main(), 100))
