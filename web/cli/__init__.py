"""The command line `xunjian`: one file for each group of commands, loaded when called."""

import importlib
from typing import Any

import click

from rules.text import Text
from web.cli.bilingual import Group, option
from web.cli.usage import refuse_if_refused, refuse_usage

_JSON_WANTED = "xunjian.json"
# Command name -> "module:attribute"; modules load late so that `--help` stays quick.
COMMANDS: dict[str, str] = {
    "rules": "web.cli.rules_commands:rules",
    "expand": "web.cli.expand_command:expand",
    "import": "web.cli.exchange_commands:import_organisation",
    "export": "web.cli.exchange_commands:export_organisation",
    "calendar": "web.cli.calendar_commands:calendar",
    "shifts": "web.cli.shift_commands:shifts",
    "import-tablet": "web.cli.tablet_file_command:import_tablet",
    "plan": "web.cli.plan_command:plan",
    "walks": "web.cli.walks_command:walks",
    "drills": "web.cli.drills_commands:drills",
    "roster": "web.cli.roster_commands:roster",
    "staffing": "web.cli.staffing_command:staffing",
    "sweep": "web.cli.sweep_command:sweep",
    "messages": "web.cli.messages_commands:messages",
    "demo": "web.cli.demo_command:demo",
    "serve": "web.cli.serve_command:serve",
}


class LateGroup(Group):
    """The whole of `xunjian`: imports a command only when it is called, and tells faults of use."""

    def make_context(
        self, info_name: str | None, args: list[str], *rest: Any, **named: Any
    ) -> click.Context:
        """Read the options before the command."""
        as_json = "--json" in args
        try:
            context = super().make_context(info_name, args, *rest, **named)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            refuse_usage(error, as_json=as_json)
        context.meta[_JSON_WANTED] = as_json
        return context

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            refuse_usage(error, as_json=ctx.meta[_JSON_WANTED])
        except Exception as error:
            refuse_if_refused(error, as_json=ctx.meta[_JSON_WANTED])
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name every command, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return the command called *cmd_name*."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]} is not a command.")
        return command


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it so
    if not wanted or context.resilient_parsing:
        return
    from importlib.metadata import version

    from rules.engine import engine_name

    engine = "plain Python (durable-rules is not installed)"
    if engine_name() == "durable":
        engine = f"durable-rules {version('durable-rules')}"
    click.echo(f"xunjian {version('xunjian')}, rule engine: {engine}")
    context.exit()


@click.group(
    "xunjian",
    cls=LateGroup,
    help=Text(
        zh="巡检：从条款到签字的记录。加 XUNJIAN_LANG=en 显示英文。",
        en="Xunjian 巡检: from the clause to the signed record.",
    ),
    example="xunjian demo",
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help=Text(zh="显示版本和所用的规则引擎。", en="Show the version and which rule engine runs."),
)
def main() -> None:
    """Name the group; each command does its own work."""
