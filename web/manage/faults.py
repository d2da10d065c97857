"""Faults of an organisation, told beside the fields of a form."""

from collections.abc import Mapping

from rules.faults import InputInvalid
from web.preferences import language, words


def faults_by_field(
    invalid: InputInvalid, fields: Mapping[str, str], *, other: str
) -> dict[str, str]:
    """
    Return the words of each fault by the field that it belongs to.

    *fields* gives the field of the form by the last name in a fault's path, for example `from`;
    what fits none goes to *other*.
    """
    found: dict[str, str] = {}
    for fault in invalid.faults:
        names = [part for part in fault.field.split(".") if not part.isdigit()]
        name = next((fields[part] for part in reversed(names) if part in fields), other)
        gap = " " if language() == "en" else ""
        said = f"{words(fault.message)}{gap}{words(fault.remedy)}"
        found[name] = f"{found[name]}{gap}{said}" if name in found else said
    return found
