"""The planned kindergarten for every test of feeds, and what makes links of it."""

import pytest

from tests.web.feeds.a_feed import make_link
from tests.web.planned_record import OFFICER, app, clock, sessions, signed_in

__all__ = ["app", "clock", "sessions", "signed_in"]


@pytest.fixture
def make(signed_in):
    """Return what makes a link and tells its path."""

    def made(account=OFFICER, **form):
        return make_link(signed_in(account), **{"label": "x", **form})

    return made
