"""The register as an Excel workbook: the same filter, the same figures."""

from io import BytesIO

from flask import Response, send_file

from inspections.exchange.register_workbook import Register, write_register
from inspections.queries.finding_register import register_lines, register_totals
from web.authentication import READERS, roles
from web.database import now, session
from web.desk.asked import wanted
from web.desk.blueprint import blueprint
from web.formatting import today
from web.missed.listing import rule_clause, rule_title
from web.preferences import language
from web.translations import zone

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/register.xlsx")
@roles(*READERS)
def workbook() -> Response:
    """Send the findings that the address asks for."""
    asked = wanted()
    whole, sites = register_totals(session(), asked, now=now())
    lines = register_lines(session(), asked, now=now())
    rules = {line.rule for line in lines if line.rule}
    content = write_register(
        Register(
            lines=lines,
            totals=(*sites, whole),
            rules={rule: (rule_title(rule), rule_clause(rule)) for rule in rules},
            language=language(),
            zone=zone(),
            at=now(),
        )
    )
    name = f"findings-{today().isoformat()}.xlsx"
    return send_file(BytesIO(content), _EXCEL, as_attachment=True, download_name=name, max_age=0)
