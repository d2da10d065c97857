"""What a step of a script is, and the short ways to write one."""

from dataclasses import dataclass
from typing import Literal

from rules.text import Text

Phase = Literal["before", "during", "after"]


@dataclass(frozen=True)
class Step:
    """One step of a script: when, who, and what to do."""

    phase: Phase
    who: Text
    what: Text


LEADER = Text(zh="带队人", en="Leader")
GUIDES = Text(zh="疏散引导员", en="Evacuation guides")
ALL = Text(zh="全体参加人员", en="Everybody taking part")
CONTROL = Text(zh="消防控制室", en="Fire control room")
ENGINEERS = Text(zh="工程维修", en="Engineers")
GUARDS = Text(zh="保安", en="Guards")
OBSERVER = Text(zh="观察记录人", en="Observer")


def before(zh: str, en: str, who: Text = LEADER) -> Step:
    """Return a step of before the drill."""
    return Step("before", who, Text(zh=zh, en=en))


def during(who: Text, zh: str, en: str) -> Step:
    """Return a step of the drill."""
    return Step("during", who, Text(zh=zh, en=en))


def after(who: Text, zh: str, en: str) -> Step:
    """Return a step of after the drill."""
    return Step("after", who, Text(zh=zh, en=en))
