"""
Short codes such as `7K3F-9Q`: five characters and a check character.

The alphabet leaves out every letter that is read as a digit or as another letter. It has 23
characters, a prime, so the pure system of ISO 7064 over it finds every wrong character and every
two that changed places.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import count
from typing import Literal

from stdnum.iso7064 import mod_37_2

ALPHABET = "23456789ACEFHJKMPQRTWXY"
LENGTH = 6
_HEAD = 4
# Letters that are not used, and the digit that somebody who types one has read as it.
READ_AS = {"B": "8", "G": "6", "S": "5", "Z": "2"}
_BETWEEN = frozenset(" \t\n-_.·‐‑‒–—−")

Mistake = Literal["empty", "short", "long", "character", "check"]


class CodeMistyped(ValueError):
    """
    What was typed is no code.

    Attributes:
        kind: `empty`, `short`, `long`, `character` (one that no code has) or `check` (one
            character is wrong, or two changed places).
        typed: What was typed, without blanks and dashes, in capitals.
        at: Place of the character that no code has, from 0.
    """

    def __init__(self, kind: Mistake, typed: str, at: int | None = None) -> None:
        super().__init__(f"{typed!r} is no code: {kind}")
        self.kind: Mistake = kind
        self.typed = typed
        self.at = at


def seed_of(organisation: str, site: str, kind: str, key: str) -> str:
    """Return what the code of a target is made from; changing it would kill printed labels."""
    return f"{organisation}/{site}/{kind}/{key}"


def code_from(seed: str) -> str:
    """Return the code of *seed*: always the same one, and hardly ever that of another seed."""
    number = int.from_bytes(sha256(seed.encode()).digest())
    payload = ""
    for _ in range(LENGTH - 1):
        number, rest = divmod(number, len(ALPHABET))
        payload += ALPHABET[rest]
    return payload + mod_37_2.calc_check_digit(payload, ALPHABET)


def shown(code: str) -> str:
    """Return *code* as labels show it, with a dash."""
    return f"{code[:_HEAD]}-{code[_HEAD:]}"


def fits(code: str) -> bool:
    """Tell whether *code* has the right length and alphabet and agrees with its last character."""
    return len(code) == LENGTH and mod_37_2.is_valid(code, ALPHABET)


def read_code(typed: str) -> str:
    """
    Return the code that was typed, in any spelling: small letters, full-width ones, no dash.

    Raises:
        CodeMistyped: If it is none, with the kind of mistake.
    """
    plain = "".join(
        READ_AS.get(each, each)
        for each in unicodedata.normalize("NFKC", typed).upper()
        if each not in _BETWEEN
    )
    if not plain:
        raise CodeMistyped("empty", plain)
    for at, each in enumerate(plain):
        if each not in ALPHABET:
            raise CodeMistyped("character", plain, at)
    if len(plain) != LENGTH:
        raise CodeMistyped("short" if len(plain) < LENGTH else "long", plain)
    if not fits(plain):
        raise CodeMistyped("check", plain)
    return plain


def distinct_codes(seeds: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return a code for each of *seeds*, in order, none of them *taken* or given twice."""
    used = set(taken)
    codes = []
    for seed in seeds:
        code = next(each for each in _codes_of(seed) if each not in used)
        used.add(code)
        codes.append(code)
    return codes


def _codes_of(seed: str) -> Iterator[str]:
    yield code_from(seed)
    for number in count(1):
        yield code_from(f"{seed}#{number}")
