"""Expand one stored duty to its occurrences, with a hash of everything they depend on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from inspections.record_digest import digest_of
from inspections.stored_duty import StoredDuty
from rules.organisation.model import Organisation, Site
from rules.pack import Rule
from scheduler.context import ExpansionContext, RecordedEvent
from scheduler.expansion import Expander
from scheduler.occurrence import Occurrence
from scheduler.version_spans import VersionSpan, version_spans
from scheduler.workdays import WorkCalendar


@dataclass
class SiteExpansion:
    """
    The calendar and events of one site, ready to expand its duties.

    Attributes:
        key: Of the site.
        digest: Hash of all that the site gives to an expansion.
    """

    key: str
    calendar: WorkCalendar
    events: tuple[RecordedEvent, ...]
    digest: str


@dataclass
class DutyExpander:
    """
    Expands the duties of one organisation over one horizon.

    Attributes:
        seed: Of random draws; an organisation's draws differ from another's.
    """

    organisation: Organisation
    since: date
    until: date
    seed: str
    expander: Expander = field(default_factory=Expander)
    _versions: dict[str, tuple[VersionSpan, ...]] = field(default_factory=dict)
    _rules: dict[str, str] = field(default_factory=dict)

    def site(self, site: Site) -> SiteExpansion:
        """Return what the duties of *site* share."""
        events = tuple(
            RecordedEvent(event.id, event.kind, event.at)
            for event in self.organisation.events
            if event.site == site.id
        )
        zone, country = self.organisation.time_zone, self.organisation.country
        calendar = WorkCalendar(site.calendar, time_zone=zone, country=country)
        shared = [
            site.calendar.model_dump(mode="json"),
            zone,
            country,
            [[event.id, event.kind, event.at.isoformat()] for event in events],
            self.since.isoformat(),
            self.until.isoformat(),
            self.seed,
        ]
        return SiteExpansion(site.id, calendar, events, digest_of(shared))

    def digest(
        self, duty: StoredDuty, rule: Rule, site: SiteExpansion, *, performed: date | None
    ) -> str:
        """Return a hash that changes when the occurrences of *duty* may change."""
        parts = [site.digest, self._rule_digest(rule), duty.target, str(duty.valid_from)]
        return digest_of([*parts, str(performed), *([duty.days] if duty.days else [])])

    def occurrences(
        self, duty: StoredDuty, rule: Rule, site: SiteExpansion, *, performed: date | None
    ) -> Iterator[Occurrence]:
        """Yield the occurrences of *duty* whose due day lies in the horizon, version by version."""
        for made in self.expansions(duty, rule, site, performed=performed):
            yield from made

    def expansions(
        self, duty: StoredDuty, rule: Rule, site: SiteExpansion, *, performed: date | None
    ) -> Iterator[tuple[Occurrence, ...]]:
        """Yield what `occurrences` yields, one tuple for each version; equal ones are shared."""
        context = ExpansionContext(
            start=duty.valid_from,
            performed=performed,
            events=site.events,
            seed=self.seed,
            rule=rule.id,
            target=target_name(site.key, duty),
        )
        for version, since, until in self._spans(rule):
            if version.cadence is None:
                continue
            for first, last in duty.spans(since, until):
                yield self.expander.expand(
                    version, site.calendar, since=first, until=last, context=context
                )

    def _spans(self, rule: Rule) -> tuple[VersionSpan, ...]:
        """Return the versions of *rule* with the part of the horizon in which each is in force."""
        if rule.id not in self._versions:
            self._versions[rule.id] = tuple(version_spans(rule, self.since, self.until))
        return self._versions[rule.id]

    def _rule_digest(self, rule: Rule) -> str:
        if rule.id not in self._rules:
            versions = [version.model_dump(mode="json") for version in rule.versions]
            self._rules[rule.id] = digest_of(versions)
        return self._rules[rule.id]


def target_name(site: str, duty: StoredDuty) -> str:
    """Return the target as a derivation names it, with the key of its site."""
    return site if duty.target_kind == "site" else f"{site}/{duty.target}"
