"""Secrets that are shown once and kept as hash only."""

import secrets
from hashlib import sha256

_BYTES = 32


def new_secret() -> str:
    """Return 256 random bits in letters that an address may hold."""
    return secrets.token_urlsafe(_BYTES)


def kept(secret: str) -> str:
    """Return what is kept of it; as random as it is, a plain hash is enough."""
    return sha256(secret.encode()).hexdigest()
