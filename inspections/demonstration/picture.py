"""The picture that stands for photos in the demonstration, and says so."""

from io import BytesIO

import segno

SAYS = "Xunjian demonstration picture, not evidence / 演示图片，不是现场照片"


def demonstration_picture() -> bytes:
    """Return a PNG whose code reads that it is a demonstration; the same bytes every time."""
    out = BytesIO()
    segno.make(SAYS, error="m").save(out, kind="png", scale=8, border=4)
    return out.getvalue()
