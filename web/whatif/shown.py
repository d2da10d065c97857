"""The effect of a trial as its page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from inspections.person_titles import person_titles
from inspections.rounds.names import joined
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.whatif.effect import Effect, Figures, OccurrenceEffect
from scheduler.whatif.staff import Gap
from web.preferences import words

AT_ONCE = 50


@dataclass(frozen=True)
class Row:
    """A figure before and after; `worse` where more of it is bad and there is more."""

    label: str
    before: float
    after: float
    worse: bool = False

    @property
    def change(self) -> float:
        """What is added, or taken away where below 0."""
        return self.after - self.before


@dataclass(frozen=True)
class GapRow:
    """Work that too few may do, or just enough, with names."""

    site: str
    who: str
    certificates: str
    needed: int
    able: str
    inspections: int


class Shown:
    """Rows of the page, in the language of the viewer."""

    def __init__(
        self, effect: Effect, organisations: Iterable[Organisation], book: RuleBook
    ) -> None:
        self._effect, self._book = effect, book
        self._names: dict[str, Text] = {}
        for organisation in organisations:
            self._names |= _names(organisation)
        self._titles = person_titles()

    def sums(self) -> list[Row]:
        """Return the figures of the whole."""
        before, after = self._effect.before, self._effect.after
        weeks = self._effect.week_count
        return [
            Row(_("duties"), before.duties, after.duties),
            Row(_("checks due"), before.occurrences, after.occurrences),
            Row(_("visits (one may serve several checks)"), before.inspections, after.inspections),
            Row(_("staff minutes a week"), round(before.minutes / weeks),
                round(after.minutes / weeks)),
            _worse(_("visits that too few people may do"), before, after, "uncovered"),
            _worse(_("visits that hang on one person"), before, after, "single"),
            Row(_("overloaded weeks of people"), *_overloads(before, after)),
        ]  # fmt: skip

    def weeks(self) -> list[tuple[date, int, int]]:
        """Return the weeks in which minutes differ."""
        return [row for row in self._effect.weeks() if row[1] != row[2]]

    def roles(self) -> list[Row]:
        """Return minutes a week by role, where they differ, the largest difference first."""
        before, after = self._effect.before.staffing.roles, self._effect.after.staffing.roles
        found = ((self._roles(each), before.get(each, {}), after.get(each, {}))
                 for each in dict.fromkeys((*before, *after)))  # fmt: skip
        return self._a_week(found)

    def people(self) -> list[Row]:
        """Return minutes a week by person, where they differ, the largest difference first."""
        before, after = self._effect.before.staffing.people, self._effect.after.staffing.people
        found = ((self._name(each), before.get(each, {}), after.get(each, {}))
                 for each in dict.fromkeys((*before, *after)))  # fmt: skip
        return self._a_week(found)

    def gaps(self, kind: str) -> list[GapRow]:
        """Return the gaps of a kind that the change makes."""
        before: tuple[Gap, ...] = getattr(self._effect.before.staffing, kind)
        after: tuple[Gap, ...] = getattr(self._effect.after.staffing, kind)
        known = {_gap_key(gap) for gap in before}
        return [self._gap(gap) for gap in after if _gap_key(gap) not in known]

    def certificates(self) -> list[tuple[str, str, str, str]]:
        """Return site, certificate and holders now and then, where they differ."""
        before, after = (
            {(need.site, need.kind): need.holders for need in figures.staffing.certificates}
            for figures in (self._effect.before, self._effect.after)
        )
        return [
            (self._name(site), self._certificate(kind), self._holders(before, (site, kind)),
             self._holders(after, (site, kind)))
            for site, kind in sorted({*before, *after})
            if before.get((site, kind)) != after.get((site, kind))
        ]  # fmt: skip

    def rules(self) -> list[tuple[str, str, dict[str, int]]]:
        """Return rules of which dates differ, the most first, with their titles."""
        ordered = sorted(
            self._effect.by_rule.items(), key=lambda each: (-sum(each[1].values()), each[0])
        )
        return [(rule, self._rule(rule), dict(counts)) for rule, counts in ordered]

    def duties(self) -> list[tuple[str, str, str | None, str | None]]:
        """Return rule, target and standing before and after."""
        return [
            (self._rule(each.rule), self._target(each.target), each.before, each.after)
            for each in self._effect.duties
        ]

    def dates(self, number: int) -> list[tuple[OccurrenceEffect, str, str]]:
        """Return a page of dates that differ, with rule and target in words."""
        start = (number - 1) * AT_ONCE
        return [
            (each, self._rule(each.rule), self._target(each.target))
            for each in self._effect.occurrences[start : start + AT_ONCE]
        ]

    @property
    def pages(self) -> int:
        """How many pages of dates there are."""
        return max(1, -(-len(self._effect.occurrences) // AT_ONCE))

    def _a_week(self, found: Iterable[tuple[str, Any, Any]]) -> list[Row]:
        weeks = self._effect.week_count
        rows = [
            Row(name, round(sum(was.values()) / weeks), round(sum(will.values()) / weeks))
            for name, was, will in found
            if round(sum(was.values())) != round(sum(will.values()))
        ]
        return sorted(rows, key=lambda row: -abs(row.change))

    def _gap(self, gap: Gap) -> GapRow:
        return GapRow(
            self._name(gap.site),
            self._roles(gap.roles),
            _listed(self._certificate(kind) for kind in gap.qualifications),
            gap.count,
            _listed(self._name(each) for each in gap.able) or _("nobody"),
            gap.inspections,
        )

    def _holders(self, found: dict[tuple[str, str], tuple[str, ...]], key: tuple[str, str]) -> str:
        if key not in found:
            return str(_("not needed"))
        return _listed(self._name(each) for each in found[key]) or str(_("nobody"))

    def _rule(self, rule: str) -> str:
        known = self._book.rules.get(rule)
        return words(known.title) if known else rule

    def _target(self, target: str) -> str:
        return self._name(target) if target in self._names else target

    def _name(self, key: str) -> str:
        return words(self._names[key]) if key in self._names else key

    def _certificate(self, kind: str) -> str:
        known = self._titles.certificates.get(kind)
        return words(known) if known else kind

    def _roles(self, roles: Sequence[str]) -> str:
        titles = self._titles.roles
        named = (words(titles[role]) if role in titles else role for role in roles)
        return " / ".join(named) or str(_("anybody"))


def _gap_key(gap: Gap) -> tuple[Any, ...]:
    return (gap.site, gap.roles, gap.qualifications, gap.count, gap.able)


def _listed(found: Iterable[str]) -> str:
    return str(_(", ")).join(found)


def _worse(label: str, before: Figures, after: Figures, kind: str) -> Row:
    was, will = (
        sum(gap.inspections for gap in getattr(each.staffing, kind)) for each in (before, after)
    )
    return Row(label, was, will, will > was)


def _overloads(before: Figures, after: Figures) -> tuple[int, int, bool]:
    was, will = (sum(one.weeks for one in each.staffing.overloaded) for each in (before, after))
    return was, will, will > was


def _names(organisation: Organisation) -> dict[str, Text]:
    """Return the name of every site, target and person; targets as `site/id`."""
    names = {person.id: person.name for person in organisation.people}
    for site in organisation.sites:
        names[site.id] = site.name
        pieces = [*((each.id, each.name) for each in site.places),
                  *((each.id, each.name) for each in site.assets),
                  *((each.id, each.name) for each in site.posts)]  # fmt: skip
        for key, name in pieces:
            names[f"{site.id}/{key}"] = joined(site.name, name)
        for person in organisation.people:
            if site.id in person.sites:
                names[f"{site.id}/{person.id}"] = person.name
    return names
