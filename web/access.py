"""The mark on views that are open without signing in; everything else is closed."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark *view* as open without signing in."""
    view.__dict__["is_public"] = True
    return view
