"""What an item that a tablet sent says, for people who have to judge it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from inspections.sync.kept_items import Version
from inspections.sync.wire import (
    AnswerBody,
    FindingBody,
    FinishBody,
    PhotoBody,
    SignatureBody,
)
from web.grammar import SEVERITY
from web.inspector.answer_words import figures
from web.preferences import words

LONGEST_RAW = 600


@dataclass(frozen=True)
class Line:
    """One thing that an item says."""

    label: str
    value: str


def kind_word(kind: str) -> str:
    """Return what an item is."""
    named: dict[str, str] = {
        "answer": _("Answer"),
        "photo": _("Photo"),
        "photo-bytes": _("Picture"),
        "signature": _("Signature"),
        "finish": _("End of the check"),
        "finding": _("Finding"),
    }
    return named.get(kind, kind)


def lines(version: Version) -> list[Line]:
    """Return what a version says; what cannot be read is shown as it came."""
    body = version.body
    found = _READERS[type(body)](version, body) if body is not None else _raw(version)
    return [Line(label, value) for label, value in found if value]


def _answer(version: Version, body: AnswerBody) -> list[tuple[str, str]]:
    return [
        (_("Item"), words(version.item_title) if version.item_title else body.item),
        (_("Answer"), _value(body.value)),
        (_("Note"), body.note or ""),
        (_("Severity"), _severity(body.severity)),
        (_("Danger"), _("immediate danger") if body.danger else ""),
        (_("Photos"), str(body.photos_expected or "")),
    ]


def _photo(_version: Version, body: PhotoBody) -> list[tuple[str, str]]:
    return [(_("Caption"), body.caption or _("none")), (_("Item"), body.item or "")]


def _signature(_version: Version, body: SignatureBody) -> list[tuple[str, str]]:
    return [(_("Name"), body.name)]


def _finish(_version: Version, body: FinishBody) -> list[tuple[str, str]]:
    return [
        (_("Note"), body.note or _("none")),
        (_("Answers"), str(body.answers)),
        (_("Photos"), str(body.photos)),
    ]


def _finding(_version: Version, body: FindingBody) -> list[tuple[str, str]]:
    return [
        (_("What"), body.what),
        (_("Severity"), _severity(body.severity)),
        (_("Danger"), _("immediate danger") if body.danger else ""),
        (_("Measures taken"), body.measures or ""),
    ]


def _raw(version: Version) -> list[tuple[str, str]]:
    if version.kind != "photo-bytes":
        return [(_("As it came"), version.raw[:LONGEST_RAW])]
    told: dict[str, Any] = json.loads(version.raw)
    size = f"{told.get('width')} × {told.get('height')}"
    return [(_("Picture"), size), (_("Size"), f"{int(told.get('size', 0)) // 1024} KB")]


def _value(value: Any) -> str:
    named: dict[str, str] = {
        "pass": _("passed"),
        "fail": _("did not pass"),
        "na": _("not applicable"),
    }
    if isinstance(value, str):
        return named.get(value, value)
    if isinstance(value, int | float):
        return figures(value)
    if isinstance(value, list) and all(isinstance(one, int | float) for one in value):
        return figures(value)
    return json.dumps(value, ensure_ascii=False)


def _severity(code: str | None) -> str:
    return str(SEVERITY[code].word) if code else ""


_READERS: Mapping[type, Callable[[Version, Any], list[tuple[str, str]]]] = {
    AnswerBody: _answer,
    PhotoBody: _photo,
    SignatureBody: _signature,
    FinishBody: _finish,
    FindingBody: _finding,
}
