"""A pack as far as it could be read: part by part, so that one fault hides no other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from rules.checklist import Checklist
from rules.faults import Fault
from rules.pack import Instrument, Pack, Parameter, Rule
from rules.schema_faults import schema_faults
from rules.text import Text
from rules.yaml_document import Document, Location

_SECTIONS: dict[str, type[BaseModel]] = {
    "instruments": Instrument,
    "parameters": Parameter,
    "checklists": Checklist,
    "rules": Rule,
}
_WORDS = {"zh": "?", "en": "?"}
# What stands in for a faulty field, so that the sound fields of the same rule are still linted.
# Nothing found inside a stand-in is ever reported.
_STAND_INS: dict[str, Any] = {
    "id": "stand-in",
    "kind": "state",
    "title": _WORDS,
    "domain": "stand-in",
    "source": {"instrument": "stand-in", "clause": None, "grade": "A"},
    "effective": {"precision": "unknown"},
    "strength": None,
    "target": "site",
    "applies": {"site.kind": {"known": True}},
    "versions": [{"from": "2000-01-01"}],
    "concludes": None,
    "tightens": None,
    "reading": None,
    "note": None,
    "examples": [],
}


@dataclass(frozen=True)
class Draft:
    """
    The parts of one pack file that have the right shape.

    Attributes:
        pack: Header and sound parts; the sections keep the order of the file.
        positions: Where each sound part stands, by section: index in `pack` to index in the file.
        broken: Locations already reported; lint says nothing more about what lies in them.
        names: Ids of each section, those of faulty parts included, so that references to them
            are not reported as unknown.
    """

    document: Document
    pack: Pack
    positions: Mapping[str, tuple[int, ...]]
    broken: tuple[Location, ...]
    names: Mapping[str, tuple[tuple[int, str], ...]]

    def rules(self) -> Iterator[tuple[Location, Rule]]:
        """Yield every rule with its location."""
        for index, rule in zip(self.positions["rules"], self.pack.rules, strict=True):
            yield ("rules", index), rule

    def is_broken(self, location: Location) -> bool:
        """Return whether *location* lies in something already reported."""
        return any(location[: len(each)] == each for each in self.broken)


def draft_of(document: Document) -> tuple[Draft | None, list[Fault]]:
    """Return what could be read of the pack in *document*, with every fault of its shape."""
    data = document.data
    if not isinstance(data, dict) or "rules" not in data:
        return None, [_not_a_pack(document)]
    reading = _Reading(document)
    sections = {name: reading.section(name, model) for name, model in _SECTIONS.items()}
    pack = reading.header(sections)
    if pack is None:
        return None, reading.faults
    names = {name: tuple(_names(data.get(name))) for name in _SECTIONS}
    positions = {name: tuple(index for index, _ in found) for name, found in sections.items()}
    return Draft(document, pack, positions, tuple(reading.broken), names), reading.faults


class _Reading:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.faults: list[Fault] = []
        self.broken: list[Location] = []

    def section(self, name: str, model: type[BaseModel]) -> list[tuple[int, BaseModel]]:
        raw = self.document.data.get(name, [])
        if not isinstance(raw, list):
            return []
        found = []
        for index, item in enumerate(raw):
            try:
                found.append((index, model.model_validate(item)))
            except ValidationError as error:
                self._report(error, (name, index))
                mended = _mended(item, error) if model is Rule else None
                if mended is not None:
                    found.append((index, mended))
        return found

    def header(self, sections: Mapping[str, list[tuple[int, BaseModel]]]) -> Pack | None:
        data = dict(self.document.data)
        for name, found in sections.items():
            if isinstance(data.get(name), list):
                data[name] = [item for _, item in found]
        try:
            return Pack.model_validate(data)
        except ValidationError as error:
            hollow = ("rules",) if self.document.data["rules"] and not data["rules"] else None
            self._report(error, (), besides=hollow)
        kept = {key: value for key, value in data.items() if key in _SECTIONS}
        kept = {key: tuple(value) if isinstance(value, list) else () for key, value in kept.items()}
        layer = data.get("layer") if data.get("layer") in {"law", "local", "house"} else "law"
        stand_in: dict[str, Any] = {
            "id": str(data.get("id") or "stand-in"),
            "title": Text(**_WORDS),
            "layer": layer,
        }
        return Pack.model_construct(**stand_in, version=date.min, **kept)

    def _report(
        self, error: ValidationError, at: Location, *, besides: Location | None = None
    ) -> None:
        for detail in error.errors(include_url=False):
            self.broken.append((*at, *detail["loc"][:1]))
        faults = schema_faults(error, self.document, at)
        self.faults += [fault for fault in faults if besides is None or fault.field != "rules"]


def _mended(item: object, error: ValidationError) -> Rule | None:
    """Return the rule with stand-ins for its faulty fields; nothing where that does not help."""
    if not isinstance(item, dict):
        return None
    faulty = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
    sound = {key: value for key, value in item.items() if key in _STAND_INS and key not in faulty}
    stand_ins = {key: _STAND_INS[key] for key in faulty if key in _STAND_INS}
    try:
        return Rule.model_validate(sound | stand_ins)
    except ValidationError:
        return None


def _names(raw: object) -> Iterator[tuple[int, str]]:
    for index, item in enumerate(raw if isinstance(raw, list) else []):
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield index, item["id"]


def _not_a_pack(document: Document) -> Fault:
    message = Text(zh="这不是规则包：没有 rules。", en="This is not a rule pack: it has no rules.")
    remedy = Text(
        zh="请给出规则包文件（见 docs/howto/add_a_rule.md）。",
        en="Name a rule pack (see docs/howto/add_a_rule.md).",
    )
    return document.fault((), message, remedy)
