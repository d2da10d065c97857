"""From bindings to what is expanded: each duty with its rule version, calendar and context."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rules.derive import Binding, derive
from rules.organisation.model import Organisation, SiteCalendar
from rules.pack import DATED_KINDS, Rule, RuleVersion
from rules.rulebook import RuleBook
from scheduler.context import ExpansionContext
from scheduler.duty_contexts import Contexts
from scheduler.expansion import Expander
from scheduler.occurrence import Occurrence
from scheduler.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Duty:
    """A binding that makes occurrences, with all that its expansion needs."""

    binding: Binding
    rule: Rule
    version: RuleVersion
    calendar: WorkCalendar
    context: ExpansionContext


def calendars(organisation: Organisation) -> Mapping[str, WorkCalendar]:
    """Return the calendar of each site, by site id; sites with equal hours share one object."""
    shared: dict[SiteCalendar, WorkCalendar] = {}
    for site in organisation.sites:
        if site.calendar not in shared:
            shared[site.calendar] = WorkCalendar(
                site.calendar, time_zone=organisation.time_zone, country=organisation.country
            )
    return {site.id: shared[site.calendar] for site in organisation.sites}


def duties(
    bindings: Iterable[Binding],
    rulebook: RuleBook,
    organisation: Organisation,
    *,
    on: date,
    seed: str | None = None,
) -> Iterator[Duty]:
    """
    Yield the duties among *bindings*: those that bind, by rules that have a cadence on that day.

    Random draws take *seed*, or the organisation's id where none is given.
    """
    known = calendars(organisation)
    contexts = Contexts(organisation, seed or organisation.id)
    for binding in bindings:
        rule = rulebook.rule(binding.rule)
        if binding.status != "binds" or rule.kind not in DATED_KINDS:
            continue
        version = rulebook.version(rule, on)
        if version is not None and version.cadence is not None:
            context = contexts.of(binding)
            yield Duty(binding, rule, version, known[binding.site], context)


def expanded(
    rulebook: RuleBook,
    organisation: Organisation,
    *,
    since: date,
    until: date,
    rule: str | None = None,
) -> Iterator[tuple[Duty, Occurrence]]:
    """
    Yield every duty of *organisation* with its occurrences due from *since* to *until*.

    Duties are derived anew on each day on which a rule starts to apply or changes, so that each
    version makes the occurrences of its own days.
    """
    days = [since, *_changes(rulebook, since, until)]
    expander = Expander()
    for first, following in zip(days, [*days[1:], until + timedelta(1)], strict=True):
        bindings = derive(rulebook, organisation, first)
        wanted = (each for each in bindings if rule in {None, each.rule})
        for duty in duties(wanted, rulebook, organisation, on=first):
            for occurrence in expander.expand(
                duty.version,
                duty.calendar,
                since=first,
                until=following - timedelta(1),
                context=duty.context,
            ):
                yield duty, occurrence


def _changes(rulebook: RuleBook, since: date, until: date) -> list[date]:
    """Return the days after *since* on which some rule begins or gets another version."""
    days = {version.since for rule in rulebook.rules.values() for version in rule.versions}
    days |= {rule.effective.on for rule in rulebook.rules.values() if rule.effective.on is not None}
    return sorted(day for day in days if since < day <= until)
