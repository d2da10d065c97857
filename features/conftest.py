"""Reads the tags of scenarios; steps and the worlds they act on come from `features.steps`."""

from collections.abc import Callable

import pytest

STEPS = (
    "worlds",
    "inspecting",
    "task_states",
    "findings",
    "more_time",
    "time_and_alerts",
    "planning",
    "drills",
    "drill_moves",
    "rosters",
    "tickets",
    "publishing",
    "calendar",
    "messages",
    "laws",
    "law_answers",
    "law_figures",
    "reactions",
    "samples",
    "stops_and_weather",
    "layers",
    "tablets",
    "accounts",
    "plausibility",
    "codes",
    "term_calendar",
    "staffing",
    "walks",
    "week_board",
)

pytest.register_assert_rewrite("features.steps")


def pytest_configure(config: pytest.Config) -> None:
    """Load the shared steps once, for every feature."""
    for name in STEPS:
        config.pluginmanager.import_plugin(f"features.steps.{name}")


def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool | None:
    """Read `@rule:<id>` as a marker with the id, so that scenarios of a rule can be listed."""
    kind, _, value = tag.partition(":")
    if kind == "rule" and value:
        pytest.mark.rule(value)(function)
        return True
    return None
