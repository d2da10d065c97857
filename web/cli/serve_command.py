"""`xunjian serve`: the pages, on this machine."""

import secrets
from pathlib import Path

import click

from rules.text import Text
from web.cli.bilingual import DATABASE, Command, option
from web.cli.output import say
from web.cli.record import open_record

KEY_FILE = Path("var/secret_key")
# The pages refuse far less with a page of their own; this is where the server hangs up.
MOST_BYTES = 256 * 1024 * 1024


PORT = option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help=Text(zh="监听端口。", en="Port to listen on."),
)


@click.command(
    cls=Command,
    help=Text(
        zh="提供网页，直到 Ctrl+C；每分钟记一次漏检，设置了邮件服务器或群机器人的就发送消息。",
        en="Serve the pages until Ctrl+C; every minute what was missed is marked, and messages go "
        "out where a mail server or a group robot is set up.",
    ),
    example="xunjian serve --port 8080",
)
@option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help=Text(zh="监听地址。", en="Address to listen on."),
)
@PORT
@DATABASE
@option(
    "--demo",
    is_flag=True,
    help=Text(zh="登录页显示演示账号。", en="Show the demo accounts on the sign-in page."),
)
@option(
    "--threads",
    default=8,
    show_default=True,
    type=click.IntRange(1, 64),
    help=Text(zh="同时处理的请求数。", en="Requests served at once."),
)
@option(
    "--path-prefix",
    default="",
    envvar="XUNJIAN_PATH_PREFIX",
    help=Text(
        zh="反向代理把服务放在哪个路径下，例如 /xunjian。",
        en="Path under which a proxy puts the service, for example /xunjian.",
    ),
)
def serve(  # noqa: PLR0913 (one parameter for each option)
    *, host: str, port: int, database: str | None, demo: bool, threads: int, path_prefix: str
) -> None:
    """Serve the pages until Ctrl+C."""
    from waitress import serve as listen

    from web import create_app
    from web.cli.messages_background import messages_in_background
    from web.cli.sweep_command import sweep_in_background
    from web.warming import warm

    open_record(database, as_json=False)
    settings = {"DEMO": demo, "SECRET_KEY": secret_key()}
    if database:
        settings["DATABASE_URL"] = database
    app = create_app(settings)
    book, took = warm(app)
    stop = sweep_in_background(database, book)
    stop_messages = messages_in_background(database, book)
    click.echo(say(_read(len(book.rules), took)))
    click.echo(f"巡检 Xunjian: http://{host}:{port}  (Ctrl+C)")
    try:
        listen(
            app,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            url_prefix=path_prefix,
            max_request_body_size=MOST_BYTES,
        )
    finally:
        stop.set()
        stop_messages.set()


def _read(rules: int, seconds: float) -> Text:
    return Text(
        zh=f"已读入 {rules} 条规则，用时 {seconds:.1f} 秒。",
        en=f"Read {rules} rules in {seconds:.1f} s.",
    )


def secret_key(path: Path = KEY_FILE) -> str:
    """Return the key that signs sessions; made once, so that a restart signs nobody out."""
    import os

    if given := os.environ.get("XUNJIAN_SECRET_KEY"):
        return given
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
