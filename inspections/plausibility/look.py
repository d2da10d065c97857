"""
What a photo looks like, in 64 bits, so that it is known again after being saved anew or shrunk.

The difference hash: the photo is shrunk to 9 by 8 grey points, and each bit says whether a point
is brighter than the one to its right. The same photo in another size, quality or format differs in
few bits, another photo in about half of them.
"""

from itertools import pairwise

from PIL import Image

_WIDE, _HIGH = 9, 8
# Darkness, fog or a wall: what has no differences looks like everything else of its kind.
_LEAST_CONTRAST = 24


def look_of(image: Image.Image) -> int | None:
    """Return the look of a photo as a number of 64 bits, with sign; nothing where it is blank."""
    small = image.convert("L").resize((_WIDE, _HIGH), Image.Resampling.BOX)
    points = small.tobytes()
    if max(points) - min(points) < _LEAST_CONTRAST:
        return None
    bits = 0
    for row in range(_HIGH):
        line = points[row * _WIDE : (row + 1) * _WIDE]
        for left, right in pairwise(line):
            bits = bits << 1 | (left > right)
    # Both databases keep 64 bits with a sign.
    return bits - (1 << 64) if bits >> 63 else bits


def bits_apart(one: int, other: int) -> int:
    """Return in how many of their 64 bits two looks differ."""
    return ((one ^ other) & ((1 << 64) - 1)).bit_count()
