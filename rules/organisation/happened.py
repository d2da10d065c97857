"""What an organisation file tells of its past: events, decisions, and duties last performed."""

from pydantic import Field

from rules.days import Day, Instant
from rules.frozen import Frozen
from rules.organisation.values import ID_PATTERN, FactScalar, Identifier
from rules.text import Text


class Event(Frozen):
    """
    Something that rules wait for, for example a weather warning or hot work.

    Attributes:
        target: The asset, place, post or person that it befell, by its id inside the site: the
            duties of others of that kind then do not wait for it.
        until: When it ended, for what lasts, such as a warning; nothing while it lasts.
        facts: What is known of it, by full fact name, for example `weather.level: red`.
    """

    id: str = Field(pattern=ID_PATTERN)
    site: Identifier
    target: Identifier | None = None
    kind: str = Field(pattern=ID_PATTERN)
    at: Instant
    until: Instant | None = None
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    note: Text | None = None


class Decision(Frozen):
    """A site's answer to an open question: whether a rule that may apply does."""

    rule: str
    site: Identifier
    applies: bool
    note: Text
    by: Identifier
    on: Day


class Performed(Frozen):
    """When a duty was last done before this system knew it."""

    rule: str
    target: Identifier
    on: Day
