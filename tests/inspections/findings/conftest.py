"""A school of two sites with findings that stand at different points."""

from datetime import UTC, datetime, timedelta

import pytest

from inspections.findings.letters import Post
from inspections.findings.opening import FindingReport, open_finding
from inspections.importing import import_organisation
from rules.text import Text

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
FOUND = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)  # Monday 16:20 in Shanghai
LATER = FOUND + timedelta(minutes=30)
PAPER = Post("https://x.example", has_mail=False)
T = Text(zh="插座过载", en="Overloaded socket")


@pytest.fixture
def school(session, campus):
    import_organisation(session, campus, now=NOW)
    session.commit()
    return session


@pytest.fixture
def found(school, rulebook):
    """Open a finding about the yard, which nobody maintains, and return its id."""

    def one(*, owner="cook", severity="moderate", at=FOUND, **more):
        more = {"place": "yard", **more}
        report = FindingReport("campus", "main", T, severity, "guard", owner=owner, **more)
        return open_finding(school, rulebook, report, now=at)

    return one
