"""Admit photos: what is sent must really decode, and may cost neither the disk nor the memory."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from threading import BoundedSemaphore

# Named, so that a photo never makes Pillow load the readers of some forty other formats.
from PIL import Image, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

from inspections.audit import origin
from inspections.errors import Refused
from inspections.plausibility.look import look_of
from inspections.security_log import note_refusal
from rules.text import Text

MOST_BYTES = 15 * 1024 * 1024
# A 50-megapixel telephone photo fits; decoded it takes 200 MB, and no more than two at once.
MOST_PIXELS = 51_000_000

_MEDIA_TYPES: dict[type[Image.Image], str] = {
    JpegImagePlugin.JpegImageFile: "image/jpeg",
    PngImagePlugin.PngImageFile: "image/png",
    WebPImagePlugin.WebPImageFile: "image/webp",
}
_FORMATS = ("JPEG", "PNG", "WEBP")
# What Pillow's readers raise over broken files; each was met by the fuzzing test.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    AttributeError,
    AssertionError,
    struct.error,
    zlib.error,
)
_KEPT_SIDE = 256
_DECODING = BoundedSemaphore(2)


class NotAPhoto(Refused):
    """The content is no photo of a kind that is taken, whatever its name says."""

    code = "not-a-photo"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="不是 JPEG、PNG 或 WebP 照片，请重新拍摄或选择。",
                en="This is no JPEG, PNG or WebP photo. Please take or choose another.",
            )
        )


class PhotoDamaged(Refused):
    """The content begins like a photo and cannot be read to its end."""

    code = "photo-damaged"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="照片文件不完整或已损坏，请重新拍摄或选择。",
                en="The photo is incomplete or damaged. Please take or choose another.",
            )
        )


class PhotoTooHeavy(Refused):
    """The file is larger than `MOST_BYTES`."""

    code = "photo-too-heavy"

    def __init__(self, size: int) -> None:
        most, mine = MOST_BYTES // 2**20, size / 2**20
        super().__init__(
            Text(
                zh=f"照片有 {mine:.1f} MB，每张最多 {most} MB。请降低分辨率重拍，或另选一张。",
                en=f"The photo has {mine:.1f} MB; one may have {most} MB. "
                "Please take it with a lower resolution, or choose another.",
            )
        )


class PhotoTooWide(Refused):
    """The photo unfolds to more pixels than `MOST_PIXELS`."""

    code = "photo-too-wide"

    def __init__(self) -> None:
        most = MOST_PIXELS // 10**6
        super().__init__(
            Text(
                zh=f"照片的像素太多，最多 {most * 100} 万像素。请降低分辨率重拍，或另选一张。",
                en=f"The photo has too many pixels; {most} megapixels are the most. "
                "Please take it with a lower resolution, or choose another.",
            )
        )


@dataclass(frozen=True)
class CheckedPhoto:
    """
    A photo that decodes.

    Attributes:
        media_type: What it is, whatever its name said: `image/jpeg`, `image/png` or `image/webp`.
        width: In stored pixels, before any turning that its EXIF data asks for.
        height: Likewise.
        look: What it looks like (`inspections.plausibility.look`); nothing where it is blank.
    """

    media_type: str
    width: int
    height: int
    look: int | None = field(default=None, compare=False)

    @property
    def suffix(self) -> str:
        """The ending of a file name."""
        return suffix_of(self.media_type)


def checked_photo(content: bytes) -> CheckedPhoto:
    """
    Return what *content* is, after decoding it.

    The size in bytes is judged first, then the pixels that its head announces, then the pixels
    are decoded, so that a bomb is refused before it unfolds. The security log tells of refusals.

    Raises:
        NotAPhoto: If it is none, for example a document named `.jpg`.
        PhotoTooHeavy: If it has more than `MOST_BYTES` bytes.
        PhotoTooWide: If it has more than `MOST_PIXELS` pixels.
        PhotoDamaged: If it breaks off or does not decode.
    """
    try:
        with _decoded(content) as (photo, image):
            return replace(photo, look=look_of(image))
    except Refused as refusal:
        here = origin()
        note_refusal(refusal.code, size=len(content), address=here.address, device=here.device)
        raise


@contextmanager
def _decoded(content: bytes) -> Iterator[tuple[CheckedPhoto, Image.Image]]:
    """Yield the photo with its pixels; a large JPEG is decoded at down to an eighth of its size."""
    if len(content) > MOST_BYTES:
        raise PhotoTooHeavy(len(content))
    with _DECODING, _opened(content) as image:
        photo = CheckedPhoto(_media_type(image), *image.size)
        if photo.width * photo.height > MOST_PIXELS:
            raise PhotoTooWide
        try:
            # Reads the whole stream and keeps as many of its points as a look at it needs.
            image.draft("L", (_kept(photo.width), _kept(photo.height)))
            image.load()
        except _BROKEN as error:
            raise PhotoDamaged from error
        yield photo, image


def _kept(side: int) -> int:
    return max(side // 8, min(side, _KEPT_SIDE))


def suffix_of(media_type: str) -> str:
    """Return the ending of a file name for a media type of a checked photo."""
    return {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}.get(media_type, "")


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(content), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoTooWide from error
    except UnidentifiedImageError as error:
        raise NotAPhoto from error
    except _BROKEN as error:
        raise PhotoDamaged from error


def _media_type(image: Image.Image) -> str:
    # A telephone's JPEG with a second picture in it is a subclass.
    return next(name for kind, name in _MEDIA_TYPES.items() if isinstance(image, kind))
