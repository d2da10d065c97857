"""Steps on the week board as values: pages make them, previews try them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar


@dataclass(frozen=True)
class Give:
    """
    These people do a check, on this day; the plan keeps to it from then on.

    Attributes:
        occurrence: Any occurrence that the check serves.
    """

    kind: ClassVar[str] = "give"
    occurrence: int
    people: tuple[str, ...]
    day: date


@dataclass(frozen=True)
class Release:
    """A check is no longer settled by hand."""

    kind: ClassVar[str] = "release"
    occurrence: int


@dataclass(frozen=True)
class Away:
    """Somebody is away from now, or from a later day on; both days are included."""

    kind: ClassVar[str] = "away"
    person: str
    since: date
    until: date
    reason: str


@dataclass(frozen=True)
class Again:
    """Plan once more, for example after facts changed."""

    kind: ClassVar[str] = "again"


Step = Give | Release | Away | Again
_KINDS: Mapping[str, type[Step]] = {one.kind: one for one in (Give, Release, Away, Again)}


def step_as_data(step: Step) -> dict[str, Any]:
    """Return *step* as plain data."""
    told = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(step).items()
    }
    return {"kind": step.kind, **told}


def step_from_data(data: Mapping[str, Any]) -> Step:
    """Return the step that `step_as_data` told of."""
    given: dict[str, Any] = {name: value for name, value in data.items() if name != "kind"}
    for name in {"day", "since", "until"} & given.keys():
        given[name] = date.fromisoformat(given[name])
    if "people" in given:
        given["people"] = tuple(given["people"])
    return _KINDS[data["kind"]](**given)
