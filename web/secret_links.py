"""Keep the secrets of links out of every log, whoever writes it."""

import logging
import re
from typing import Any

from flask import Flask

_SECRET = re.compile(r"(/feeds/|/account/links/)[^/\s?\"']{8,}")
_SHOWN = r"\1…"
_MARK = "hides_feed_links"


def init_app(app: Flask) -> None:  # noqa: ARG001 (every part is started alike)
    """Hide them in this process, once."""
    factory = logging.getLogRecordFactory()
    if not getattr(factory, _MARK, False):
        logging.setLogRecordFactory(_hiding(factory))


def hidden(text: str) -> str:
    """Return *text* without the secrets of links."""
    return _SECRET.sub(_SHOWN, text)


def _hiding(factory: Any) -> Any:
    """Return a factory of records; access logs tell paths in the message or in its arguments."""

    def made(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record: logging.LogRecord = factory(*args, **kwargs)
        record.msg = _shown(record.msg)
        if isinstance(record.args, dict):
            record.args = {name: _shown(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(map(_shown, record.args))
        return record

    setattr(made, _MARK, True)
    return made


def _shown(value: Any) -> Any:
    return hidden(value) if isinstance(value, str) else value
