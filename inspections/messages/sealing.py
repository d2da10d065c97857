"""
Seal secrets that must be read again, such as the address of a group robot.

The key stands outside the record: `XUNJIAN_SEAL_KEY`, else the file `var/seal.key`, made at first
use and readable by its owner only. A copy of the database alone gives no secret away.
"""

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from inspections.errors import Refused
from rules.text import Text

KEY_FILE = Path("var/seal.key")


class SealBroken(Refused):
    """A secret was sealed with another key, or the key is none."""

    code = "seal-broken"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="密钥不对，读不出群机器人的地址。请恢复 XUNJIAN_SEAL_KEY 或 var/seal.key，"
                "或重新登记机器人。",
                en="The key does not open the robot's address. Please restore XUNJIAN_SEAL_KEY or "
                "var/seal.key, or register the robot again.",
            )
        )


class Seal:
    """Seals and opens short texts with one key."""

    def __init__(self, key: str) -> None:
        try:
            self._key = Fernet(key.encode())
        except ValueError:
            raise SealBroken from None

    def close(self, secret: str) -> str:
        """Return *secret* sealed."""
        return self._key.encrypt(secret.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """
        Return what was sealed.

        Raises:
            SealBroken: If another key sealed it.
        """
        try:
            return self._key.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SealBroken from None


def seal(path: Path = KEY_FILE) -> Seal:
    """Return the seal of this installation; its key is made where there is none."""
    given = os.environ.get("XUNJIAN_SEAL_KEY")
    if given:
        return Seal(given)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Exclusive: of two processes that start at once, one makes the key and both use it.
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            file.write(Fernet.generate_key())
    except FileExistsError:
        pass
    return Seal(path.read_text("ascii").strip())
