import pytest

from scheduler.roster.warm import warm


@pytest.fixture(scope="session", autouse=True)
def _compiled():
    """Child processes with a short limit find the machine code ready."""
    warm()
