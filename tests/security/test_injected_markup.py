"""What anybody types, or calls a file, comes out as text: on every page, wherever it is shown."""

import os
import re
import shutil
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.exceptions import HTTPException

from tests.security.forms import Filled, Markers, filled_forms, injected
from tests.web.conftest import application
from tests.web.pages import ADMINISTRATOR, INSPECTOR, OFFICER, PAGES

# Ways of looking that a page may repeat what it was asked.
EVERY_FORM = bool(os.environ.get("XUNJIAN_ALL_LOOKS"))
# Each of these plans anew before it is saved: by day two of them stand for the others.
MANAGED = {"manage.person_edit", "manage.site_closed", "manage.apply"}
QUERY = ("q", "show", "site", "person", "week", "cell", "kind", "next", "rule", "of", "category")


@pytest.fixture(scope="module")
def marked(app, ids, tmp_path_factory):
    """A copy of the record, for markers to be left in."""
    here = tmp_path_factory.mktemp("marked") / "record.db"
    there = Path(app.config["DATABASE_URL"].removeprefix("sqlite:///"))
    shutil.copy(there, here)
    shutil.copytree(f"{there}.evidence", f"{here}.evidence")
    return application(f"sqlite:///{here}")


@pytest.fixture(scope="module")
def paths(every_address, ids):
    """Every address that is read, and every page in each of its ways, by who reads it."""
    known = {
        **ids,
        "half": ids["todo"],
        "play": ids["todo"],
        "done": ids["todo"],
        "missed": ids["todo"],
        "open": ids["todo"],
        "samples": ids["todo"],
        "review": ids["inspection_id"],
        "inspection": ids["inspection_id"],
        "finding": ids["finding_id"],
        "task": ids["task_id"],
        "ticket": ids["ticket_id"],
        "link": ids["link_id"],
    }
    found = {account: {} for account in (INSPECTOR, OFFICER, ADMINISTRATOR)}
    for one in every_address:
        if "GET" in one.methods and "static" not in one.endpoint:
            found[ADMINISTRATOR][one.path] = None
    for page in PAGES:
        if page.account in found and set(re.findall(r"\{(\w+)\}", page.path)) <= set(known):
            found[page.account][page.path.format(**known)] = None
    return {account: list(paths) for account, paths in found.items()}


class Crawl:
    """
    Leave a marker in every field of every form.

    Attributes:
        wrong: What came out as markup, by address.
        stored: How many forms were taken.
        shown: Fields whose marker a page showed that was asked for afterwards.
    """

    def __init__(self, visitors, markers):
        self.visitors, self.markers = visitors, markers
        self.wrong = defaultdict(list)
        self.sent: set[tuple[str, ...]] = set()
        self.stored = 0
        self.shown: set[str] = set()

    def page(self, account, path):
        with self.visitors[account].raw.get(path, buffered=True) as answer:
            html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        self.look(path, html)
        self.shown |= self.markers.seen_in(html)
        return html

    def look(self, path, html):
        self.wrong[path] += injected(html) if html else []

    def fill(self, account, path, html, depth=2):
        for form in filled_forms(html, path, self.markers):
            kind = (self.endpoint(form.action), self.endpoint(path, "GET"), *sorted(form.values))
            if kind[0].startswith("manage.") and kind[0] not in MANAGED and not EVERY_FORM:
                continue
            chosen = str(form.values.get("action", form.values.get("step", "")))
            if (*kind, chosen) in self.sent:
                continue
            self.sent.add((*kind, chosen))
            self.send(account, form, depth)

    def endpoint(self, action, method="POST"):
        adapter = self.visitors[OFFICER].app.url_map.bind("localhost")
        try:
            return adapter.match(action.partition("?")[0], method=method)[0]
        except HTTPException:
            return action

    def send(self, account, form: Filled, depth):
        answer, html = self.post(account, form)
        for _ in range(2):
            if answer.status_code in {409, 422}:
                faulty = set(re.findall(r'href="#([^"]+)"', html)) or set(form.typed)
                form = form.milder(faulty)
                answer, html = self.post(account, form)
        self.stored += answer.status_code == 302
        if answer.status_code == 200 and depth:
            self.fill(account, form.action, html, depth - 1)
        if answer.status_code == 302 and depth and answer.location.startswith("/"):
            self.fill(account, answer.location, self.page(account, answer.location), depth - 1)

    def post(self, account, form):
        boundary, body = form.body()
        kind = f"multipart/form-data; boundary={boundary}"
        answer = self.visitors[account].raw.post(form.action, data=body, content_type=kind)
        html = answer.get_data(as_text=True)
        self.look(f"POST {form.action}", html)
        return answer, html


@pytest.fixture(scope="module")
def crawled(marked, paths):
    from tests.web.conftest import visitor_of

    crawl = Crawl({account: visitor_of(marked, account=account) for account in paths}, Markers())
    for account, mine in paths.items():
        for path in mine:
            crawl.fill(account, path, crawl.page(account, path))
    return crawl


def test_what_is_typed_comes_out_as_text_wherever_it_is_shown(crawled, paths):
    for path in paths[ADMINISTRATOR]:
        crawled.page(ADMINISTRATOR, path)

    assert {} == {path: wrong for path, wrong in crawled.wrong.items() if wrong}
    assert len(crawled.markers.fields) > 40, "fields that markers were typed into"
    assert crawled.stored > 30, "forms that were taken"
    assert len(crawled.shown) > 15, "fields whose markers were shown again"


def test_what_an_address_asks_for_comes_out_as_text(crawled, paths):
    asked = {name: crawled.markers.new(f"?{name}") for name in QUERY}
    repeated = set()

    for path in paths[OFFICER]:
        if "?" not in path:
            html = crawled.page(OFFICER, f"{path}?{urlencode(asked)}")
            repeated |= crawled.markers.seen_in(html) & {f"?{name}" for name in QUERY}

    assert {} == {path: wrong for path, wrong in crawled.wrong.items() if wrong}
    assert repeated, "what a page repeats of what it was asked"


def test_markers_would_be_noticed():
    marker = Markers().new("x")

    assert injected(f"<p>{marker}</p>")
    assert injected(f'<input value="{marker}">')
    assert injected(f"<textarea>{marker}</textarea>")
    assert injected('<a href=" JavaScript:alert(1)">x</a>')
    assert [] == injected(f"<p>{_escaped(marker)}</p><input value='{_escaped(marker)}'>")


def _escaped(text):
    from markupsafe import escape

    return str(escape(text))
