"""
Throws away machine code whose source has changed.

numba looks only at the file of a function itself, not at those of the functions that it calls,
and would go on running old code of theirs.
"""

from hashlib import sha256
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_SOURCES = (
    "pricing/tables.py",
    "pricing/repair.py",
    "pricing/kernel.py",
    "pricing/legal_row.py",
    "pricing/rounds.py",
    "search/local.py",
    "exchange/tables.py",
    "exchange/bond_tables.py",
    "exchange/legality.py",
    "exchange/bonds.py",
    "exchange/kernel.py",
)
_STAMP = Path(__file__).parent / "__pycache__" / "machine_code.digest"


def forget_stale() -> None:
    """Delete kept machine code if any of its sources is not the one that it was made from."""
    sources = [_PACKAGE / name for name in _SOURCES]
    digest = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    try:
        if _STAMP.exists() and _STAMP.read_text(encoding="ascii") == digest:
            return
        for source in sources:
            for kept in source.parent.glob(f"__pycache__/{source.stem}.*.nb[ci]"):
                kept.unlink(missing_ok=True)
        _STAMP.parent.mkdir(exist_ok=True)
        _STAMP.write_text(digest, encoding="ascii")
    except OSError:
        # Where nothing may be written, numba keeps nothing here either.
        return
