"""The vocabulary: every fact that packs may test and organisations may state."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from rules.facts import FactDefinition
from rules.faults import Fault, InputInvalid
from rules.schema_faults import schema_faults
from rules.text import Text
from rules.yaml_document import Document, read_document

BUILT_IN = Path(__file__).parent / "vocabulary"

Vocabulary = Mapping[str, FactDefinition]


@cache
def load_vocabulary(directory: Path = BUILT_IN) -> Vocabulary:
    """
    Read every fact definition below *directory*, by name.

    Raises:
        InputInvalid: If a file or a definition is malformed, or a name is defined twice.
    """
    vocabulary, faults = read_vocabulary(directory)
    if faults:
        raise InputInvalid(faults)
    return vocabulary


def read_vocabulary(directory: Path = BUILT_IN) -> tuple[dict[str, FactDefinition], list[Fault]]:
    """Return every sound definition below *directory* and every fault of the others."""
    definitions: dict[str, FactDefinition] = {}
    faults: list[Fault] = []
    for path in sorted(directory.rglob("*.yaml")):
        try:
            document = read_document(path)
        except InputInvalid as error:
            faults += error.faults
            continue
        faults += _read(document, definitions)
    return definitions, faults


def _read(document: Document, definitions: dict[str, FactDefinition]) -> Iterable[Fault]:
    if not isinstance(document.data, list):
        message = Text(
            zh="词汇文件须是事实的列表。", en="A vocabulary file must be a list of facts."
        )
        return [document.fault((), message, Text(zh="请改为列表。", en="Make it a list."))]
    faults: list[Fault] = []
    for index, raw in enumerate(document.data):
        try:
            definition = FactDefinition.model_validate(raw)
        except ValidationError as error:
            faults += schema_faults(error, document, (index,))
            continue
        faults += _definition_faults(document, index, definition, definitions)
        definitions.setdefault(definition.name, definition)
    return faults


def _definition_faults(
    document: Document, index: int, definition: FactDefinition, known: Mapping[str, FactDefinition]
) -> Iterable[Fault]:
    if definition.name in known:
        message = Text(
            zh=f"事实 {definition.name} 定义了两次。",
            en=f"The fact {definition.name} is defined twice.",
        )
        yield document.fault(
            (index, "name"), message, Text(zh="请只留一个。", en="Keep one definition.")
        )
    if definition.type == "enum" and not definition.choices:
        message = Text(zh="枚举事实没有选项。", en="An enum fact has no choices.")
        yield document.fault((index,), message, Text(zh="请补上 choices。", en="Add choices."))
