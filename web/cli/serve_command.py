"""`xunjian serve`: the pages, on this machine."""

import secrets
from pathlib import Path

import click

KEY_FILE = Path("var/secret_key")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--database", default=None, help="URL of the record; XUNJIAN_DATABASE_URL else.")
@click.option("--demo", is_flag=True, help="Show the demo accounts on the sign-in page.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
def serve(*, host: str, port: int, database: str | None, demo: bool, threads: int) -> None:
    """
    Serve the pages until Ctrl+C.

    Example: xunjian serve --port 8080
    """
    from waitress import serve as listen

    from web import create_app
    from web.cli.sweep_command import sweep_in_background

    settings = {"DEMO": demo, "SECRET_KEY": secret_key()}
    if database:
        settings["DATABASE_URL"] = database
    app = create_app(settings)
    stop = sweep_in_background(database)
    click.echo(f"巡检 Xunjian: http://{host}:{port}  (Ctrl+C)")
    try:
        listen(app, host=host, port=port, threads=threads, ident=None)
    finally:
        stop.set()


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
