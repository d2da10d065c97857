"""The effect of a what-if as plain data."""

from typing import Any

from scheduler.whatif.effect import Effect, Figures
from scheduler.whatif.staff import Gap


def effect_data(effect: Effect) -> dict[str, Any]:
    """Return *effect* as plain data; lists of dates and duties are cut like those of the effect."""
    return {
        "from": effect.since,
        "until": effect.until,
        "before": _figures(effect.before, effect),
        "after": _figures(effect.after, effect),
        "weeks": [
            {"monday": monday, "minutes_before": before, "minutes_after": after}
            for monday, before, after in effect.weeks()
        ],
        "counts": dict(effect.counts),
        "by_rule": {rule: dict(counts) for rule, counts in effect.by_rule.items()},
        "duties": [each._asdict() for each in effect.duties],
        "occurrences": [each._asdict() for each in effect.occurrences],
    }


def _figures(figures: Figures, effect: Effect) -> dict[str, Any]:
    weeks, staff = effect.week_count, figures.staffing
    return {
        "duties": figures.duties,
        "may_apply": figures.may_apply,
        "occurrences": figures.occurrences,
        "inspections": figures.inspections,
        "minutes": figures.minutes,
        "minutes_a_week": round(figures.minutes / weeks, 1),
        "people": {
            name: round(sum(shares.values()) / weeks, 1) for name, shares in staff.people.items()
        },
        "roles": [
            {"roles": roles, "minutes_a_week": round(sum(minutes.values()) / weeks, 1)}
            for roles, minutes in staff.roles.items()
        ],
        "uncovered": [_gap(gap) for gap in staff.uncovered],
        "single": [_gap(gap) for gap in staff.single],
        "overloaded": [vars(each) for each in staff.overloaded],
        "certificates": [vars(each) for each in staff.certificates],
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return vars(gap)
