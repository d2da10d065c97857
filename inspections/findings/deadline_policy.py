"""How long putting a finding right may take: the rule decides, else the organisation's policy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from rules.durations import Duration
from rules.pack import OnFail, Parameter
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.deadlines import Deadline

# Proposed values (提议值) of the product, in working days with 0 for the same day. A house pack
# replaces each with a parameter named `…_deadline_severe` and so on; docs/reference/record.md.
PROPOSED: Mapping[str, int] = {"severe": 0, "moderate": 3, "minor": 7}


@dataclass(frozen=True)
class Policy:
    """
    A length of time and who set it.

    Attributes:
        source: `rule`, the id of a parameter, or `proposed` for the product's own value.
    """

    duration: Duration
    source: str


def policy_for(
    severity: str,
    *,
    on_fail: OnFail | None,
    rulebook: RuleBook,
    packs: Iterable[str],
    on: date,
) -> Policy:
    """Return how long a finding that opens *on* a day may take; *packs* are those of the house."""
    if on_fail is not None:
        return Policy(on_fail.deadline, "rule")
    for parameter in _parameters(rulebook, frozenset(packs)):
        if parameter.id.endswith(f"_deadline_{severity}") and parameter.values[0].since <= on:
            days = int(rulebook.parameter(parameter.id, on))
            return Policy(
                _days(days, "day" if parameter.unit == "day" else "working-day"), parameter.id
            )
    return Policy(_days(PROPOSED[severity], "working-day"), "proposed")


def arithmetic(found: Deadline, source: str) -> dict[str, Any]:
    """Return what is stored of a deadline: its days, the sentence in both languages, who set it."""
    days = [
        {"day": each.day.isoformat(), "counted": each.counted, "why": _words(each.why)}
        for each in found.days
    ]
    return {"text": _words(found.text), "days": days, "source": source}


def _parameters(rulebook: RuleBook, packs: frozenset[str]) -> Iterable[Parameter]:
    return (each for pack in rulebook.packs if pack.id in packs for each in pack.parameters)


def _days(days: int, unit: Literal["day", "working-day"]) -> Duration:
    return Duration(unit="same-day") if days == 0 else Duration(amount=days, unit=unit)


def _words(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}
