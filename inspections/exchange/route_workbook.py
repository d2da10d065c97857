"""Write the route of a person's day as an Excel workbook."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

_WIDTHS = (8, 8, 10, 12, 28, 12, 70)
_HEADS = 3
_FONTS = {1: Font(bold=True, size=14), _HEADS: Font(bold=True)}
# What Excel calls the paper.
_A4 = 9


def write_route(title: str, as_of: str, table: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook with a title, the instant it is as of, and a table with its heads first."""
    workbook = Workbook()
    sheet = workbook.create_sheet("Route", 0)
    del workbook[workbook.sheetnames[1]]
    for number, line in enumerate(([title], [as_of], *table), 1):
        sheet.append(list(line))
        for cell in sheet[number]:
            # Text that begins with = is text, not a formula.
            cell.data_type = "s"
            cell.font = _FONTS.get(number, Font())
            cell.alignment = Alignment(wrap_text=number > _HEADS, vertical="top")
    for position, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.print_title_rows = f"{_HEADS}:{_HEADS}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
