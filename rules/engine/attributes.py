"""The names under which facts enter the engine."""

from collections.abc import Iterable

RESERVED = ("type", "id", "sid")


def plain_attribute(fact: str) -> str:
    """Return the attribute that holds the value of *fact*; a dot would mean a nested object."""
    return fact.replace(".", "_")


def has_attribute(fact: str, tag: str) -> str:
    """Return the true-or-false attribute for one tag of a tags fact."""
    return f"{plain_attribute(fact)}__has__{tag}"


def known_attribute(fact: str) -> str:
    """Return the true-or-false attribute for whether *fact* is known."""
    return f"{plain_attribute(fact)}__known"


def fact_of(attribute: str) -> str:
    """Return the fact behind *attribute*."""
    plain = attribute.removesuffix("__known").split("__has__")[0]
    return plain.replace("_", ".", 1)


def fnv32(name: str) -> int:
    """Return the 32-bit FNV-1a hash by which durable-rules tells attributes apart."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def require_distinct(attributes: Iterable[str]) -> None:
    """
    Refuse attributes that the engine could not tell apart.

    Raises:
        ValueError: If two names share a hash; renaming one fact mends it.
    """
    seen: dict[int, str] = {}
    for name in sorted({*attributes, *RESERVED}):
        other = seen.setdefault(fnv32(name), name)
        if other != name:
            raise ValueError(f"The attributes {other} and {name} share a hash; rename one fact.")
