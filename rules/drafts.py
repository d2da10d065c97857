"""A pack as far as it could be read: part by part, so that one fault hides no other."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from rules.checklist import Checklist
from rules.condition_faults import refusals
from rules.days import Day
from rules.faults import Fault
from rules.pack import LAYERS, Instrument, Pack, Parameter, Rule
from rules.schema_faults import CORRECT, schema_faults
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
    "on": None,
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
        return lies_in(location, self._broken)

    @cached_property
    def _broken(self) -> frozenset[Location]:
        return frozenset(self.broken)


def lies_in(location: Location, broken: Collection[Location]) -> bool:
    """Return whether *location*, or what it stands in, is among *broken*."""
    return any(location[:end] in broken for end in range(len(location) + 1))


def sound_draft(pack: Pack) -> Draft:
    """Return *pack*, which was found sound before, as a draft to read others beside."""
    parts = {name: getattr(pack, name) for name in _SECTIONS}
    names = {
        name: tuple((index, each.id) for index, each in enumerate(found))
        for name, found in parts.items()
    }
    positions = {name: tuple(range(len(found))) for name, found in parts.items()}
    document = Document(pack.id, {"id": pack.id, "rules": []}, {})
    return Draft(document, pack, positions, (), names)


def draft_of(document: Document) -> tuple[Draft | None, list[Fault]]:
    """Return what could be read of the pack in *document*, with every fault of its shape."""
    data = document.data
    told = list(document.faults)
    if not isinstance(data, dict) or "rules" not in data:
        return None, told or [_not_a_pack(document)]
    reading = _Reading(document)
    sections = {name: reading.section(name, model) for name, model in _SECTIONS.items()}
    pack = reading.header(sections)
    told += reading.faults
    if pack is None:
        return None, told
    names = {name: tuple(_names(data.get(name))) for name in _SECTIONS}
    positions = {name: tuple(index for index, _ in found) for name, found in sections.items()}
    broken = (*document.refused, *reading.broken)
    return Draft(document, pack, positions, broken, names), told


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
        layer = data.get("layer") if data.get("layer") in LAYERS else "law"
        stand_in: dict[str, Any] = {
            "id": str(data.get("id") or "stand-in"),
            "title": Text(**_WORDS),
            "layer": layer,
            "version": _day(data.get("version")),
        }
        return Pack.model_construct(**stand_in, **kept)

    def _report(
        self, error: ValidationError, at: Location, *, besides: Location | None = None
    ) -> None:
        self.broken += [(*at, *d["loc"][:1]) for d in error.errors(include_url=False)]
        faults = schema_faults(error, self.document, at)
        if (*at, "applies") in self.broken:
            faults = list(self._of_condition((*at, "applies"), faults))
        fields = {".".join(map(str, each)) for each in self.document.refused}
        self.faults += [
            fault
            for fault in faults
            if fault.field not in fields and (besides is None or fault.field != "rules")
        ]

    def _of_condition(self, at: Location, faults: list[Fault]) -> Iterator[Fault]:
        """Tell every part of a condition that has no meaning; its other parts are still linted."""
        rule = self.document.data[at[0]][at[1]]
        if "applies" in rule:
            faults = [fault for fault in faults if fault.field != ".".join(map(str, at))]
            self.broken.remove(at)
            for location, refusal in refusals(rule["applies"], at):
                self.broken.append(location)
                yield self.document.fault(location, refusal.text, CORRECT)
        yield from faults


def _day(raw: object) -> date:
    """Return the day of a pack whose head has some fault; the first of all days if that is it."""
    try:
        return TypeAdapter(Day).validate_python(raw)
    except ValidationError:
        return date.min


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
