"""
Which tags a list had when a client last asked, so that it gets only what changed since.

Kept in memory only: after a restart clients ask for everything once. A token is the hash of the
list, so equal lists have equal tokens.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256

MOST = 500
_PREFIX = "http://radicale.org/ns/sync/"


class Snapshots:
    """The lists of the last clients."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Mapping[str, str]] = OrderedDict()
        self._lock = threading.Lock()

    def token(self, owner: str, tags: Mapping[str, str]) -> str:
        """Return the token of a list, and keep the list."""
        said = json.dumps([owner, sorted(tags.items())]).encode()
        token = _PREFIX + sha256(said).hexdigest()
        with self._lock:
            self._kept[token] = dict(tags)
            self._kept.move_to_end(token)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return token

    def changed(self, token: str, tags: Mapping[str, str]) -> list[str]:
        """
        Return the names that are new, gone or changed since *token*.

        Raises:
            ValueError: If the token is not known any more.
        """
        with self._lock:
            before = self._kept.get(token)
        if before is None:
            raise ValueError("This token is not known any more.")
        return sorted(name for name in {*before, *tags} if before.get(name) != tags.get(name))
