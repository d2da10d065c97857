"""Walks with faults: whatever strikes, nothing that was told to be saved is lost or doubled."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.campaign.outcome import Outcome
from tests.campaign.walk import Walk
from tests.campaign.walked_record import walked_record

# `make ci-campaigns` walks more often, from a fresh seed; a seed replays its walk.
_FIRST = int(os.environ.get("XUNJIAN_WALK_SEED") or 1)
_WALKS = int(os.environ.get("XUNJIAN_WALKS") or 1)


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("walks") / "template.db"
    walked_record(f"sqlite:///{path}")
    return path


@pytest.mark.browser
@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(_FIRST, _FIRST + _WALKS))
def test_whatever_strikes_nothing_is_lost_or_doubled(
    seed: int, template: Path, tmp_path: Path
) -> None:
    if chromium.executable(chromium.WHOLE) is None:
        pytest.skip("no Chromium on this machine; set XUNJIAN_CHROMIUM to one")

    # In a thread of its own: other tests of this process may hold a browser in the main one.
    with ThreadPoolExecutor(1) as alone:
        outcome = alone.submit(_walked, seed, template, tmp_path).result()

    again = f"python -m tests.campaign --seed {seed}"
    assert [] == outcome.wrong, "\n".join([f"{again} replays:", *outcome.story])


def _walked(seed: int, template: Path, folder: Path) -> Outcome:
    with sync_playwright() as playwright:
        return Walk(seed, playwright, template, folder).run()
