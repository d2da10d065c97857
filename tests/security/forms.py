"""Fill in every form of a page as somebody would who wants their markup to come out as markup."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from tests.photos import a_photo

# What it would make where it is not escaped: an element, an attribute, a computed figure.
ELEMENT, ATTRIBUTE, COMPUTED = "x-ss", "data-x-ss", "`49`"
_PAYLOAD = (
    "mk{number}.\"'></textarea></title></select></script><x-ss>"
    '&lt;x-ss&gt;" data-x-ss="1" `{{{{7*7}}}}` javascript:1'
)
# For fields that take few characters.
_SHORT = "\"'><x-ss>"
_TYPED = frozenset({"text", "search", "email", "tel", "url", "password", ""})
_SOUND = {
    "date": "2026-12-01",
    "time": "08:30",
    "datetime-local": "2026-12-01T08:30",
    "number": "3",
}
_SKIPPED = ("/account/sign-out", "/preferences/", "/account/sign-in")


@dataclass
class Markers:
    """What was typed where; the number in each marker tells the field that it came from."""

    fields: list[str] = field(default_factory=list)

    def new(self, name: str) -> str:
        """Return a marker for the field with this name."""
        if name not in self.fields:
            self.fields.append(name)
        return _PAYLOAD.format(number=self.fields.index(name))

    def seen_in(self, html: str) -> set[str]:
        """Return the fields whose marker stands in *html*."""
        return {name for number, name in enumerate(self.fields) if f"mk{number}." in html}


@dataclass(frozen=True)
class Named:
    """A photo to send under this name."""

    name: str


@dataclass
class Filled:
    """A form as filled in, ready to be sent."""

    action: str
    values: MultiDict[str, object]
    typed: list[str]

    def milder(self, names: set[str]) -> "Filled":
        """Return it with short markers where long ones were not taken, then with plain values."""
        values = MultiDict(self.values)
        for name in names & set(self.typed):
            marker = str(values[name])
            short = f"{marker.partition('.')[0]}.{_SHORT}"
            values[name] = short if marker.startswith("mk") and marker != short else _sound(name)
        return Filled(self.action, values, self.typed)

    def body(self) -> tuple[str, bytes]:
        """Return the boundary and the bytes to send; photos are made anew for each time."""
        values = MultiDict(self.values)
        for name, value in values.items(multi=True):
            if isinstance(value, Named):
                values[name] = FileStorage(
                    BytesIO(a_photo()), value.name, content_type="image/jpeg"
                )
        return encode_multipart(values)


def injected(html: str) -> list[str]:
    """Return what markers made of themselves on a page; nothing where all are mere text."""
    tree = LexborHTMLParser(html)
    found = [f"<{node.tag}>" for node in tree.css(f"{ELEMENT}, [{ATTRIBUTE}]")]
    for node in tree.css("[href], [src], [action], [formaction]"):
        values = (node.attributes.get(name) for name in ("href", "src", "action", "formaction"))
        found += [one for one in values if one and one.strip().lower().startswith("javascript:")]
    return found + ([COMPUTED] if COMPUTED in html else [])


def filled_forms(html: str, path: str, markers: Markers) -> Iterator[Filled]:
    """Yield every form of a page that changes something, once for each of its named buttons."""
    tree = LexborHTMLParser(html)
    for form in tree.css("form"):
        action = urljoin(path, form.attributes.get("action") or path)
        if (form.attributes.get("method") or "").lower() != "post" or action.startswith(_SKIPPED):
            continue
        nodes = list(form.css("input, textarea, select, button"))
        if form.id:
            nodes += tree.css(f'[form="{form.id}"]')
        values, typed = _values(nodes, action, markers)
        buttons = [one for one in nodes if one.tag == "button" and one.attributes.get("name")]
        for button in buttons or [None]:
            chosen = MultiDict(values)
            if button is not None:
                chosen[button.attributes["name"]] = button.attributes.get("value") or ""
            yield Filled(action, chosen, typed)


def _values(
    nodes: list[LexborNode], action: str, markers: Markers
) -> tuple[MultiDict[str, object], list[str]]:
    values: MultiDict[str, object] = MultiDict()
    typed: list[str] = []
    for node in nodes:
        name = node.attributes.get("name")
        if not name or node.tag == "button":
            continue
        value = _value(node, markers, f"{action.rstrip('0123456789')} {name}")
        if value is not None and (node.attributes.get("type") != "radio" or name not in values):
            values.add(name, value)
        if isinstance(value, str) and value.startswith("mk"):
            typed.append(name)
    return values, typed


def _value(node: LexborNode, markers: Markers, name: str) -> object:
    kind = (node.attributes.get("type") or "").lower()
    if node.tag == "select":
        options = [one.attributes.get("value") or "" for one in node.css("option")]
        return next((one for one in reversed(options) if one), "")
    if node.tag == "textarea":
        return markers.new(name)
    if kind == "file":
        return Named(markers.new(name))
    if kind in {"checkbox", "radio"}:
        return _box(node, kind)
    if kind in _TYPED:
        numeric = node.attributes.get("inputmode") in {"decimal", "numeric"}
        return "3" if numeric else markers.new(name)
    return _SOUND.get(kind, node.attributes.get("value") or "")


def _box(node: LexborNode, kind: str) -> str | None:
    value = node.attributes.get("value") or "on"
    if kind == "radio":
        # A failed item says why, and opens a finding that tells it.
        return value if value not in {"pass", "na"} else None
    return value if "checked" in node.attributes else None


def _sound(name: str) -> str:
    """Return what a field takes that takes no marker at all."""
    plain = {
        "address": "https://robot.example/hook",
        "email": "a@b.example",
        "name": "abc",
        "website": "",
        "quiet_from": "22:00",
        "quiet_until": "06:00",
        "at": "08:30",
    }
    return plain.get(name, "8")
