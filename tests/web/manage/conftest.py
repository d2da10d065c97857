"""A record of its own for each test of editing, since these tests save."""

import pytest

from tests.web.client import CarefulClient
from tests.web.conftest import application, planned_record
from tests.web.pages import OFFICER


@pytest.fixture
def app(tmp_path):
    """A record of its own for each test, since these tests save."""
    url = f"sqlite:///{tmp_path}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture
def officer(app):
    visitor = CarefulClient(app)
    visitor.sign_in(OFFICER, "xunjian-demo")
    return visitor
