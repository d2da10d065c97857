"""Lines of a text file cut at commas, and the list of faults met while reading them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rules.faults import Fault, InputInvalid
from rules.text import Text


@dataclass(frozen=True)
class Line:
    """One line that holds data, with its number from 1 and its fields without blanks."""

    number: int
    fields: tuple[str, ...]


@dataclass
class Findings:
    """Faults of one file, gathered so that all can be mended at once."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, where: str, message: Text, remedy: Text) -> None:
        """Note one fault; *where* names the field."""
        self.faults.append(Fault(self.file, line, where, message, remedy))

    def raise_if_any(self) -> None:
        """
        End the reading where something is wrong.

        Raises:
            InputInvalid: At least one fault was noted.
        """
        if self.faults:
            raise InputInvalid(self.faults)

    def whole_number(self, line: Line, position: int, name: str, *, least: int = 0) -> int:
        """Return the field as a whole number of at least *least*; notes a fault if it is none."""
        text = line.fields[position]
        if text.lstrip("-").isdigit() and text.isascii() and int(text) >= least:
            return int(text)
        message = Text(zh=f"“{text}”无效。", en=f"“{text}” is not valid here.")
        remedy = Text(
            zh=f"请填写不小于 {least} 的整数。", en=f"Write a whole number of at least {least}."
        )
        self.add(line.number, name, message, remedy)
        return least

    def one_of(self, line: int, text: str, known: Iterable[str], name: str) -> bool:
        """Return whether *text* is known; notes a fault naming the known ones if not."""
        names = list(known)
        if text in names:
            return True
        message = Text(zh=f"没有“{text}”。", en=f"There is no “{text}”.")
        shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        remedy = Text(zh=f"请改用已有的：{shown}。", en=f"Use one that the file names: {shown}.")
        self.add(line, name, message, remedy)
        return False
