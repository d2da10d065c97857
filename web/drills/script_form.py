"""The form of a script: one step on each line, who and what parted by a colon."""

import re
from collections.abc import Iterator, Mapping, Sequence

from flask import request
from flask_babel import gettext as _

from inspections.drills.script_step import Phase, Step
from inspections.drills.scripts import PHASES
from rules.text import Text
from web.preferences import language, words

_LINE = re.compile(r"\s*([^:\uff1a]+?)\s*[:\uff1a]\s*(.*?\S)\s*")


def script_lines(steps: Sequence[Step]) -> dict[str, str]:
    """Return the steps of each phase as they stand in the form."""
    colon = "：" if language() == "zh" else ": "
    return {
        phase: "\n".join(
            f"{words(one.who)}{colon}{words(one.what)}" for one in steps if one.phase == phase
        )
        for phase in PHASES
    }


def steps_given(known: Sequence[Step]) -> tuple[tuple[Step, ...], dict[str, str]]:
    """
    Return the steps that the form holds, and what is wrong with it by phase.

    Words that stand among the *known* steps keep both languages; others are the same in both.
    """
    texts = {words(text): text for one in known for text in (one.who, one.what)}
    found: list[Step] = []
    faults: dict[str, str] = {}
    for phase in PHASES:
        try:
            found += _steps(phase, request.form.get(phase, ""), texts)
        except _NoColonError as wrong:
            faults[phase] = _(
                "Line %(line)s: write who does it, a colon, and what is to be done.",
                line=wrong.line,
            )
    return tuple(found), faults


class _NoColonError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _steps(phase: Phase, raw: str, texts: Mapping[str, Text]) -> Iterator[Step]:
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise _NoColonError(number)
        who, what = (texts.get(part) or Text(zh=part, en=part) for part in parts.groups())
        yield Step(phase, who, what)
