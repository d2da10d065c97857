"""Marks on views: open without signing in, called by programs, or open to contractors."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark *view* as open without signing in."""
    view.__dict__["is_public"] = True
    return view


def for_programs(view: Callable[P, R]) -> Callable[P, R]:
    """Mark *view* as called by a program: who is signed out is told so and led nowhere."""
    view.__dict__["is_for_programs"] = True
    return view


def for_contractors(view: Callable[P, R]) -> Callable[P, R]:
    """Mark *view* as open to outside contractors too, to whom it shows what is theirs only."""
    view.__dict__["is_for_contractors"] = True
    return view
