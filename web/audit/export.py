"""The wanted entries of the log as a CSV file that spreadsheets open."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, stream_with_context

from inspections.queries.audit_log import READERS, LogLine, whole_log
from web.audit.blueprint import blueprint
from web.audit.wanted import wanted
from web.authentication import roles, viewer
from web.database import now, session
from web.formatting import local

_HEAD = ("at", "by", "action", "subject", "before", "after", "via", "address", "device")
# What a spreadsheet would read as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/export.csv")
@roles(*READERS)
def export() -> Response:
    """Send the entries that the filters want, the latest first."""
    lines = whole_log(session(), wanted(), seen_by=viewer().account)
    name = f"audit-{local(now()):%Y%m%d-%H%M}.csv"
    response = Response(stream_with_context(_rows(lines)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _rows(lines: Iterable[LogLine]) -> Iterator[str]:
    # With the mark, spreadsheets know that it is UTF-8.
    yield "\ufeff" + _row(_HEAD)
    for line in lines:
        values = (
            local(line.at).isoformat(timespec="seconds"),
            line.by,
            line.action,
            line.subject,
            _data(line.before),
            _data(line.after),
            line.via,
            line.address or "",
            line.device or "",
        )
        yield _row(map(_harmless, values))


def _data(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True) if values else ""


def _row(values: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(values)
    return written.getvalue()


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
