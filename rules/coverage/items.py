"""What is asked for: requirements of laws and practices of safety officers, each by its id."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError

from rules.faults import Fault, InputInvalid
from rules.frozen import Frozen
from rules.pack import Grade
from rules.schema_faults import schema_faults
from rules.text import Text
from rules.yaml_document import Document, read_document

REQUIREMENTS = Path(__file__).parent / "requirements.yaml"
PRACTICES = Path(__file__).parent / "practices.yaml"


class Part(Frozen):
    """
    A part of the program, other than a rule, that carries an item.

    Attributes:
        module: File or folder from the top of the repository, for example
            `inspections/rectification.py`.
        does: What it does of what the item asks.
    """

    module: str = Field(pattern=r"^[a-z][a-z0-9_/.-]*$")
    does: Text


class Item(Frozen):
    """
    One thing that is asked for.

    The rules that carry it are not listed here: they name it in `covers`, or have its id.

    Attributes:
        id: A requirement such as `moe45-samples`, or a practice such as `S14`.
        grade: Of requirements: A full text read, B reproduction read, C from memory.
        parts: What else carries it.
        not_yet: What of it is not carried, and why; nothing where all of it is.
    """

    id: str = Field(pattern=r"^(S\d\d|[a-z0-9][a-z0-9-]*)$")
    title: Text
    grade: Grade | None = None
    parts: tuple[Part, ...] = ()
    not_yet: Text | None = None


@cache
def requirements() -> tuple[Item, ...]:
    """Return the requirements of laws and standards, in the order of their file."""
    return read_items(REQUIREMENTS)


@cache
def practices() -> tuple[Item, ...]:
    """Return the systems of practice, S01 to S69, in the order of their file."""
    return read_items(PRACTICES)


def read_items(path: Path) -> tuple[Item, ...]:
    """
    Read a list of items.

    Raises:
        InputInvalid: If the file is no list, or an item is malformed or there twice; holds every
            fault.
    """
    document = read_document(path)
    if not isinstance(document.data, list):
        message = Text(zh="须是列表。", en="The file must be a list.")
        raise InputInvalid(
            [document.fault((), message, Text(zh="请改为列表。", en="Make it one."))]
        )
    items: list[Item] = []
    faults: list[Fault] = []
    for index, raw in enumerate(document.data):
        try:
            items.append(Item.model_validate(raw))
        except ValidationError as error:
            faults += schema_faults(error, document, (index,))
    faults += _twice(document, items)
    if faults:
        raise InputInvalid(faults)
    return tuple(items)


def _twice(document: Document, items: Iterable[Item]) -> Iterable[Fault]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.id in seen:
            message = Text(zh=f"{item.id} 写了两次。", en=f"{item.id} is listed twice.")
            remedy = Text(zh="请只留一个。", en="Keep one of them.")
            yield document.fault((index, "id"), message, remedy)
        seen.add(item.id)
