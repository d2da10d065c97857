"""One site described in words, and what the built-in packs ask of it; no record, no database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from features.steps.moments import day_of, moment_of, told
from rules.derive import Binding, derive
from rules.engine import EngineName
from rules.event_names import EVENT_NAMES
from rules.organisation.model import Organisation
from rules.pack import Rule, RuleVersion
from rules.rulebook import RuleBook
from rules.vocabulary import load_vocabulary
from scheduler.duties import Duty, expanded
from scheduler.occurrence import Occurrence

ENGINE: EngineName = "python"
# The day of every question that names no other.
TODAY = date(2026, 11, 23)
_YES = {"是": True, "否": False}
_EVENTS = {name.zh: code for code, name in EVENT_NAMES.items()}


@dataclass
class LawSite:
    """
    What the steps of one scenario say of a site, and who is asked.

    Attributes:
        data: The organisation in the shape of its file, grown by the steps.
        consequences: What followed from the last event.
    """

    book: RuleBook
    data: dict[str, Any] = field(default_factory=dict)
    consequences: tuple[Any, ...] = ()

    @property
    def site(self) -> dict[str, Any]:
        """The one site."""
        found: dict[str, Any] = self.data["sites"][0]
        return found

    @property
    def organisation(self) -> Organisation:
        """The organisation as its file would be read."""
        return Organisation.model_validate(self.data)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site."""
        return ZoneInfo(self.data["time_zone"])

    @property
    def own(self) -> RuleBook:
        """The rules that the organisation's country and choice give it."""
        return self.book.for_organisation(self.organisation)

    def rule(self, title: str) -> Rule:
        """Return the rule of this title; a title that two rules bear tells nothing."""
        found = [rule for rule in self.own.rules.values() if rule.title.zh == title]
        assert len(found) == 1, f"{title}: {[rule.id for rule in found]}"
        return found[0]

    def any_rule(self, title: str) -> Rule:
        """Return the rule of this title, whether or not its pack applies here."""
        found = [rule for rule in self.book.rules.values() if rule.title.zh == title]
        assert len(found) == 1, f"{title}: {[rule.id for rule in found]}"
        return found[0]

    def version(self, title: str, on: date) -> RuleVersion:
        """Return what the rule demands on a day."""
        found = self.own.version(self.rule(title), on)
        assert found is not None, f"{title} has no version on {on}"
        return found

    def bindings(self, title: str, on: date, *, target: str | None = None) -> list[Binding]:
        """Return where the rule binds or may bind, at one target or anywhere."""
        rule = self.any_rule(title).id
        wanted = None if target is None else f"site/{self.key(target)}"
        found = derive(self.own, self.organisation, on, engine=ENGINE)
        return [each for each in found if each.rule == rule and wanted in {None, each.target}]

    def occurrences(self, title: str, since: date, until: date) -> list[tuple[Duty, Occurrence]]:
        """Return what falls due in a span of days, in order of time."""
        rule = self.rule(title).id
        found = expanded(self.own, self.organisation, since=since, until=until, rule=rule)
        return sorted(found, key=lambda each: each[1].due_at)

    def due_at(self, title: str, due: str) -> Occurrence:
        """Return the occurrence due on a day, or at an instant where the words give a clock."""
        day = moment_of(due).astimezone(self.zone).date() if ":" in due else day_of(due)
        found = [occurrence for _, occurrence in self.occurrences(title, day, day)]
        if ":" in due:
            found = [each for each in found if each.due_at == moment_of(due)]
        assert len(found) == 1, f"{title} on {due}: {[told(each.due_at) for each in found]}"
        return found[0]

    def key(self, name: str) -> str:
        """Return the id of an asset, place, post or person by its name."""
        inside = [
            each for part in ("assets", "places", "posts") for each in self.site.get(part, ())
        ]
        every = [*inside, *self.data.get("people", ())]
        return next(each["id"] for each in every if each["name"]["zh"] == name)


def facts_in(table: list[list[str]], kind: str) -> dict[str, Any]:
    """Return facts from rows of a title and a value in words."""
    known = {
        each.title.zh: each
        for each in load_vocabulary().values()
        if each.name.split(".")[0] == kind
    }
    found = {}
    for title, value in table:
        assert title in known, f"{kind} has no fact {title}"
        found[known[title].name] = fact_value(known[title], value)
    return found


def fact_value(definition: Any, text: str) -> Any:
    """Return the value that a text means for a fact."""
    choices = {choice.title.zh: choice.value for choice in definition.choices}
    match definition.type:
        case "boolean":
            return _YES[text]
        case "enum":
            return choices[text]
        case "tags":
            return [choices[each] for each in text.split("、")]
        case "integer":
            return int(text)
        case "number":
            return float(text)
    return text


def event_code(name: str) -> str:
    """Return the kind of event that people call *name*."""
    return _EVENTS[name]
