"""Photos that carry a number which survives being shrunk, turned into JPEG and drawn on."""

import io

from PIL import Image, ImageDraw

_BITS = 16
_STRIPE = 60
_SIZE = (_BITS * _STRIPE, 720)


def picture(number: int) -> bytes:
    """Return a JPEG of black and white stripes that spell *number*, below 65,536."""
    image = Image.new("L", _SIZE, 255)
    draw = ImageDraw.Draw(image)
    for bit in range(_BITS):
        if number >> bit & 1:
            draw.rectangle((bit * _STRIPE, 0, (bit + 1) * _STRIPE - 1, _SIZE[1]), fill=0)
    made = io.BytesIO()
    image.convert("RGB").save(made, "JPEG", quality=85)
    return made.getvalue()


def number_of(content: bytes) -> int:
    """Return the number that the stripes of a picture spell."""
    with Image.open(io.BytesIO(content)) as image:
        grey = image.convert("L").resize((_BITS, 1), Image.Resampling.BOX)
        return sum(1 << bit for bit in range(_BITS) if grey.getpixel((bit, 0)) < 128)
