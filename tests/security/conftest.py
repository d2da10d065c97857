"""One record that all security tests look at, with people who may not."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from tests.security.addresses import Address, addresses
from tests.security.two_organisations import (
    a_board_trial,
    a_proposal,
    a_trial,
    people_who_may_not,
    something_of_every_kind,
)
from tests.web.client import CarefulClient
from tests.web.conftest import (
    application,
    filled_by_a_round,
    planned_record,
    visitor_of,
)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    url = f"sqlite:///{tmp_path_factory.mktemp('security')}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture(scope="session")
def ids(app: Flask) -> dict[str, object]:
    """Ids of the kindergarten's record, by their names in addresses."""
    fill = filled_by_a_round(app)
    names = {
        "occurrence_id": "todo",
        "inspection_id": "inspection",
        "finding_id": "finding",
        "task_id": "task",
        "ticket_id": "ticket",
        "link_id": "link",
        "report_id": "report",
        "client_id": "reported",
        "batch_id": "batch",
        "letter_id": "letter",
        "todo": "todo",
        "drill_id": "drill",
        "entry": "entry",
        "wish_id": "wish",
        "bond_id": "bond",
    }
    ids = {name: fill(f"{{{filled}}}") for name, filled in names.items()}
    people_who_may_not(app)
    return {
        **ids,
        **something_of_every_kind(app),
        "trial": a_trial(app),
        "proposal": a_proposal(app),
        "board_trial": a_board_trial(app),
    }


@pytest.fixture(scope="session")
def every_address(app: Flask, ids: dict[str, object]) -> list[Address]:
    return list(addresses(app, ids))


@pytest.fixture(scope="session")
def visitor(app: Flask) -> Callable[..., CarefulClient]:
    return partial(visitor_of, app)
