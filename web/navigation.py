"""The main navigation: each blueprint adds its entries, each person sees the ones of the role."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import Flask, current_app, request
from flask_babel.speaklater import LazyString
from flask_login import current_user

FIELD_ROLES = frozenset({"inspector"})


@dataclass(frozen=True)
class Entry:
    """
    One entry of the rail (officers) or the tab bar (inspectors).

    Attributes:
        endpoint: The page it opens; pages of the same blueprint section mark it as current.
        roles: Who sees it; nothing means everybody signed in.
        rank: Position, ascending.
        section: Endpoints that start with one of these also mark it as current.
        tab: Whether the rail and the tab bar have it; a screen has room for ten, a phone for six,
            so that what is not for every day stands on the page Me.
    """

    endpoint: str
    label: LazyString
    icon: str
    rank: int
    roles: frozenset[str] = frozenset()
    section: tuple[str, ...] = ()
    tab: bool = True


def init_app(app: Flask) -> None:
    """Start with an empty navigation."""
    app.extensions["xunjian.navigation"] = []
    app.jinja_env.globals.update(navigation=navigation, is_current=is_current, field=is_field)


def add(app: Flask, entries: Collection[Entry]) -> None:
    """Add *entries* to the navigation of *app*."""
    kept = app.extensions["xunjian.navigation"]
    kept.extend(entries)
    kept.sort(key=lambda entry: entry.rank)


def navigation() -> list[Entry]:
    """Return the entries that the signed-in person sees, in order; none when signed out."""
    role = getattr(current_user, "role", None)
    if role is None:
        return []
    entries: list[Entry] = current_app.extensions["xunjian.navigation"]
    return [entry for entry in entries if _opens(entry, role)]


def _opens(entry: Entry, role: str) -> bool:
    if role == "contractor":
        return "is_for_contractors" in current_app.view_functions[entry.endpoint].__dict__
    return not entry.roles or role in entry.roles


def is_current(entry: Entry) -> bool:
    """Return whether the page being drawn belongs to *entry*."""
    here = request.endpoint or ""
    return here == entry.endpoint or here.startswith(entry.section or ("\0",))


def is_field() -> bool:
    """Return whether pages are drawn for the tablet: large targets, tabs at the bottom."""
    return getattr(current_user, "role", None) in FIELD_ROLES
