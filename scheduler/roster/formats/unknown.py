"""The complaint about a name that the file does not define."""

from collections.abc import Iterable

from rules.complaint import Complaint
from rules.text import Text
from rules.yaml_document import Location


def unknown(at: Location, name: str, known: Iterable[str]) -> Complaint:
    """Say that nothing is called so, and what there is."""
    some = ", ".join(sorted(known)[:12])
    return Complaint(
        at,
        Text(zh=f"没有“{name}”。", en=f"There is no {name}."),
        Text(zh=f"文件中有：{some}。", en=f"The file names: {some}."),
    )
