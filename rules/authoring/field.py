"""One field of the form that stands beside the text of a pack."""

from dataclasses import dataclass
from typing import Any, Literal

from rules.text import Text
from rules.yaml_document import Location

FieldKind = Literal["text", "long", "number", "day", "choice", "many", "boolean"]
Options = tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class FormField:
    """
    A field that shows what stands at one place of the text, and changes it there.

    Attributes:
        at: Where it stands.
        value: As it is written; several for `many`, empty where nothing stands there.
        options: Of `choice` and `many`.
        required: Whether leaving it empty keeps the field, where a fault then names it.
    """

    at: Location
    label: Text
    kind: FieldKind
    value: tuple[str, ...] = ()
    options: Options = ()
    required: bool = False

    @property
    def only(self) -> str:
        """The value, where there is one; else nothing."""
        return self.value[0] if self.value else ""


def found(data: Any, location: Location) -> Any:
    """Return what stands at *location* of plain data; nothing where nothing does."""
    for part in location:
        try:
            data = data[part]
        except (LookupError, TypeError):
            return None
    return data


def written(value: Any) -> tuple[str, ...]:
    """Return a value as a form shows it."""
    if value is None or isinstance(value, dict):
        return ()
    if isinstance(value, list):
        return tuple(shown for item in value for shown in written(item))
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return (str(value),)


def read_back(kind: FieldKind, values: list[str]) -> Any:
    """Return what a form sent as data; nothing for an empty field."""
    if kind == "many":
        return values or None
    text = values[0].strip() if values else ""
    if kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if kind == "number" and text:
        return _number(text)
    return text or None


def _number(text: str) -> int | float | str:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text
