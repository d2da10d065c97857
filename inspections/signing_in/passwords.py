"""Passwords: kept as argon2id only, and refused where they are easily guessed."""

from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from inspections.errors import Refused
from rules.text import Text

LEAST = 10
MOST = 128
# The estimate of how it would be guessed takes long for long ones, and they are good anyway.
_ESTIMATED = 72
# Of 0 to 4: at least a hundred million guesses, which throttled sign-ins never reach.
_GOOD = 3
# Favourites in China that lists made in English lack.
_FAVOURITES = (
    *("woaini", "aini", "5201314", "1314520", "wodemima", "mima", "nihao", "zhongguo"),
    *("woaiwojia", "laopo", "laogong", "xunjian", "anquan", "jiancha", "a123456", "qwe123"),
)

_hasher = PasswordHasher()


class UnfitPassword(Refused):
    """A password that is too short, too long, or easily guessed."""

    code = "unfit-password"


class PasswordsDiffer(Refused):
    """The password was not repeated as it was."""

    code = "passwords-differ"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="两次输入的密码不一致。请重新输入。",
                en="The two passwords differ. Please enter them again.",
            )
        )


def hashed(password: str) -> str:
    """Return what is kept of the password."""
    return _hasher.hash(password)


def matches(kept: str, password: str) -> bool:
    """Return whether *password* is the one of which *kept* was made."""
    try:
        _hasher.verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def check_password(password: str, repeated: str, *, known: Iterable[str]) -> None:
    """
    Do nothing where the password may be used.

    It must be 10 to 128 characters long and hard to guess; no letters, digits or signs are asked
    for, and none expires. *known* are words that an attacker would try first, such as names.

    Raises:
        PasswordsDiffer: If it was not repeated as it was.
        UnfitPassword: If it may not be used; the text says why.
    """
    if not LEAST <= len(password) <= MOST:
        raise UnfitPassword(
            Text(
                zh=f"密码须为 {LEAST} 至 {MOST} 个字符。可用几个不相关的词连成一句。",
                en=f"A password has {LEAST} to {MOST} characters. "
                "A few words that do not belong together make a good one.",
            )
        )
    if password != repeated:
        raise PasswordsDiffer
    if _score(password, known) < _GOOD:
        raise UnfitPassword(
            Text(
                zh="这个密码太常见或太容易猜到。请换成几个不相关的词，不要用姓名、单位名或日期。",
                en="This password is common or easily guessed. Please take a few words that do "
                "not belong together, and no names or dates.",
            )
        )


def _score(password: str, known: Iterable[str]) -> int:
    start = password[:_ESTIMATED]
    return int(zxcvbn(start, user_inputs=[*_FAVOURITES, *filter(None, known)])["score"])


@cache
def _nobodys() -> str:
    """Return a hash to verify where there is none, so that the time tells nothing."""
    return _hasher.hash("nobody")
