"""What a plan run came to, rule by rule, so that a replay can be held against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from inspections.expanding import DutyExpander, SiteExpansion, target_name
from inspections.last_performed import counts_from_completion
from inspections.record_digest import canonical
from inspections.stored_duty import StoredDuty
from rules.pack import Rule
from scheduler.occurrence import Occurrence

Outcome = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class OutcomeDuty:
    """
    A duty of a run.

    Attributes:
        rule: Nothing where it makes no occurrences, or left the rule book.
        performed: Last day of performance, where its dates hang on that.
    """

    duty: StoredDuty
    rule: Rule | None
    site: SiteExpansion
    performed: date | None

    @property
    def name(self) -> str:
        """Rule and full target."""
        return f"{self.duty.rule}|{target_name(self.site.key, self.duty)}"


def kept_days(duties: Iterable[OutcomeDuty], since: date) -> dict[str, dict[str, str]]:
    """Return what the dates of duties hang on beside facts and rules: first and last days."""
    performed, started = {}, {}
    for each in duties:
        if each.rule is None:
            continue
        if each.performed is not None:
            performed[each.name] = each.performed.isoformat()
        if each.duty.valid_from > since or counts_from_completion(each.rule):
            started[each.name] = each.duty.valid_from.isoformat()
    return {"performed": performed, "started": started}


def outcome(duties: Iterable[OutcomeDuty], expander: DutyExpander) -> dict[str, dict[str, Any]]:
    """Return duties, occurrences and a hash of every window of each rule, by rule id."""
    hashes = _Hashes()
    found: dict[str, dict[str, Any]] = {}
    lines: dict[str, list[str]] = {}
    for each in duties:
        tally = found.setdefault(
            each.duty.rule, {"duties": 0, "may_apply": 0, "occurrences": 0, "digest": ""}
        )
        binds = each.duty.status == "binds"
        tally["duties" if binds else "may_apply"] += 1
        made: list[str] = []
        if binds and each.rule is not None:
            for occurrences in expander.expansions(
                each.duty, each.rule, each.site, performed=each.performed
            ):
                tally["occurrences"] += len(occurrences)
                made.append(hashes.of(occurrences))
        lines.setdefault(each.duty.rule, []).append(canonical([each.name, each.duty.status, made]))
    for rule, tally in found.items():
        tally["digest"] = sha256("\n".join(sorted(lines[rule])).encode()).hexdigest()
    return found


class _Hashes:
    """Hashes of expansions; a shared one is hashed once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, tuple[Occurrence, ...]]] = {}

    def of(self, occurrences: tuple[Occurrence, ...]) -> str:
        """Return a hash of the windows; the tuple is kept, so that its id stays its own."""
        known = self._known.get(id(occurrences))
        if known is None:
            windows = ";".join(
                f"{each.period} {each.opens_at.isoformat()} {each.due_at.isoformat()} "
                f"{each.closes_at.isoformat()}"
                for each in occurrences
            )
            known = sha256(windows.encode()).hexdigest()[:16], occurrences
            self._known[id(occurrences)] = known
        return known[0]
