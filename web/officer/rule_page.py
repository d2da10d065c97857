"""What the page of one rule shows."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from inspections.queries.coverage_log import dates_done
from inspections.queries.layers_in_use import Layered
from inspections.queries.next_dates import Asked, NextDates
from inspections.queries.rules_in_use import duties_of_rule
from rules.cadence import RandomDraw
from rules.cadence_words import version_text
from rules.condition_lines import Line, condition_lines
from rules.condition_reading import TargetReading, TestReading, readings
from rules.condition_words import condition_text
from rules.organisation.model import Organisation
from rules.origin_words import target_names
from rules.pack import Instrument, Pack, Rule, RuleVersion
from rules.parameters import condition_on
from rules.reaction_words import EVENT_KIND_NAMES, consequence_text
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.occurrence import Occurrence
from web.authentication import viewer
from web.database import session
from web.fact_words import fact_in_words
from web.formatting import today
from web.officer.rule_layers import LayerView, layer_views, layered_here

AT_ONCE = 12
DATES = 10


@dataclass(frozen=True)
class TestView:
    """One test: what is asked, what the target says, and whether it is met."""

    text: Text
    actual: Text | None
    met: bool | None
    depth: int


@dataclass(frozen=True)
class Bound:
    """One target and how the rule stands to it: `binds`, `may-apply` or nothing."""

    target: str
    name: Text
    site: Text
    standing: str | None


@dataclass(frozen=True)
class VersionView:
    """A version with its cadence in words."""

    version: RuleVersion
    cadence: Text | None
    current: bool


@dataclass(frozen=True)
class Answers:
    """Of a reaction: the event it answers, under which condition, and what follows."""

    event: Text
    lines: tuple[Line, ...]
    follows: tuple[Text, ...]


@dataclass(frozen=True)
class RulePage:
    """
    One rule.

    Attributes:
        counts: Targets by standing.
        chosen: The target read test by test, and the tests.
        dates: The next ten occurrences of the chosen target's duty; `secret` where drawn.
        layers: The other rules of its obligation, the highest layer first.
        answers: Of a reaction in force: it binds nothing, but answers events.
    """

    rule: Rule
    pack: Pack
    instrument: Instrument
    clause: Text
    strength: str
    counts: Counter[str | None]
    bound: tuple[Bound, ...]
    more: int
    chosen: Bound | None
    tests: tuple[TestView, ...]
    versions: tuple[VersionView, ...]
    dates: tuple[Occurrence, ...]
    secret: bool
    layers: tuple[LayerView, ...]
    layered: Layered
    answers: Answers | None

    @property
    def current(self) -> VersionView | None:
        """The version in force today."""
        return next((one for one in self.versions if one.current), None)


def page_of(book: RuleBook, organisation: Organisation, rule_id: str, at: str) -> RulePage:
    """Return the page of the rule, read against the target *at*, else the first that it binds."""
    rule = book.rule(rule_id)
    seen = [one for one in readings(book, organisation, rule_id, today()) if _in_scope(one)]
    names = dict(target_names(organisation))
    bound = [_bound(one, names) for one in sorted(seen, key=_rank)]
    chosen = next((one for one in bound if one.target == at), bound[0] if bound else None)
    read = next((one for one in seen if chosen and one.target == chosen.target), None)
    version = book.version(rule, today())
    layered = layered_here(book, rule_id)
    secret = version is not None and isinstance(version.cadence, RandomDraw)
    return RulePage(
        rule=rule,
        pack=book.pack_of(rule_id),
        instrument=book.instrument(rule),
        clause=book.clause_text(rule),
        strength=book.strength(rule),
        counts=Counter(one.standing for one in bound),
        bound=tuple(bound[:AT_ONCE]),
        more=max(0, len(bound) - AT_ONCE),
        chosen=chosen,
        tests=tuple(_test(one) for one in read.tests) if read else (),
        versions=tuple(_version(one, version) for one in rule.versions),
        dates=() if secret or chosen is None else tuple(_dates(book, rule, chosen)),
        secret=secret,
        layers=tuple(layer_views(book, rule_id, layered)),
        layered=layered,
        answers=_answers(book, rule),
    )


def _answers(book: RuleBook, rule: Rule) -> Answers | None:
    condition, version = condition_on(book, rule, today()), book.version(rule, today())
    if rule.on is None or condition is None or version is None:
        return None
    follows = tuple(consequence_text(do, rule, book) for do in version.then)
    return Answers(EVENT_KIND_NAMES[rule.on], tuple(condition_lines(condition)), follows)


def _in_scope(reading: TargetReading) -> bool:
    return viewer().sees(reading.site)


def _rank(reading: TargetReading) -> int:
    return {"binds": 0, "may-apply": 1}.get(reading.standing or "", 2)


def _bound(reading: TargetReading, names: dict[str, Text]) -> Bound:
    site = names[reading.site]
    return Bound(reading.target, names.get(reading.target, site), site, reading.standing)


def _test(reading: TestReading) -> TestView:
    known = reading.actual is not None
    actual = fact_in_words(reading.test.fact, reading.actual).value if known else None
    text = condition_text(reading.test, negated=reading.negated)
    return TestView(text, actual, reading.holds, reading.depth)


def _version(version: RuleVersion, current: RuleVersion | None) -> VersionView:
    return VersionView(version, version_text(version), version is current)


def _dates(book: RuleBook, rule: Rule, chosen: Bound) -> list[Occurrence]:
    organisation = viewer().organisation
    for duty in duties_of_rule(session(), organisation, rule.id):
        dates = NextDates(session(), book, organisation)
        key = dates.site_key(duty.site_id)
        target = key if duty.target_kind == "site" else f"{key}/{duty.target}"
        if target == chosen.target and duty.status == "binds":
            done = dates_done(session(), organisation, duty, target)
            asked = Asked(
                duty.id, duty.site_id, rule, duty.target_kind, duty.target, duty.valid_from, done
            )
            return dates.after(asked, today() - timedelta(days=1), count=DATES)
    return []
