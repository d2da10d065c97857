"""A fact as people read it: `mall` is 商场, `24` of metres is 24 m, true is 是."""

from rules.domain_names import domain_name
from rules.facts import FactDefinition, FactValue
from rules.text import Text
from rules.units import unit_text
from rules.vocabulary import load_vocabulary

_YES = Text(zh="是", en="yes")
_NO = Text(zh="否", en="no")
_NONE = Text(zh="无", en="none")


def fact_title(name: str) -> Text:
    """Return the title of the fact, or its name where the vocabulary does not have it."""
    definition = load_vocabulary().get(name)
    return definition.title if definition else Text(zh=name, en=name)


def value_text(name: str, value: FactValue) -> Text:
    """Return *value* of the fact called *name* in words."""
    definition = load_vocabulary().get(name)
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, (list, tuple)):
        parts = [_choice(definition, str(one)) for one in value]
        if not parts:
            return _NONE
        return Text(zh="、".join(p.zh for p in parts), en=", ".join(p.en for p in parts))
    if isinstance(value, (int, float)):
        unit = unit_text(definition.unit) if definition and definition.unit else None
        figure = (f"{value:g}" if abs(value) < 1_000_000 else f"{value}").replace("-", "−")
        return Text(
            zh=f"{figure} {unit.zh}" if unit else figure,
            en=f"{figure} {unit.en}" if unit else figure,
        )
    if name.endswith(".domain"):
        return domain_name(value)
    return _choice(definition, str(value))


def _choice(definition: FactDefinition | None, value: str) -> Text:
    for choice in definition.choices if definition else ():
        if choice.value == value:
            return choice.title
    return Text(zh=value or "–", en=value or "–")
