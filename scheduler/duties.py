"""From bindings to what is expanded: each duty with its rule version, calendar and context."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.derive import Binding
from rules.horizon import Bindings, derive_over
from rules.organisation.model import Organisation, SiteCalendar
from rules.pack import DATED_KINDS, Rule, RuleVersion
from rules.rulebook import RuleBook
from scheduler.context import ExpansionContext
from scheduler.duty_contexts import Contexts
from scheduler.expansion import Expander
from scheduler.occurrence import Occurrence
from scheduler.version_spans import version_spans
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

    Each version of a rule makes the occurrences of its own days, and of those on which its
    condition holds with the figures of the day.
    """
    expander = Expander()
    known = calendars(organisation)
    contexts = Contexts(organisation, organisation.id)
    for part in derive_over(rulebook, organisation, since=since, until=until):
        wanted = (each for each in part.bindings if rule in {None, each.rule})
        for binding, version, first, last in _spans(wanted, rulebook, part):
            found, context = known[binding.site], contexts.of(binding)
            duty = Duty(binding, rulebook.rule(binding.rule), version, found, context)
            for occurrence in expander.expand(
                version, found, since=first, until=last, context=context
            ):
                yield duty, occurrence


def _spans(
    bindings: Iterable[Binding], rulebook: RuleBook, part: Bindings
) -> Iterator[tuple[Binding, RuleVersion, date, date]]:
    """Yield each duty that makes occurrences with its versions in force inside the part."""
    for binding in bindings:
        rule = rulebook.rule(binding.rule)
        if binding.status == "binds" and rule.kind in DATED_KINDS:
            for version, first, last in version_spans(rule, part.since, part.until):
                if version.cadence is not None:
                    yield binding, version, first, last
