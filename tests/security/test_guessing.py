"""Guessing a password is slowed down and told, and the log never holds what was typed."""

import json
import logging
import shutil
from pathlib import Path

import pytest

from tests.web.conftest import application, visitor_of
from tests.web.pages import INSPECTOR


@pytest.fixture
def apart(app, ids, tmp_path):
    """A copy of the record, whose accounts may be blocked."""
    there = Path(app.config["DATABASE_URL"].removeprefix("sqlite:///"))
    shutil.copy(there, tmp_path / "record.db")
    return application(f"sqlite:///{tmp_path}/record.db")


def test_guesses_are_refused_slowed_down_and_logged(apart, caplog):
    someone = visitor_of(apart)
    wrong = {"name": INSPECTOR, "password": "guess-the-secret"}

    with caplog.at_level(logging.WARNING, "xunjian.security"):
        answers = [someone.post("/account/sign-in", wrong).status_code for _ in range(7)]

    said = _said(caplog)
    assert [401] * 5 == answers[:5]
    assert {429} == set(answers[5:])
    assert ["wrong-password"] * 5 + ["too-often"] * 2 == [one["event"] for one in said]
    assert {"127.0.0.1"} == {one["address"] for one in said}
    assert "guess-the-secret" not in caplog.text


def test_line_of_the_log_cannot_be_forged(apart, caplog):
    someone = visitor_of(apart, account=INSPECTOR)

    with caplog.at_level(logging.WARNING, "xunjian.security"):
        someone.raw.get("/evidence/a%0a%7B%22event%22:%22all-well%22%7D")

    assert ["not-there"] == [one["event"] for one in _said(caplog)]
    assert "\n{" not in caplog.text


def _said(caplog):
    """What the security log was told; each entry must be one line of JSON."""
    mine = [one.getMessage() for one in caplog.records if one.name == "xunjian.security"]
    assert not any("\n" in line for line in mine)
    return [json.loads(line) for line in mine]
