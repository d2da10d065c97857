"""The posts that a demand asks to be staffed, with the people who may stand there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from inspections.wanted_occurrences import priority_of
from rules.derive import Binding, derive
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from scheduler.roster.building import roster_problem
from scheduler.roster.problem import RosterPost, RosterProblem

# What the house wants of its own accord: every post, with as many people as its shifts name.
_OF_THE_HOUSE = 2


def posts_demanded(
    rulebook: RuleBook, organisation: Organisation, span: tuple[date, date], most: int
) -> RosterProblem | None:
    """
    Return the posts of a span of days, whose priorities are at *most* so much; none: nothing.

    Short of the house's own, a shift is asked for as many people as rules want while it lasts,
    whatever the house writes beside it. Who stood before the span is left aside.
    """
    bindings = tuple(_that_count(rulebook, derive(rulebook, organisation, span[0]), most))
    problem = roster_problem(organisation, span, rulebook=rulebook, bindings=bindings)
    posts = tuple(
        _as_demanded(post, own=most >= _OF_THE_HOUSE)
        for post in problem.posts
        if post.coverage or most >= _OF_THE_HOUSE
    )
    return replace(problem, posts=posts) if posts else None


def _that_count(rulebook: RuleBook, bindings: tuple[Binding, ...], most: int) -> Iterator[Binding]:
    """Yield the bindings without the coverage that the demand does not reach to."""
    for binding in bindings:
        rule = rulebook.rule(binding.rule)
        covers = any(version.coverage for version in rule.versions)
        if not covers or priority_of(rule, rulebook) <= most:
            yield binding


def _as_demanded(post: RosterPost, *, own: bool) -> RosterPost:
    coverage = tuple(replace(each, raises=True) for each in post.coverage)
    shifts = post.shifts if own else tuple(replace(each, minimum=0) for each in post.shifts)
    return replace(post, coverage=coverage, shifts=shifts)
