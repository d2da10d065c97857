"""A table of words and figures, for paper and for Excel."""

from dataclasses import dataclass

Row = list[str | int]


@dataclass(frozen=True)
class Table:
    """
    One table.

    Attributes:
        none: What to say where it has no rows.
    """

    title: str
    heads: list[str]
    rows: list[Row]
    none: str
