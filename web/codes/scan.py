"""The page where people scan or type a code, and the codes that their tablet keeps for it."""

import hashlib
import json
from typing import Any

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from inspections.codes.on_device import KeptCode, codes_on_device
from inspections.codes.short_code import ALPHABET, LENGTH, READ_AS, CodeMistyped, read_code, shown
from web.access import for_contractors, for_programs
from web.authentication import viewer
from web.codes.blueprint import blueprint
from web.codes.code_words import Mistyped, mistyped
from web.codes.thing import Page, lead
from web.database import now, session
from web.inspector.run import RECORDERS
from web.preferences import words
from web.rulebook import rulebook


@blueprint.get("/scan")
def scan() -> Page:
    """Show scanner and keypad; without a script the typed code leads on from here."""
    typed = request.args.get("code", "").strip()
    wrong: Mistyped | None = None
    if typed:
        try:
            read_code(typed)
        except CodeMistyped as mistake:
            wrong = mistyped(mistake)
        else:
            return lead(typed)
    return render_template(
        "codes/scan.html",
        typed=typed[:40],
        wrong=wrong,
        alphabet=ALPHABET,
        length=LENGTH,
        read_as=json.dumps(READ_AS),
    )


@blueprint.get("/sync/codes")
@for_programs
@for_contractors
def kept() -> Answer:
    """
    Answer the codes that the tablet keeps: code, address, name, and the open checklists there.

    The address is the person's only open checklist, else the page of the label. Contractors, who
    find no checklists behind labels, keep none.
    """
    codes = [] if viewer().role == "contractor" else [_kept(each) for each in _codes()]
    body = {"codes": codes, "digest": _digest(codes)}
    response = Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")
    response.set_etag(body["digest"])  # type: ignore[arg-type]  # the second value is text
    return response.make_conditional(request)


def _codes() -> tuple[KeptCode, ...]:
    here = viewer()
    person = here.person if here.role in RECORDERS else ""
    return codes_on_device(session(), here.organisation, person=person, sites=here.sites, now=now())


def _kept(each: KeptCode) -> list[Any]:
    checks = [
        [url_for("inspector.run", occurrence_id=occurrence), _rule(rule)]
        for occurrence, rule in each.checks
    ]
    page = url_for("codes.thing", code=shown(each.code))
    name = words(each.name)
    if each.name != each.site_name:
        name = f"{name} · {words(each.site_name)}"
    return [each.code, checks[0][0] if len(checks) == 1 else page, name, checks]


def _rule(rule: str) -> str:
    found = rulebook().rules.get(rule)
    return words(found.title) if found else rule


def _digest(codes: list[list[Any]]) -> str:
    return hashlib.sha256(json.dumps(codes, ensure_ascii=False).encode()).hexdigest()
