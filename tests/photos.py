"""Photos as telephones make them, and files that only look like photos."""

import random
import struct
import zlib
from io import BytesIO

from PIL import Image


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48), seed: int = 0) -> bytes:
    """Return a photo of coloured patches; another *seed* shows another scene."""
    patches = random.Random(seed).randbytes(3 * 12 * 9)
    picture = Image.frombytes("RGB", (12, 9), patches).resize(size)
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def a_bomb(side: int = 30_000) -> bytes:
    """Return a small PNG whose head announces *side*² pixels and whose rows are all there."""
    row = zlib.compressobj(9)
    rows = row.compress(bytes((side // 8 + 1) * 256)) + row.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND")


def _chunk(name: bytes, data: bytes = b"") -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
