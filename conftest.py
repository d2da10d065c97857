"""Settings for all tests: Hypothesis profiles, and skips that are seen."""

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
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
