"""How long a sample is kept, by the rules that bind the site; and the refusal to hurry."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import Refused
from inspections.models import DutyRow
from rules.pack import Limit, Rule
from rules.rulebook import RuleBook
from rules.text import Text

KEPT, WEIGHT = "sample-kept", "sample-weight"


@dataclass(frozen=True)
class SampleLimit:
    """
    A figure that a rule sets for samples.

    Attributes:
        value: Hours for `sample-kept`, grams for `sample-weight`; at least so many.
        clause: Instrument and clause, for people.
    """

    name: str
    value: float
    rule: str
    clause: Text


class KeptTooShort(Refused):
    """A sample is to be thrown out before its time; with a reason it may be, and is a finding."""

    code = "kept-too-short"

    def __init__(self, until: datetime, zone: ZoneInfo) -> None:
        self.until = until
        at = until.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        super().__init__(
            Text(
                zh=f"样品须留存到 {at}。如必须现在清样，请写明原因；提前清样会记录并开出问题。",
                en=f"The sample must be kept until {at}. If it has to go now, please give the "
                "reason: an early discard is recorded and opens a finding.",
            )
        )


def sample_limits(
    session: Session, rulebook: RuleBook, *, site_id: int, on: date
) -> dict[str, SampleLimit]:
    """Return the strictest figure of each name that binds the site or a place of it on a day."""
    bound = select(DutyRow.rule).filter_by(site_id=site_id, status="binds", valid_until=None)
    found: dict[str, SampleLimit] = {}
    for rule_id in dict.fromkeys(session.scalars(bound)):
        rule = rulebook.rules.get(rule_id)
        version = rulebook.version(rule, on) if rule else None
        for limit in version.limits if version and rule else ():
            if limit.name in (KEPT, WEIGHT) and rule is not None:
                one = _limit(rulebook, rule, limit, on)
                known = found.get(limit.name)
                if known is None or one.value > known.value:
                    found[limit.name] = one
    return found


def kept_until(taken_at: datetime, limits: dict[str, SampleLimit]) -> datetime:
    """Return the first instant at which a sample may be thrown out; at once without a rule."""
    limit = limits.get(KEPT)
    return taken_at + timedelta(hours=limit.value) if limit else taken_at


def _limit(rulebook: RuleBook, rule: Rule, limit: Limit, on: date) -> SampleLimit:
    value = limit.value
    if isinstance(value, str):
        value = float(rulebook.parameter(value.removeprefix("$"), on))
    return SampleLimit(limit.name, float(value), rule.id, rulebook.clause_text(rule))
