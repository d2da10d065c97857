"""Settings for all tests: Hypothesis profiles, and skips that are seen."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "test",
    max_examples=40,
    deadline=None,  # machines are noisy; speed lives in benchmarks/
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "campaign",
    settings.get_profile("test"),
    max_examples=int(os.environ.get("XUNJIAN_CAMPAIGN_EXAMPLES", "250")),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Run a browser test that failed once more; the summary names it with what it said.

    A real browser on a busy machine may take its time. A walk with faults is never repeated: its
    seed replays it, and what it lost once is lost.
    """
    for item in items:
        is_walk = item.nodeid.startswith("tests/campaign/")
        if item.get_closest_marker("browser") and not is_walk:
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.write_line(f"FAILED ONCE, run again: {report.nodeid}\n{report.longrepr}")
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} tests were skipped because this machine lacks something; "
            "the lines above say what."
        )


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("XUNJIAN_NO_SKIPS") or reporter is None:
        return
    # The public benchmark instances are nothing that a machine can install.
    skipped = [
        report
        for report in reporter.stats.get("skipped", [])
        if "XUNJIAN_INSTANCES" not in str(report.longrepr)
    ]
    if skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_finish() -> None:
    """Look for garbage seldom: modules and rule packs are many objects that stay to the end."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
