"""
How long the pages take at the demo's size: medians of repeated requests, in milliseconds.

Run it with `python -m benchmarks.pages`. It fills a record of its own with the demo, signs in as an
officer and an inspector of the largest organisation, and asks for each page in process, so that the
figures are those of the application and not of a network. Beside the clock stands the time of the
processor, which a busy machine does not stretch.
"""

import contextlib
import json
import re
import statistics
import tempfile
import time

from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from inspections.demo_accounts import PASSWORD
from web import create_app
from web.cli import main

ORGANISATION = "mall-group"
REPEATS = 9
PAGES = {
    "officer": (
        "/today",
        "/coverage",
        "/alerts/",
        "/missed/",
        "/findings",
        "/tickets/",
        "/roster",
        "/rules",
        "/rules/mps61-daily-patrol",
        "/manage/",
        "/manage/people",
        "/manage/questions",
        "/calendar",
    ),
    "inspector": ("/today", "/findings", "/calendar"),
}


def _signed_in(app: Flask, account: str) -> FlaskClient:
    client = app.test_client()
    page = client.get("/account/sign-in").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    form = {"name": account, "password": PASSWORD, "csrf_token": token.group(1) if token else ""}
    answer = client.post("/account/sign-in", data=form)
    assert answer.status_code == 302, answer.status
    return client


def _milliseconds(client: FlaskClient, path: str) -> tuple[float, float]:
    """Return the medians of the clock and of the processor."""
    walls, cpus = [], []
    for _ in range(REPEATS + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = client.get(path)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
        assert answer.status_code == 200, (path, answer.status)
    # The first request loads templates and words.
    return statistics.median(walls[1:]), statistics.median(cpus[1:])


def run() -> None:
    """Fill a record and print a line for each page."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        url = f"sqlite:///{folder}/pages.db"
        answer = CliRunner().invoke(main, ["demo", "--no-serve", "--json", "--database", url])
        planned = json.loads(answer.stdout)
        print(f"{planned['occurrences']} occurrences of {planned['organisations']} organisations")
        app = create_app({"DATABASE_URL": url, "SECRET_KEY": "benchmark"})
        for role, paths in PAGES.items():
            client = _signed_in(app, f"{ORGANISATION}-{role}")
            for path in paths:
                wall, cpu = _milliseconds(client, path)
                print(f"{role:<10} {path:<28} {wall:6.1f} ms, processor {cpu:6.1f} ms")


if __name__ == "__main__":
    run()
