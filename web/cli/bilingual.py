"""Commands, groups and options that explain themselves in the language of `XUNJIAN_LANG`."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unicodedata import east_asian_width

import click

from rules.text import Text
from web.cli.output import language, say

_HELP = Text(zh="显示本说明后退出。", en="Show this message and exit.")
_USAGE = Text(zh="用法：", en="Usage: ")
_EXAMPLE = Text(zh="示例：", en="Example: ")
_HEADINGS = {
    "Options": Text(zh="选项", en="Options"),
    "Arguments": Text(zh="参数", en="Arguments"),
    "Commands": Text(zh="命令", en="Commands"),
}
_EXTRAS = (("[default: ", "[默认："), ("; required", "；必填"), ("[required]", "[必填]"))


class _Formatter(click.HelpFormatter):
    """Says "Usage" and headings in both languages, and breaks Chinese lines where they are full."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or say(_USAGE))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(say(_HEADINGS[name]) if name in _HEADINGS else name):
            yield

    def write_text(self, text: str) -> None:
        if language() == "en":
            super().write_text(text)
            return
        indent = " " * self.current_indent
        for line in _folded(text, self.width - self.current_indent):
            self.write(f"{indent}{line}".rstrip() + "\n")


def _folded(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most *width* columns; between Chinese characters a line may always end."""
    for paragraph in text.splitlines():
        line, used = "", 0
        for word in _unbroken(paragraph):
            columns = sum(2 if east_asian_width(each) in "WF" else 1 for each in word)
            if used + columns > width and word not in "，。；、：）":
                yield line
                line, used = word.lstrip(), 0
            else:
                line += word
            used += columns
        yield line


def _unbroken(paragraph: str) -> Iterator[str]:
    word = ""
    for each in paragraph:
        if east_asian_width(each) in "WF" or each == " ":
            yield from filter(None, (word, each))
            word = ""
        else:
            word += each
    yield from filter(None, (word,))


class _Context(click.Context):
    formatter_class = _Formatter


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *names: Any, help: Text, **rest: Any) -> None:  # noqa: A002 - as in click
        super().__init__(*names, help=help.en, **rest)  # type: ignore[misc]
        self.text = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the names of the option and its help."""
        self.help = say(self.text)
        record = super().get_help_record(ctx)
        if record is None or language() == "en":
            return record
        names, words = record
        for english, chinese in _EXTRAS:
            words = words.replace(english, chinese)
        return names, words


class _Explained(click.Command):
    """What commands and groups share: help in both languages, and an example."""

    context_class = _Context

    def __init__(self, *args: Any, help: Text, example: str = "", **rest: Any) -> None:  # noqa: A002
        super().__init__(*args, help=help.en, **rest)  # type: ignore[misc]
        self.text, self.example = help, example

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help; Chinese takes two columns a character."""
        self.help = say(self.text)
        if language() == "en":
            return super().get_short_help_str(limit)
        return self.text.zh.split("。", 1)[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help and the example."""
        self.help = say(self.text)
        super().format_help_text(ctx, formatter)
        if self.example:
            formatter.write_paragraph()
            with formatter.indentation():
                # Unbroken, so that it can be copied.
                formatter.write(f"{'':{formatter.current_indent}}{say(_EXAMPLE)}{self.example}\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, explained in the language asked for."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say(_HELP)
        return option


class Command(_Explained):
    """
    A command.

    Args:
        help: What it does, and its exit status.
        example: A whole command line that works.
    """


class Group(_Explained, click.Group):
    """A group of commands."""


option = partial(click.option, cls=Option)
JSON = option("--json", "as_json", is_flag=True, help=Text(zh="输出 JSON。", en="Print JSON."))
DATABASE = option(
    "--database",
    metavar="URL",
    help=Text(
        zh="记录所在的数据库；默认 XUNJIAN_DATABASE_URL，再默认 var/xunjian.db。",
        en="The record; XUNJIAN_DATABASE_URL if not given, else var/xunjian.db.",
    ),
)
