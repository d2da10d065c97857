"""Staffing truths as plain data."""

from collections.abc import Iterable, Mapping
from typing import Any

from inspections.staffing import Check, Truths
from scheduler.staffing.mix import mix, seats
from scheduler.staffing.outlook import Fall
from scheduler.staffing.posts.falls import Places
from scheduler.staffing.posts.truths import PostTruths


def truths_data(truths: Truths, organisation: str) -> dict[str, Any]:
    """Return *truths* as plain data; every check that falls is listed."""
    least, checks = truths.least, truths.demand.checks
    found = seats(truths.demand.problem, least)
    question = truths.question
    return {
        "organisation": organisation,
        "from": question.since,
        "until": question.until,
        "demand": question.demand,
        "checks": sum(len(each) for each in checks.values()),
        "people_there": len(truths.demand.problem.workers),
        "least": {
            **least.cost._asdict(),
            "bound": least.bound._asdict(),
            "proved": least.is_proved,
            "cut_short": least.cut_short,
            "staff": [
                {
                    "person": seat.candidate.person,
                    "to_hire": seat.candidate.hired,
                    "to_certify": seat.candidate.trained,
                    "to_come_on": seat.candidate.extra,
                    "roles": seat.roles,
                    "certificates": seat.certificates,
                    "checks": seat.checks,
                    "minutes": seat.minutes,
                    "shifts": seat.shifts,
                    "shift_minutes": seat.shift_minutes,
                }
                for seat in found
            ],
            "mix": [vars(each) for each in mix(found)],
            "impossible": _checks(least.impossible, checks),
            "closed_shifts": [{"post": post, "shift": shift} for post, shift in least.closed],
            "gaps": [text.model_dump() for text in least.gaps],
            "empty_places": sum(each.missing for each in least.roster.uncovered),
        },
        "posts": truths.posts and posts_data(truths.posts),
        "single_points": [
            {
                "person": each.person,
                "when": each.when,
                "times": each.times,
                "of": each.of,
                "worst": each.worst,
                **_fall(each.fall, checks),
            }
            for each in truths.away
        ],
        "expiring": [
            {
                "person": each.person,
                "certificate": each.kind,
                "until": each.until,
                "holders_left": each.left,
                "asked_after": each.asked,
                "falls_from": each.since,
                "alone": _fall(each.fall, checks),
                "together": _fall(each.together, checks),
            }
            for each in truths.expiring
        ],
    }


def posts_data(posts: PostTruths) -> dict[str, Any]:
    """Return truths about posts as plain data; of figures that differ the lower one is proved."""
    return {
        "groups": [{**vars(each), "empty": _places(each.empty)} for each in posts.groups],
        "single_points": [{**vars(each), "empty": _places(each.empty)} for each in posts.away],
        "expiring": [
            {**vars(each), "alone": _places(each.alone), "together": _places(each.together)}
            for each in posts.expiring
        ],
    }


def _places(places: Places) -> dict[str, Any]:
    return {**vars(places), "exact": places.is_exact}


def _fall(fall: Fall, checks: Mapping[str, tuple[Check, ...]]) -> dict[str, Any]:
    falling = _checks(fall.tasks, checks)
    duties = {(each["rule"], each["target"]) for each in falling}
    return {
        "checks": fall.checks,
        "exact": fall.is_exact,
        "duties": len(duties),
        "falls": falling,
    }


def _checks(tasks: Iterable[str], checks: Mapping[str, tuple[Check, ...]]) -> list[dict[str, Any]]:
    return [
        {"rule": check.rule, "target": check.target, "due_on": check.due_on}
        for task in tasks
        for check in checks[task]
    ]
