"""One thing wrong at one location of some data, before it is known in which file that stands."""

from dataclasses import dataclass

from rules.text import Text
from rules.yaml_document import Location


@dataclass(frozen=True)
class Complaint:
    """
    A fault without its file and line.

    Attributes:
        at: Keys and indexes from where the check started.
    """

    at: Location
    message: Text
    remedy: Text
