"""PDF documents by Typst, with a Chinese font of this machine embedded; both may be missing."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from inspections.errors import Refused
from rules.text import Text

_SOURCES = Path(__file__).parent / "templates" / "pdf"
# In this order: what common systems bring, sans before serif.
_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "SimSun",
    "STSong",
)


class NoPdf(Refused):
    """The library that writes PDFs is not installed."""

    code = "pdf-not-installed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="本服务器未装 PDF 组件（pip install 'xunjian[pdf]'）。请“打印”并另存为 PDF。",
                en="This server cannot write PDFs (pip install 'xunjian[pdf]'). "
                "Please print the page and save it as PDF.",
            )
        )


class NoChineseFont(Refused):
    """No font of this machine has the Chinese characters."""

    code = "pdf-no-font"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="本服务器没有中文字体，无法生成 PDF。请安装 fonts-noto-cjk，"
                "或“打印”并另存为 PDF。",
                en="This server has no Chinese font, so it writes no PDF. Please install "
                "fonts-noto-cjk, or print the page and save it as PDF.",
            )
        )


@cache
def chinese_font() -> str:
    """
    Return the family of the Chinese font that PDFs are set in.

    Raises:
        NoPdf: If Typst is not installed.
        NoChineseFont: If this machine has none of the fonts we know.
    """
    if find_spec("typst") is None:
        raise NoPdf
    import typst

    here = set(typst.Fonts().families())
    found = next((family for family in _FAMILIES if family in here), None)
    if found is None:
        raise NoChineseFont
    return found


def as_pdf(source: str, data: Mapping[str, Any]) -> bytes:
    """
    Return *source*, a file below `templates/pdf`, filled with *data* as one PDF.

    What people typed travels as data and never as Typst code.

    Raises:
        NoPdf: If Typst is not installed.
    """
    if find_spec("typst") is None:
        raise NoPdf
    import typst

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made = typst.compile(_SOURCES / source, root=_SOURCES, sys_inputs=inputs, pdf_standards="a-2u")
    assert isinstance(made, bytes)  # noqa: S101 (a PDF is one file)
    return made
