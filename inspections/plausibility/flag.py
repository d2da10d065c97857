"""A pattern in records that is worth a look, with its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal, get_args

from rules.text import Text

Kind = Literal["identical", "walking", "burst", "haste", "photo"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Record:
    """
    One record behind a flag.

    Attributes:
        kind: `inspection` or `finding`.
        said: Its figure, for example the reading.
    """

    kind: Literal["inspection", "finding"]
    id: str
    at: datetime
    by: str
    said: Text | None = None


@dataclass(frozen=True)
class Flag:
    """
    A pattern that passed its threshold.

    Attributes:
        key: Names the pattern; it stays the same while further records join it.
        site_id: Where, for scope.
        about: What it is about: the target, or the person.
        said: The figures, in a sentence that accuses nobody.
        limit: The threshold that was passed.
        records: Oldest first; never empty.
    """

    kind: Kind
    key: str
    site_id: int
    about: tuple[str, str]
    said: Text
    limit: Text
    records: tuple[Record, ...]

    @property
    def at(self) -> datetime:
        """When the last of its records was made."""
        return max(record.at for record in self.records)

    @property
    def people(self) -> tuple[str, ...]:
        """Keys of those who made the records, each once."""
        return tuple(dict.fromkeys(record.by for record in self.records))

    @property
    def digest(self) -> str:
        """Hash of the records; another one says that records came since somebody looked."""
        return key_of(*(f"{record.kind}/{record.id}" for record in self.records))


def key_of(*parts: object) -> str:
    """Return a short name for what these parts make up."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def newest_first(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """Return *flags* with the newest in front; the order of equal instants is fixed."""
    return tuple(sorted(flags, key=lambda flag: (flag.at, flag.kind, flag.key), reverse=True))
