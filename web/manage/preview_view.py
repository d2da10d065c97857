"""What an edit does to the plan, grouped by rule, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from inspections.database import Session
from inspections.editing import Proposal
from inspections.plan_changes import DutyChange, OccurrenceChange, Reassignment
from inspections.queries.occurrence_targets import occurrence_targets
from inspections.rounds.names import joined
from rules.rulebook import RuleBook
from rules.text import Text
from web.manage.names import Names, names_of

SHOWN_AT_ONCE = 6


@dataclass(frozen=True)
class DutyLine:
    """A duty that begins, ends or becomes a question."""

    kind: str
    where: Text


@dataclass(frozen=True)
class DateLine:
    """An occurrence that is added, moved, removed or changes hands."""

    kind: str
    where: Text
    at: datetime
    before: datetime | None = None
    people_before: tuple[Text, ...] = ()
    people_after: tuple[Text, ...] = ()
    reason: Text | None = None


@dataclass
class RuleGroup:
    """Everything that changes under one rule."""

    rule: str
    title: Text
    clause: Text | None
    grade: str
    duties: list[DutyLine] = field(default_factory=list)
    dates: list[DateLine] = field(default_factory=list)

    @property
    def first(self) -> list[DateLine]:
        """The dates shown at once."""
        return self.dates[:SHOWN_AT_ONCE]

    @property
    def further(self) -> list[DateLine]:
        """The dates shown on demand."""
        return self.dates[SHOWN_AT_ONCE:]


@dataclass(frozen=True)
class PlanView:
    """
    The difference for the page.

    Attributes:
        counts: By kind, 0 where nothing changes.
        cut: Whether the lists hold fewer than the counts say.
    """

    counts: dict[str, int]
    groups: list[RuleGroup]
    uncovered_before: int
    uncovered: int
    since: datetime | object
    until: datetime | object
    is_empty: bool
    cut: bool


KINDS = ("duties_added", "duties_ended", "added", "moved", "removed", "reassigned")


def plan_view(session: Session, rulebook: RuleBook, proposal: Proposal) -> PlanView:
    """Return what *proposal* changes in the plan."""
    diff, names = proposal.diff, names_of((proposal.present, proposal.organisation))
    groups = _Groups(rulebook, names)
    for kind in ("duties_added", "duties_ended"):
        groups.add_duties(kind, getattr(diff, kind))
    for kind in ("added", "moved", "removed"):
        groups.add_dates(kind, getattr(diff, kind))
    groups.add_people(session, diff.reassigned)
    counts = {kind: diff.counts.get(kind, 0) for kind in KINDS}
    return PlanView(
        counts,
        groups.sorted(),
        proposal.uncovered_before,
        diff.uncovered,
        proposal.horizon.since,
        proposal.horizon.until,
        diff.is_empty,
        any(counts[kind] > len(getattr(diff, kind)) for kind in KINDS),
    )


class _Groups:
    def __init__(self, rulebook: RuleBook, names: Names) -> None:
        self._rulebook = rulebook
        self._names = names
        self._groups: dict[str, RuleGroup] = {}

    def sorted(self) -> list[RuleGroup]:
        """Law before house, in the order of the packs."""
        order = {rule: index for index, rule in enumerate(self._rulebook.rules)}
        groups = sorted(self._groups.values(), key=lambda group: order.get(group.rule, 10**6))
        for group in groups:
            group.dates.sort(key=lambda line: line.at)
        return groups

    def add_duties(self, kind: str, duties: Iterable[DutyChange]) -> None:
        for duty in duties:
            shown = f"{kind}_{duty.status}" if duty.status == "may-apply" else kind
            self._of(duty.rule).duties.append(DutyLine(shown, self._where(duty)))

    def add_dates(self, kind: str, dates: Iterable[OccurrenceChange]) -> None:
        for change in dates:
            at = change.after or change.before
            if at is not None:
                line = DateLine(kind, self._where(change.duty), at, change.before)
                self._of(change.duty.rule).dates.append(line)

    def add_people(self, session: Session, found: Iterable[Reassignment]) -> None:
        found = tuple(found)
        places = occurrence_targets(session, (each.occurrence_id for each in found))
        for each in found:
            place = places[each.occurrence_id]
            line = DateLine(
                "reassigned" if each.after else "nobody",
                self._named(place.site, place.target_kind, place.target),
                each.due_at,
                None,
                tuple(map(self._names.person, each.before)),
                tuple(map(self._names.person, each.after)),
                each.reason,
            )
            self._of(each.rule).dates.append(line)

    def _of(self, rule_id: str) -> RuleGroup:
        if rule_id not in self._groups:
            rule = self._rulebook.rules.get(rule_id)
            title = rule.title if rule else Text(zh=rule_id, en=rule_id)
            clause = self._rulebook.clause_text(rule) if rule else None
            grade = rule.source.grade if rule else "C"
            self._groups[rule_id] = RuleGroup(rule_id, title, clause, grade)
        return self._groups[rule_id]

    def _where(self, duty: DutyChange) -> Text:
        return self._named(duty.site, duty.target_kind, duty.target)

    def _named(self, site: str, kind: str, target: str) -> Text:
        name = self._names.site(site)
        if kind == "site":
            return name
        return joined(name, self._names.target(site, kind, target))
