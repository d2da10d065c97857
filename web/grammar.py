"""
The grammar of signs: shape says what it is, fill how far it is, colour how well it stands.

Circles are occurrences, diamonds findings, bare strokes answers, bars severity. Dashed always
means "not there". Missed is never green. An icon never stands without its word.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, g, url_for
from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Sign:
    """
    How one state is shown.

    Attributes:
        icon: Symbol in `static/icons.svg`.
        tone: `ok`, `warn`, `bad`, `go` (accent) or `todo` (second ink).
    """

    icon: str
    tone: str
    word: LazyString


def _signs(prefix: str, *rows: tuple[str, str, LazyString]) -> Mapping[str, Sign]:
    return {code: Sign(f"{prefix}-{code}", tone, word) for code, tone, word in rows}


OCCURRENCE = _signs(
    "occurrence",
    ("proposed", "go", lazy_pgettext("occurrence", "Proposed")),
    ("scheduled", "todo", lazy_pgettext("occurrence", "Scheduled")),
    ("in_progress", "go", lazy_pgettext("occurrence", "In progress")),
    ("done", "ok", lazy_pgettext("occurrence", "Done")),
    ("late", "warn", lazy_pgettext("occurrence", "Done late")),
    ("missed", "bad", lazy_pgettext("occurrence", "Missed")),
    ("excused", "todo", lazy_pgettext("occurrence", "Excused")),
    ("cancelled", "todo", lazy_pgettext("occurrence", "Cancelled")),
)
FINDING = _signs(
    "finding",
    ("open", "bad", lazy_pgettext("finding", "Open")),
    ("in_progress", "go", lazy_pgettext("finding", "In rectification")),
    ("awaiting_verification", "go", lazy_pgettext("finding", "Awaiting verification")),
    ("closed", "ok", lazy_pgettext("finding", "Closed")),
)
SEVERITY = _signs(
    "severity",
    ("minor", "todo", lazy_pgettext("severity", "Minor")),
    ("moderate", "bad", lazy_pgettext("severity", "Moderate")),
    ("severe", "major", lazy_pgettext("severity", "Severe")),
)
ANSWER: Mapping[str, Sign] = {
    "pass": Sign("answer-pass", "ok", lazy_pgettext("answer", "Pass")),
    "fail": Sign("answer-fail", "bad", lazy_pgettext("answer", "Fail")),
    "na": Sign("answer-not-applicable", "todo", lazy_pgettext("answer", "N/A")),
    "noted": Sign("tick", "todo", lazy_pgettext("answer", "Noted")),
}
COVERAGE: Mapping[str, Sign] = {
    "gap": Sign("gap", "bad", lazy_gettext("Gap")),
    "overdue": Sign("clock", "bad", lazy_gettext("Overdue")),
    **{code: OCCURRENCE[code] for code in ("missed", "late")},
    "in_progress": Sign("occurrence-in_progress", "go", lazy_gettext("Window open")),
    **{code: OCCURRENCE[code] for code in ("scheduled", "done", "excused")},
    "waiting": Sign("info", "todo", lazy_gettext("Waits for its event")),
    "may-apply": Sign("question", "warn", lazy_gettext("May apply")),
}
SIGNS = {
    "occurrence": OCCURRENCE,
    "finding": FINDING,
    "severity": SEVERITY,
    "answer": ANSWER,
    "coverage": COVERAGE,
}


def sign(kind: str, code: str) -> Sign:
    """Return how *code* of *kind* is shown, for example `sign("occurrence", "missed")`."""
    return SIGNS[kind][code]


def init_app(app: Flask) -> None:
    """Give templates the signs and the address of each icon."""
    app.jinja_env.globals["sign"] = sign
    app.jinja_env.globals["signs"] = SIGNS
    app.jinja_env.globals["icon_url"] = _icon_url


def _icon_url(name: str) -> str:
    # Dense pages have hundreds of icons: their address is asked for once a request.
    if "icons_url" not in g:
        g.icons_url = url_for("static", filename="icons.svg")
    return f"{g.icons_url}#{name}"
