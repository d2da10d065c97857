"""Whose work a page shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """
    One person in an organisation, as far as somebody may look.

    Attributes:
        person: Key of the person; nothing where no person is meant.
        sites: Keys of the sites in scope; empty means all.
    """

    organisation: str
    person: str | None
    sites: tuple[str, ...] = ()
