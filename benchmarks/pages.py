"""
How long the pages take at the demo's size: medians of repeated requests, in milliseconds.

Run it with `python -m benchmarks.pages`. It fills a record of its own with the demo, signs in as an
officer and an inspector of the largest organisation, and asks for each page in process, so that the
figures are those of the application and not of a network. Beside the clock stands the time of the
processor, which a busy machine does not stretch.
"""

import contextlib
import json
import tempfile

from click.testing import CliRunner

from benchmarks.asking import milliseconds, signed_in
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


def run() -> None:
    """Fill a record and print a line for each page."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        url = f"sqlite:///{folder}/pages.db"
        answer = CliRunner().invoke(main, ["demo", "--no-serve", "--json", "--database", url])
        planned = json.loads(answer.stdout)
        print(f"{planned['occurrences']} occurrences of {planned['organisations']} organisations")
        app = create_app({"DATABASE_URL": url, "SECRET_KEY": "benchmark"})
        for role, paths in PAGES.items():
            client = signed_in(app, f"{ORGANISATION}-{role}", PASSWORD)
            for path in paths:
                wall, cpu, _ = milliseconds(client, path, repeats=REPEATS)
                print(f"{role:<10} {path:<28} {wall:6.1f} ms, processor {cpu:6.1f} ms")


if __name__ == "__main__":
    run()
