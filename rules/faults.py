"""Faults: what is wrong in a file that somebody wrote, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.text import Language, Text


@dataclass(frozen=True)
class Fault:
    """
    One thing wrong at one place of one file.

    Attributes:
        file: The file as the user named it.
        line: Line of a text file or row of a sheet, from 1; 0 for what has no lines, such as an
            option of the command line.
        field: Path inside the file, for example `rules.3.source.clause`; empty for the whole file.
        remedy: What to do about it.
    """

    file: str
    line: int
    field: str
    message: Text
    remedy: Text

    def in_language(self, language: Language) -> str:
        """Return the fault as one line of text."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        where = ": ".join(part for part in (place, self.field) if part)
        return f"{where}: {self.message.in_language(language)} {self.remedy.in_language(language)}"


class InputInvalid(Exception):
    """A file cannot be used; holds every fault found, so that all can be mended at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.in_language("en") for fault in self.faults))
