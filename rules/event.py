"""Events: what happened or was found, with everything known about it, as reactions read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.facts import FactValue, Target


@dataclass(frozen=True, slots=True)
class Event:
    """
    One thing that reactions may answer.

    All joins, counts, ages, absences and "now" are facts by the time an event is made; nothing is
    looked up and no clock is read while it is answered.

    Attributes:
        kind: One of `rules.facts.EVENT_KINDS`; names the facts of its own, such as `answer.value`.
        key: Stable identity, for example `answer/<inspection>/<item>/<attempt>`, `finding/12` or
            `missed/345`. Asked again under the same key, it has the same consequences.
        site: Site where it happened.
        target_kind: What kind of thing it concerns, if one.
        target: `site-id` for a site, else `site-id/target-id`.
        at: When it happened, aware UTC; its local date chooses versions and figures of rules.
        facts: Facts of the event, and those of the target with what it stands in.
    """

    kind: str
    key: str
    site: str
    target_kind: Target | None
    target: str | None
    at: datetime
    facts: Mapping[str, FactValue]
