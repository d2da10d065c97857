"""Values of facts as people type them on a command line."""

from rules.fact_values import value_problem
from rules.facts import FactDefinition, FactValue
from rules.refusal import Refusal


def typed_value(definition: FactDefinition, text: str) -> FactValue:
    """
    Read *text* as a value of the fact: `true`, `125`, `mall`, or tags with commas between them.

    Raises:
        Refusal: If the fact does not admit it.
    """
    value = _read(definition, text.strip())
    problem = value_problem(definition, value)
    if problem is not None:
        raise Refusal(zh=problem.zh, en=problem.en)
    return value


def _read(definition: FactDefinition, text: str) -> FactValue:
    match definition.type:
        case "boolean":
            return {"true": True, "false": False}.get(text.lower(), text)
        case "integer" | "number":
            return _number(text)
        case "tags":
            return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def _number(text: str) -> FactValue:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
