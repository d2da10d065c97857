"""The changes that can be tried out, as data."""

from typing import Annotated, Any, Literal

from pydantic import Field

from rules.days import Day
from rules.frozen import Frozen
from rules.organisation.values import ID_PATTERN, FactScalar
from rules.text import Text


class ChangeRule(Frozen):
    """
    Another version of a rule from a day on; what is not named stays as it is on that day.

    Attributes:
        since: First day; the first day asked about if not given.
        set: Fields of a version, with their values as in a pack, and `applies`, which holds on
            every day since conditions have no versions.
    """

    change: Literal["change-rule"]
    rule: str
    since: Day | None = Field(default=None, alias="from")
    set: dict[str, Any] = Field(min_length=1)


class AddRule(Frozen):
    """
    A rule that no pack holds yet, as it would stand in one.

    Attributes:
        layer: Of the pack that would hold it.
    """

    change: Literal["add-rule"]
    layer: Literal["law", "local", "sector", "group", "site"] = "site"
    rule: dict[str, Any]


class PutPack(Frozen):
    """A whole pack as text, which stands over one of the same id."""

    change: Literal["put-pack"]
    text: str


class MoveRule(Frozen):
    """Let the version of a rule that begins last, or the rule itself, begin on another day."""

    change: Literal["move-rule"]
    rule: str
    to: Day


class EndRule(Frozen):
    """End a rule; `last` is the last day on which it holds."""

    change: Literal["end-rule"]
    rule: str
    last: Day


class SetParameter(Frozen):
    """Give a parameter another value from a day on; later values stay."""

    change: Literal["set-parameter"]
    parameter: str
    since: Day | None = Field(default=None, alias="from")
    value: int | float | str | bool


class SetFacts(Frozen):
    """Answer facts of a site otherwise."""

    change: Literal["set-facts"]
    site: str
    facts: dict[str, FactScalar] = Field(min_length=1)


class AddSite(Frozen):
    """
    One more building: a copy of a site, or a site as it would stand in an organisation file.

    Attributes:
        copy_of: Site whose hours, places, assets and posts it takes.
        id: Of the new one, where it is a copy.
        facts: Facts in which the copy differs.
        people: Ids of people who would work there too; all of the copied site's if not given.
    """

    change: Literal["add-site"]
    copy_of: str | None = Field(default=None, alias="copy")
    id: str | None = Field(default=None, pattern=ID_PATTERN)
    name: Text | None = None
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    people: tuple[str, ...] | None = None
    site: dict[str, Any] | None = None


class LosePerson(Frozen):
    """A person who is not there any more."""

    change: Literal["lose-person"]
    person: str


Change = Annotated[
    ChangeRule
    | AddRule
    | PutPack
    | MoveRule
    | EndRule
    | SetParameter
    | SetFacts
    | AddSite
    | LosePerson,
    Field(discriminator="change"),
]


class Changes(Frozen):
    """A file of changes, tried out together in their order."""

    changes: tuple[Change, ...] = Field(min_length=1)
