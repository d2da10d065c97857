"""Reactions in the record: events out of what is recorded, and consequences back into it, once."""

from inspections.reactions.reacting import Applied, react_to

__all__ = ["Applied", "react_to"]
