"""Checklists: the typed items that an inspector answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from rules.text import Text

Severity = Literal["minor", "moderate", "severe"]


class ShownWhen(BaseModel):
    """
    The answer to an earlier item that makes another item be asked.

    Attributes:
        item: Id of the earlier item.
        answers: Any of these: ids of its choices, or its verdict `pass`, `fail` or `na`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str
    answers: tuple[str, ...] = Field(min_length=1)


class _Item(BaseModel):
    """
    What every item has.

    Attributes:
        id: Unique within its checklist.
        required: Whether the checklist can be submitted without an answer, where it is asked.
        severity: Severity of the finding that a failing answer opens.
        clause: The clause that asks for this item, where it differs from the rule's.
        shown_when: Asked only after this answer; always asked without it.
        measure: What is measured or looked at, one word over all checklists, for example
            `chlorine`, so that reactions can speak of it whatever the checklist.
        immediate_danger: Whether a failing answer means danger here and now, not only a fault.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    guidance: Text | None = None
    required: bool = True
    severity: Severity = "moderate"
    clause: Text | None = None
    shown_when: ShownWhen | None = None
    measure: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9-]*$")
    immediate_danger: bool = False


class PassFailItem(_Item):
    """
    Pass, fail or not applicable.

    Attributes:
        not_applicable: Whether "not applicable" may be answered.
    """

    type: Literal["pass-fail"]
    not_applicable: bool = True


class NumberItem(_Item):
    """
    A reading, judged when it is entered.

    Attributes:
        minimum: Lowest passing value, included.
        maximum: Highest passing value, included.
        set_point: Fact that holds the wanted value, for example `asset.set_point_c`.
        tolerance: Admitted distance from the set point, included.
        decimals: Digits after the point that the field takes.
        readings: How many readings are taken, 1..12; above 1 the answer is a list of that length,
            and one reading out of the band fails the item.
    """

    type: Literal["number"]
    unit: str
    minimum: float | None = None
    maximum: float | None = None
    set_point: str | None = None
    tolerance: float | None = Field(default=None, ge=0)
    decimals: int = Field(default=1, ge=0, le=3)
    readings: int = Field(default=1, ge=1, le=12)


class Choice(BaseModel):
    """One answer of a choice item, and whether choosing it fails the item."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    fails: bool = False


class ChoiceItem(_Item):
    """One of several answers."""

    type: Literal["choice"]
    choices: tuple[Choice, ...] = Field(min_length=2)


class TextItem(_Item):
    """Free text; never fails."""

    type: Literal["text"]


class PhotoItem(_Item):
    """
    Photos as evidence; never fails.

    Attributes:
        minimum: Fewest photos that answer the item.
        maximum: Most photos that it takes.
    """

    type: Literal["photo"]
    minimum: int = Field(default=1, ge=1, le=20)
    maximum: int = Field(default=20, ge=1, le=20)


class SignatureItem(_Item):
    """A signature; never fails."""

    type: Literal["signature"]


Item = Annotated[
    PassFailItem | NumberItem | ChoiceItem | TextItem | PhotoItem | SignatureItem,
    Field(discriminator="type"),
]


class Checklist(BaseModel):
    """
    The items of one kind of inspection; a run is pinned to the text it was opened with.

    Attributes:
        id: Unique over all packs, for example `fire-daily-patrol`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    items: tuple[Item, ...] = Field(min_length=1)
