"""Facts: typed statements about a thing, a person or an event that rules test."""

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from rules.text import Text

Target = Literal["site", "place", "asset", "person", "post"]
EventKind = Literal[
    "answer", "finding", "missed", "sample", "meal", "health", "order", "weather", "drill"
]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
FactType = Literal["enum", "boolean", "integer", "number", "text", "date", "tags"]

FactValue = bool | int | float | str | tuple[str, ...]


class FactChoice(BaseModel):
    """One admitted value of an enum or tags fact, with its name for the screen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: str
    title: Text


class FactDefinition(BaseModel):
    """
    What one fact means and which values it admits.

    Attributes:
        name: `target.attribute`, for example `site.has_canteen`, or `event.attribute`, for example
            `answer.value`; facts of events are stated by the record and never asked for.
        question: Asked where the fact is unknown and a rule waits for it.
        unit: Of numbers, for example `m2`; the same unit everywhere.
        choices: Admitted values of enum and tags facts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(
        pattern=r"^(site|place|asset|person|post"
        r"|answer|finding|missed|sample|meal|health|order|weather|drill)\.[a-z][a-z0-9_]*$"
    )
    type: FactType
    title: Text
    question: Text | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[FactChoice, ...] = ()

    @property
    def target(self) -> str:
        """The kind of thing or event the fact speaks of."""
        return self.name.split(".", 1)[0]
