"""A client that looks at every page it gets the way a careful reviewer would."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Seen:
    """What was found on a page."""

    lang: str = ""
    title: str = ""
    h1: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._into: str | None = None
        self._form: dict[str, str] | None = None
        self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._note_attributes(tag, values)
        match tag:
            case "html":
                self.seen.lang = values.get("lang", "")
            case "title" if not self._in_body:
                self._into = tag
            case "body":
                # What is called title inside a drawing is a word of the drawing.
                self._in_body = True
            case "h1":
                self._into = tag
                self.seen.h1.append("")
            case "form":
                self._form = values
                self.seen.forms.append(values)
            case "input" if values.get("name") == "csrf_token" and self._form is not None:
                self._form["token"] = values["value"]
            case "script" if "src" not in values:
                self.seen.faults.append("an inline script")
            case "style":
                self.seen.faults.append("an inline sheet")

    def _note_attributes(self, tag: str, values: dict[str, str]) -> None:
        if "id" in values:
            self.seen.ids.append(values["id"])
        self.seen.addresses += [values[key] for key in ("href", "src", "action") if key in values]
        self.seen.faults += [
            f"<{tag} {name}=…> is inline code"
            for name in values
            if name == "style" or name.startswith("on")
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag in {"title", "h1"}:
            self._into = None
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._into == "title":
            self.seen.title += data
        elif self._into == "h1":
            self.seen.h1[-1] += data


def read(html: str) -> Seen:
    """Return what a page holds."""
    reader = _Reader()
    reader.feed(html)
    return reader.seen


class CarefulClient:
    """
    A test client; `page` fails where a page breaks a rule of the house.

    Attributes:
        language: `zh` or `en`, sent as the cookie of the switch.
    """

    def __init__(self, app: Flask, language: str = "zh") -> None:
        self.app = app
        self.language = language
        self.raw: FlaskClient = app.test_client()
        self.raw.set_cookie("xj_language", language)

    def sign_in(self, name: str, password: str) -> None:
        answer = self.post("/account/sign-in", {"name": name, "password": password})
        assert answer.status_code == 302, answer.get_data(as_text=True)

    def page(self, path: str, *, status: int = 200) -> str:
        """Return the HTML of *path* after looking at it."""
        wording = self.app.extensions["xunjian.wording"]
        wording.missing.clear()
        answer = self.raw.get(path)
        html = answer.get_data(as_text=True)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        self.look_at(answer, html)
        assert not wording.missing, f"{path}: no Chinese for {sorted(wording.missing)}"
        return html

    def html(self, path: str) -> str:
        """Return the HTML of *path* without looking at it; for tests about something else."""
        answer = self.raw.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.get_data(as_text=True)

    def look_at(self, answer: TestResponse, html: str) -> None:
        """Check what every page must have."""
        seen = read(html)
        expected = "zh-CN" if self.language == "zh" else "en"
        assert expected == seen.lang
        assert len(seen.h1) == 1, f"h1: {seen.h1}"
        assert seen.h1[0].strip()
        assert re.fullmatch(r"\s*\S.*· (巡检|Xunjian)\s*", seen.title), seen.title
        assert [] == seen.faults
        assert len(seen.ids) == len(set(seen.ids)), _twice(seen.ids)
        outside = [url for url in seen.addresses if re.match(r"(?:[a-z+.-]+:)?//", url)]
        assert [] == outside
        assert "main" in seen.ids
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        posts = [form for form in seen.forms if form.get("method", "").lower() == "post"]
        assert all(form.get("token") for form in posts), "a form without a token"

    def post(
        self, path: str, data: dict[str, str], *, token_from: str | None = None
    ) -> TestResponse:
        """Send a form with a fresh token."""
        return self.raw.post(path, data={"csrf_token": self.token(token_from), **data})

    def token(self, path: str | None = None) -> str:
        """Return the token of a form on *path*."""
        html = self.raw.get(path or "/account/sign-in", follow_redirects=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', html.get_data(as_text=True))
        assert found, "no token on the page before"
        return found[1]


def _twice(ids: list[str]) -> list[str]:
    return sorted({one for one in ids if ids.count(one) > 1})
