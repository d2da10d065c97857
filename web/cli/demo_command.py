"""`xunjian demo`: five organisations, four weeks, and the pages to look at."""

import click

from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.serve_command import PORT, serve


@click.command(
    cls=Command,
    help=Text(
        zh="导入五个单位，排四周的程，打印结果并提供网页。\n\n"
        "先把今天之前三天的任务做完，页面上才有内容可看。再次运行更新同一份记录，不会重复。",
        en="Load five organisations, plan four weeks, print what came of it and serve the pages."
        "\n\nThe three days before today are worked off first, so that pages have something to "
        "show. Running it again updates the same record and repeats nothing.",
    ),
    example="xunjian demo --no-serve --json",
)
@option(
    "--serve/--no-serve",
    "serving",
    default=True,
    help=Text(zh="之后是否提供网页。", en="Serve the pages afterwards."),
)
@DATABASE
@PORT
@JSON
@click.pass_context
def demo(
    context: click.Context, *, serving: bool, database: str | None, port: int, as_json: bool
) -> None:
    """Load five organisations, plan four weeks and serve the pages."""
    from web.cli.demonstration import demonstrate

    demonstrate(database, as_json=as_json)
    if serving:
        context.invoke(serve, host="127.0.0.1", port=port, database=database, demo=True, threads=8)
