"""Every duty of an organisation over a horizon with its occurrences, expanded once and shared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from rules.derive import Binding
from rules.horizon import Held, changed_rules, held_over
from rules.organisation.model import Organisation
from rules.pack import DATED_KINDS, Rule, RuleVersion
from rules.rulebook import RuleBook
from scheduler.duties import calendars
from scheduler.duty_contexts import Contexts
from scheduler.expansion import Expander
from scheduler.occurrence import Occurrence
from scheduler.version_spans import VersionSpan, version_spans

Key = tuple[str, str]


class Part(NamedTuple):
    """What one version asks of one target; equal expansions are the same tuple."""

    version: RuleVersion
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """
    One duty, or a rule that may apply.

    Attributes:
        parts: One for each span of days with one version; none where it makes no occurrences.
    """

    held: Held
    parts: tuple[Part, ...]

    @property
    def binding(self) -> Binding:
        """Rule, target, standing and why."""
        return self.held.binding

    @property
    def binds(self) -> bool:
        """Whether it binds on some day; else it may."""
        return bool(self.held.spans)


@dataclass(frozen=True)
class Forecast:
    """All lines of an organisation, by rule and target."""

    rulebook: RuleBook
    organisation: Organisation
    lines: Mapping[Key, Line]


class Forecaster:
    """Forecasts over one horizon; what two forecasts have in common is made once."""

    def __init__(self, *, since: date, until: date, seed: str) -> None:
        self.since, self.until, self._seed = since, until, seed
        self._expander = Expander()
        self._versions: dict[tuple[str, int], tuple[Rule, tuple[VersionSpan, ...]]] = {}

    def forecast(self, rulebook: RuleBook, organisation: Organisation) -> Forecast:
        """Return the forecast of *organisation* under its own part of *rulebook*."""
        held = held_over(rulebook, organisation, since=self.since, until=self.until)
        lines = dict(self._lines(rulebook, organisation, held))
        return Forecast(rulebook, organisation, lines)

    def changed(
        self,
        before: Forecast,
        rulebook: RuleBook,
        organisation: Organisation,
        sites: frozenset[str],
    ) -> Forecast:
        """
        Return the forecast of other rules and facts; only what they touch is made anew.

        *sites* are those whose own facts, hours or people differ.
        """
        rules = changed_rules(before.rulebook, rulebook, since=self.since, until=self.until)
        if rules is None:
            return self.forecast(rulebook, organisation)
        kept = {
            key: line
            for key, line in before.lines.items()
            if line.binding.site not in sites and key[0] not in rules
        }
        others = _restricted(organisation, sites, inside=False)
        if rules and others.sites:
            kept |= self._some(rulebook, others, rules)
        inside = _restricted(organisation, sites, inside=True)
        if inside.sites:
            kept |= self.forecast(rulebook, inside).lines
        return Forecast(rulebook, organisation, kept)

    def _some(
        self, rulebook: RuleBook, organisation: Organisation, rules: frozenset[str]
    ) -> dict[Key, Line]:
        concluding = {id_ for id_, rule in rulebook.rules.items() if rule.concludes is not None}
        some = rulebook.only(rules | concluding)
        held = held_over(some, organisation, since=self.since, until=self.until)
        wanted = {key: each for key, each in held.items() if key[0] in rules}
        return dict(self._lines(rulebook, organisation, wanted))

    def _lines(
        self, rulebook: RuleBook, organisation: Organisation, held: Mapping[Key, Held]
    ) -> Iterator[tuple[Key, Line]]:
        known = calendars(organisation)
        contexts = Contexts(organisation, self._seed)
        for key, each in held.items():
            spans = self._spans(rulebook.rule(key[0])) if each.spans else ()
            if not spans:
                yield key, Line(each, ())
                continue
            calendar = known[each.binding.site]
            context = replace(contexts.of(each.binding), start=each.since)
            parts = (
                Part(
                    version,
                    self._expander.expand(
                        version, calendar, since=first, until=last, context=context
                    ),
                )
                for version, first, last in _cut(spans, each.spans)
            )
            yield key, Line(each, tuple(parts))

    def _spans(self, rule: Rule) -> tuple[VersionSpan, ...]:
        if rule.kind not in DATED_KINDS:
            return ()
        key = (rule.id, id(rule))
        if key not in self._versions:
            found = version_spans(rule, self.since, self.until)
            kept = tuple(span for span in found if span.version.cadence is not None)
            self._versions[key] = (rule, kept)  # The rule is kept, so that its id stays its own.
        return self._versions[key][1]


def _cut(
    versions: Iterable[VersionSpan], spans: Iterable[tuple[date, date]]
) -> Iterator[VersionSpan]:
    for version, since, until in versions:
        for first, last in spans:
            start, end = max(since, first), min(until, last)
            if start <= end:
                yield VersionSpan(version, start, end)


def _restricted(organisation: Organisation, sites: frozenset[str], *, inside: bool) -> Organisation:
    """Return the organisation with the sites in, or out of, *sites* and the people there."""
    kept = tuple(site for site in organisation.sites if (site.id in sites) is inside)
    names = {site.id for site in kept}
    people = tuple(
        person.model_copy(update={"sites": tuple(each for each in person.sites if each in names)})
        for person in organisation.people
        if names.intersection(person.sites)
    )
    return organisation.model_copy(update={"sites": kept, "people": people})
