"""What differs between two states of a rule pack, field by field, in words."""

from rules.comparing.differences import Difference, FieldChange, Side, differences

__all__ = ["Difference", "FieldChange", "Side", "differences"]
