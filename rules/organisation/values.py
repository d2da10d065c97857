"""Ids and the values of facts, as every part of an organisation file writes them."""

Identifier = str
FactScalar = bool | int | float | str | list[str]
ID_PATTERN = r"^[a-z0-9][a-z0-9-]*$"
