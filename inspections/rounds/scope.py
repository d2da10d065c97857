"""Whose work a page shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """
    One person in an organisation, as far as somebody may look.

    Attributes:
        person: Key of the person; nothing where no person is meant.
        sites: Keys of the sites in scope; empty means all.
        own_only: Whether they see nothing but what is theirs, as outside contractors do.
    """

    organisation: str
    person: str | None
    sites: tuple[str, ...] = ()
    own_only: bool = False
