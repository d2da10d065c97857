"""The engine that decides which rules bind: durable-rules, or plain Python where it cannot run."""

from functools import cache
from typing import Literal, Protocol

from rules.engine.compiled import Shard
from rules.engine.gate import Record
from rules.engine.python_matcher import PythonMatcher

EngineName = Literal["durable", "python"]


class Matcher(Protocol):
    """Finds the rules of a shard whose conditions a record meets."""

    name: str

    def match(self, shard: Shard, record: Record) -> frozenset[str]:
        """Return the ids of the rules of *shard* that bind."""


@cache
def engine_name() -> EngineName:
    """Return which engine runs here: durable-rules where it can be imported, else plain Python."""
    try:
        import rules.engine.durable_matcher  # noqa: F401
    except ImportError:
        return "python"
    return "durable"


def matcher(name: EngineName | None = None) -> Matcher:
    """
    Return the engine called *name*, or the one that runs here.

    Raises:
        ImportError: If durable-rules is asked for by name and cannot be imported.
    """
    if (name or engine_name()) == "python":
        return PythonMatcher()
    from rules.engine.durable_matcher import DurableMatcher

    return DurableMatcher()
