from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.web.client import CarefulClient
from web import create_app

MONDAY = datetime(2026, 11, 23, 0, 47, tzinfo=UTC)  # 08:47 in Shanghai


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("web")
    return create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "tests",
            "DATABASE_URL": f"sqlite:///{folder}/record.db",
            "CLOCK": lambda: MONDAY,
        }
    )


@pytest.fixture
def client(app: Flask) -> Callable[[str], CarefulClient]:
    return lambda language="zh": CarefulClient(app, language)
