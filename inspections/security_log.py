"""One line for each thing that was refused for safety's sake, for whoever watches the service."""

import json
import logging

logger = logging.getLogger("xunjian.security")


def note_refusal(event: str, **facts: object) -> None:
    """
    Write a line: a JSON object with *event*, for example `photo-too-heavy`, and *facts*.

    What a stranger sent cannot forge a second line: JSON escapes the ends of lines. Never give a
    password, a token or the content of a form.
    """
    said = {"event": event, **{name: value for name, value in facts.items() if value is not None}}
    logger.warning("%s", json.dumps(said, ensure_ascii=True, default=str))
