"""Sheets of labels: sizes that are sold or cut, and the square with the address in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import segno
from flask import request, url_for
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from inspections.codes.labels import Label
from web.proxies import public_address


@dataclass(frozen=True)
class Size:
    """
    A label on A4; `columns` times `rows` fit on a sheet.

    Attributes:
        tall: Whether the words stand below the square instead of beside it.
    """

    words: LazyString
    columns: int
    rows: int
    tall: bool = False


# In millimetres; web/static/css/codes.css draws each by its name.
SIZES: Mapping[str, Size] = {
    "70x37": Size(_("70 × 37 mm, 24 on a sheet (stickers)"), 3, 8),
    "63x38": Size(_("63.5 × 38.1 mm, 21 on a sheet (stickers)"), 3, 7),
    "99x57": Size(_("99 × 57 mm, 10 on a sheet (stickers)"), 2, 5),
    "40x50": Size(_("40 × 50 mm, 20 on a sheet, to be cut"), 4, 5, tall=True),
    "90x120": Size(_("90 × 120 mm, 4 on a sheet, to be cut, for doors"), 2, 2, tall=True),
}


def sheets(labels: Sequence[Label], size: Size) -> list[Sequence[Label]]:
    """Return *labels* cut into sheets."""
    many = size.columns * size.rows
    return [labels[start : start + many] for start in range(0, len(labels), many)]


def square(code: str) -> Markup:
    """Return the square that leads to the page of a shown *code*."""
    path = url_for("codes.thing", code=code).removeprefix(request.root_path)
    return _square(public_address() + path)


@lru_cache(maxsize=4096)
def _square(address: str) -> Markup:
    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=1, border=4, omitsize=True))  # noqa: S704 - made here
