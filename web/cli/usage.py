"""A command line that cannot be understood, and what the record refuses: told like every fault."""

import re
from typing import NoReturn

import click

from rules.faults import Fault
from rules.text import Text
from web.cli.output import refuse

# What click says of a value that an option does not take.
_VALUES = (
    (r"'?(.*?)'? is not in the range (.+)\.", r"\1 不在范围 \2 内。"),
    (r"'?(.*?)'? is not one of (.+)\.", r"\1 不是以下之一：\2。"),
    (r"'?(.*?)'? is not a valid integer( range)?\.", r"\1 不是整数。"),
    (r"'?(.*?)'? is not a valid float( range)?\.", r"\1 不是数字。"),
)


def option_fault(option: str, message: Text, remedy: Text) -> Fault:
    """Return a fault of an option of the command that runs."""
    return Fault(click.get_current_context().command_path, 0, option, message, remedy)


def refuse_usage(error: click.UsageError, *, as_json: bool) -> NoReturn:
    """Print what is wrong with the command line, and how to see its help; leave with status 2."""
    command = error.ctx.command_path if error.ctx is not None else "xunjian"
    near = ", ".join(getattr(error, "possibilities", None) or ())
    remedy = Text(
        zh=f"是否指 {near}？" if near else f"请看 {command} --help。",
        en=f"Did you mean {near}?" if near else f"See {command} --help.",
    )
    refuse([Fault(command, 0, _field(error), _message(error), remedy)], as_json=as_json)


def refuse_if_refused(error: Exception, *, as_json: bool) -> None:
    """Where a use case refused what the command asked for, print why and leave with status 2."""
    from inspections.errors import Refused

    if isinstance(error, Refused):
        remedy = Text(zh=f"（{error.code}）", en=f"({error.code})")
        refuse([option_fault("", error.text, remedy)], as_json=as_json)


def _field(error: click.UsageError) -> str:
    if isinstance(error, click.BadParameter) and error.param is not None:
        parameter = error.param
        return parameter.opts[0] if isinstance(parameter, click.Option) else str(parameter.name)
    return str(getattr(error, "option_name", ""))


def _message(error: click.UsageError) -> Text:
    match error:
        case click.NoSuchOption():
            name = error.option_name
            return Text(zh=f"没有选项 {name}。", en=f"There is no option {name}.")
        case click.MissingParameter():
            return Text(zh="缺少这一项。", en="It is missing.")
        case click.BadParameter():
            return Text(zh=_value_in_chinese(error.message), en=error.message)
    unknown = getattr(error, "command_name", None)
    if unknown:
        return Text(zh=f"没有命令 {unknown}。", en=f"There is no command {unknown}.")
    return Text(zh=f"命令行有误：{error.message}", en=error.message)


def _value_in_chinese(english: str) -> str:
    for pattern, chinese in _VALUES:
        if re.fullmatch(pattern, english):
            return re.sub(pattern, chinese, english)
    return f"值不合要求：{english}"
