"""Changes from a file or a form: every fault at once, or changes of the right shape."""

from pathlib import Path

from pydantic import ValidationError

from rules.faults import InputInvalid
from rules.schema_faults import schema_faults
from rules.whatif.changes import Change, Changes
from rules.yaml_document import Document, document_of, read_document


def read_changes(path: Path) -> tuple[Change, ...]:
    """
    Read the changes in the YAML file at *path*.

    Raises:
        InputInvalid: If it cannot be read or has another shape; holds every fault.
    """
    return _changes(read_document(path))


def changes_in(text: str, name: str) -> tuple[Change, ...]:
    """
    Read the changes written in *text*; *name* stands for its file.

    Raises:
        InputInvalid: If it has another shape; holds every fault.
    """
    return _changes(document_of(text, file=name))


def _changes(document: Document) -> tuple[Change, ...]:
    try:
        return Changes.model_validate(document.data).changes
    except ValidationError as error:
        raise InputInvalid(schema_faults(error, document)) from error
