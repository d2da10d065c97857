"""`xunjian rules`: check packs, derive duties."""

import sys
from pathlib import Path

import click

from rules.text import Text
from web.cli.output import BAD_INPUT, fault_data, print_faults, print_json, say

_EXAMPLES = {
    "check": "Example: xunjian rules check rules/packs/cn --json",
    "derive": "Example: xunjian rules derive examples/mall.yaml --on 2026-09-01 --json",
}


@click.group()
def rules() -> None:
    """Rule packs: check them, derive the duties of an organisation."""


@rules.command(epilog=_EXAMPLES["check"])
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """
    Check rule packs and run their examples; report every fault of every file.

    Without PATHS every built-in pack is checked. Packs given by path are read beside the built-in
    ones, to which they may refer; only the given ones are counted and reported, and a given pack
    stands in for the built-in one with the same id.

    Exit status: 0 without faults, 2 with faults.
    """
    from rules.loader import BUILT_IN, check_packs

    checked = check_packs(paths or (BUILT_IN,), beside=(BUILT_IN,) if paths else ())
    if as_json:
        faults = [fault_data(fault) for fault in checked.faults]
        counts = {"packs": checked.packs, "rules": checked.rules, "examples": checked.examples}
        print_json(counts | {"faults": faults})
    elif checked.faults:
        print_faults(checked.faults)
    else:
        counted = Text(
            zh=f"{checked.packs} 个规则包，{checked.rules} 条规则，{checked.examples} 个例子，没有问题。",
            en=f"{checked.packs} packs, {checked.rules} rules, {checked.examples} examples: no faults.",
        )
        click.echo(say(counted))
    sys.exit(BAD_INPUT if checked.faults else 0)
