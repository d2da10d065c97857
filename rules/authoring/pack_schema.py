"""The JSON Schema of rule packs, made from the models and the vocabulary, for editors."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from rules.conditions import OPERATORS
from rules.facts import FactDefinition
from rules.pack import Pack
from rules.vocabulary import Vocabulary, load_vocabulary

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"
# A field's explanation in a docstring: `name: What it means.`, with its further lines indented.
_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.+(?:\n {6,}.+)*)", re.MULTILINE)
_TYPES: Mapping[str, dict[str, Any]] = {
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date"},
}
_ORDERED = ("lt", "lte", "gt", "gte")
_PARAMETER = {"type": "string", "pattern": r"^\$[a-z][a-z0-9_]*$"}


def pack_schema() -> dict[str, Any]:
    """
    Return the JSON Schema of a rule pack.

    It says what an editor can complete and mark while one types; what several fields mean
    together, only `xunjian rules check` knows.
    """
    schema = Pack.model_json_schema(by_alias=True)
    vocabulary = load_vocabulary()
    definitions = schema.setdefault("$defs", {})
    for model in _models(Pack):
        described = schema if model is Pack else definitions.get(model.__name__)
        if described is not None:
            _describe(described, model)
    definitions["Condition"] = _condition(vocabulary)
    definitions |= {_name(each): _value(each) for each in vocabulary.values()}
    definitions["Rule"]["properties"]["applies"] = {"$ref": "#/$defs/Condition"}
    facts = definitions["Example"]["properties"]["facts"]
    facts.pop("additionalProperties", None)
    facts |= {"properties": _stated(vocabulary), "additionalProperties": False}
    return {"$schema": SCHEMA_ID, **schema}


def schema_text() -> str:
    """Return the schema as it is kept in a file: sorted, so that a change shows as one."""
    return json.dumps(pack_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _models(model: type[BaseModel], seen: set[type] | None = None) -> Iterator[type[BaseModel]]:
    seen = set() if seen is None else seen
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for inner in _inside(field.annotation):
            yield from _models(inner, seen)


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _inside(argument)


def _describe(described: dict[str, Any], model: type[BaseModel]) -> None:
    """Move what the docstring says of each field to the field, where editors show it."""
    text = (model.__doc__ or "").strip()
    described["description"] = " ".join(text.split("\n\n", 1)[0].split())
    _, _, attributes = _dedented(model.__doc__ or "").partition("Attributes:\n")
    for name, meaning in _ATTRIBUTE.findall(attributes):
        field = model.model_fields.get(name)
        if field is not None:
            shown = described.get("properties", {}).get(field.alias or name)
            if shown is not None:
                shown["description"] = " ".join(meaning.split())


def _dedented(text: str) -> str:
    return re.sub(r"(?m)^ {4}", "", text)


def _condition(vocabulary: Vocabulary) -> dict[str, Any]:
    inner = {"$ref": "#/$defs/Condition"}
    several = {"type": "array", "items": inner, "minItems": 1}
    return {
        "description": "Several facts at once mean all of them.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            "all": several | {"description": "All of these hold. 全部满足"},
            "any": several | {"description": "At least one of these holds. 满足其一"},
            "not": inner | {"description": "This does not hold. 不满足"},
            **{name: _tested(definition) for name, definition in vocabulary.items()},
        },
    }


def _tested(definition: FactDefinition) -> dict[str, Any]:
    """Return how a condition may compare the fact: with a value, or by operators."""
    value = _reference(definition)
    operators: dict[str, Any] = {"known": {"type": "boolean"}}
    if definition.type == "tags":
        operators["has"] = value
        return {"description": _said(definition), **_compared(operators)}
    given = {"anyOf": [value, _PARAMETER]}
    operators |= {"eq": given, "ne": given}
    several = {"type": "array", "items": given, "minItems": 1}
    operators |= {"in": several, "not_in": several}
    if definition.type in {"integer", "number", "date"}:
        operators |= dict.fromkeys(_ORDERED, given)
    return {"description": _said(definition), "anyOf": [value, _PARAMETER, _compared(operators)]}


def _compared(operators: Mapping[str, Any]) -> dict[str, Any]:
    ordered = {name: operators[name] for name in OPERATORS if name in operators}
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": ordered,
    }


def _stated(vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        name: {
            "description": _said(definition),
            **(
                {"type": "array", "items": _reference(definition)}
                if definition.type == "tags"
                else _reference(definition)
            ),
        }
        for name, definition in vocabulary.items()
    }


def _name(definition: FactDefinition) -> str:
    return f"Value-{definition.name}"


def _reference(definition: FactDefinition) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{_name(definition)}"}


def _value(definition: FactDefinition) -> dict[str, Any]:
    if definition.type in {"enum", "tags"}:
        return {"enum": [choice.value for choice in definition.choices]}
    limits = {"minimum": definition.minimum, "maximum": definition.maximum}
    given = {key: limit for key, limit in limits.items() if limit is not None}
    return {**_TYPES[definition.type], **given}


def _said(definition: FactDefinition) -> str:
    unit = f" ({definition.unit})" if definition.unit else ""
    return f"{definition.title.zh} · {definition.title.en}{unit}"


SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "reference" / "rule-pack.schema.json"
