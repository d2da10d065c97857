"""
Macros that every page is built from; `docs/howto/add_a_page.md` says which to use when.

Templates import them as `{% from "components/state.html" import state, tag %}`.
"""

from pathlib import Path

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined

from web.rulebook import rulebook


def init_app(app: Flask) -> None:
    """Let templates load `components/…`, and let a misspelt name fail instead of vanish."""
    macros = PrefixLoader({"components": FileSystemLoader(Path(__file__).parent)})
    own = FileSystemLoader(Path(app.root_path) / "templates")
    app.jinja_loader = ChoiceLoader([own, macros])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["layer_of"] = lambda rule: rulebook().pack_of(rule).layer
