"""What planners choose for a year: which rules' drills come unannounced or are held together."""

from dataclasses import dataclass

from flask import request

from inspections.drills.required import Required
from inspections.drills.settings import DrillSettings
from inspections.drills.year import DrillYear
from web.preferences import words


@dataclass(frozen=True)
class RuleChoice:
    """
    A rule that asks for drills, as a line of the form.

    Attributes:
        must_hide: Whether it says itself that nobody is told before.
        may_hide: Whether it leaves that to the house.
        may_join: Whether several sites are under it, so that they can hold drills as one.
    """

    rule: str
    title: str
    clause: str
    must_hide: bool
    may_hide: bool
    hidden: bool
    may_join: bool
    together: bool


def rules_to_choose(shown: DrillYear) -> tuple[RuleChoice, ...]:
    """Return the rules behind the drills of the year, in the order they fall due."""
    wanted: dict[str, Required] = {}
    sites: dict[str, set[str]] = {}
    for site in shown.sites:
        for kind in site.kinds:
            for window in kind.windows:
                wanted.setdefault(window.wanted.rule, window.wanted)
                sites.setdefault(window.wanted.rule, set()).add(site.key)
    return tuple(
        RuleChoice(
            rule,
            words(one.title),
            words(one.clause),
            must_hide=one.must_be_hidden,
            may_hide=one.may_be_hidden and not one.must_be_hidden,
            hidden=one.must_be_hidden or rule in shown.settings.hidden,
            may_join=len(sites[rule]) > 1,
            together=rule in shown.settings.together,
        )
        for rule, one in wanted.items()
    )


def chosen_settings(shown: DrillYear) -> DrillSettings:
    """
    Return the settings that the form asks for.

    Rules that the page did not show keep what was chosen for them.
    """
    before, choices = shown.settings, rules_to_choose(shown)
    here = {one.rule for one in choices}
    return DrillSettings(
        hidden=_chosen(
            "hidden", {one.rule for one in choices if one.may_hide}, here, before.hidden
        ),
        together=_chosen(
            "together", {one.rule for one in choices if one.may_join}, here, before.together
        ),
        seasons=before.seasons,
    )


def _chosen(name: str, offered: set[str], here: set[str], before: frozenset[str]) -> frozenset[str]:
    ticked = frozenset(request.form.getlist(name)) & offered
    return ticked | (before - here)
