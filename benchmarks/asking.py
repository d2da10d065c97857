"""Ask an application for its pages in process, and tell how long they take."""

import re
import statistics
import time

from flask import Flask
from flask.testing import FlaskClient


def signed_in(app: Flask, account: str, password: str) -> FlaskClient:
    """Return a client that is signed in."""
    client = app.test_client()
    page = client.get("/account/sign-in").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    form = {"name": account, "password": password, "csrf_token": token.group(1) if token else ""}
    answer = client.post("/account/sign-in", data=form)
    assert answer.status_code == 302, answer.status
    return client


def milliseconds(client: FlaskClient, path: str, *, repeats: int) -> tuple[float, float, int]:
    """Return the medians of the clock and of the processor, and the bytes of the page."""
    walls, cpus, size = [], [], 0
    for _ in range(repeats + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = client.get(path)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
        size = len(answer.data)
        assert answer.status_code == 200, (path, answer.status)
    # The first request loads templates and words.
    return statistics.median(walls[1:]), statistics.median(cpus[1:]), size
