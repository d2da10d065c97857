"""Chase letters: to read, to print, as PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from inspections.findings.letters import letter as find_letter
from inspections.findings.letters import mail_state
from inspections.models import ChaseLetterRow
from inspections.rounds.names import people_names, person_text
from rules.text import Text
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.desk.blueprint import blueprint
from web.formatting import moment
from web.grammar import sign
from web.pdf import NoChineseFont, NoPdf, as_pdf, chinese_font
from web.preferences import html_lang, words


@dataclass(frozen=True)
class ToldFinding:
    """One finding of a letter, in words."""

    id: int
    number: str
    title: str
    where: str
    severity: str
    due: str
    late: str
    clause: str


@dataclass(frozen=True)
class ShownLetter:
    """
    A letter in the reader's language, as it stood when it was written.

    Attributes:
        mail: How its mail stands in the outbox; nothing where there is none.
    """

    id: int
    number: str
    to: str
    sender: str
    organisation: str
    made_at: datetime
    reply_by: datetime
    note: str
    findings: tuple[ToldFinding, ...]
    withdrawn: bool
    mail: str | None
    batch: str | None


@blueprint.get("/letters/<int:letter_id>")
@roles(*OFFICERS)
def letter(letter_id: int) -> str:
    """Show a letter, ready to print."""
    return render_template(
        "desk/letter.html", shown=_shown(letter_id), mails=_mail_words(), parts=_parts
    )


@blueprint.get("/letters/<int:letter_id>.pdf")
@roles(*OFFICERS)
def letter_pdf(letter_id: int) -> AnyResponse:
    """Send a letter as PDF; where this server cannot make one, say so and show the page."""
    shown = _shown(letter_id)
    try:
        font = chinese_font()
        content = as_pdf("letter.typ", {"font": font, "lang": html_lang()[:2], **_parts(shown)})
    except (NoPdf, NoChineseFont) as missing:
        flash(words(missing.text), "warn")
        return redirect(url_for(".letter", letter_id=letter_id))
    return _file(content, f"{shown.number}.pdf")


def _file(content: bytes, name: str) -> Response:
    return send_file(
        BytesIO(content), "application/pdf", as_attachment=True, download_name=name, max_age=0
    )


def _shown(letter_id: int) -> ShownLetter:
    here = viewer()
    row = find_letter(session(), letter_id, organisation=here.organisation, sites=here.sites)
    names = people_names(session(), here.organisation)
    return ShownLetter(
        row.id,
        row.number,
        words(person_text(names, row.to)),
        words(person_text(names, row.made_by)),
        words(here.organisation_name),
        row.made_at,
        row.reply_by,
        row.note or "",
        tuple(_told(one) for one in row.findings),
        row.withdrawn_at is not None,
        _mail(row),
        row.batch_id,
    )


def _told(one: Mapping[str, Any]) -> ToldFinding:
    site, where = Text(**one["site"]), Text(**one["where"])
    place = words(site) if site == where else f"{words(site)} · {words(where)}"
    first, due = (datetime.fromisoformat(one[key]) for key in ("first_due_at", "due_at"))
    told = moment(due)
    if first != due:
        told += _(" (first deadline %(when)s)", when=moment(first))
    return ToldFinding(
        one["id"],
        one["number"],
        words(Text(**one["title"])),
        place,
        str(sign("severity", one["severity"]).word),
        told,
        words(Text(**one["late"])) if one["late"] else "",
        words(Text(**one["clause"])) if one["clause"] else "",
    )


def _parts(shown: ShownLetter) -> dict[str, Any]:
    """Return every sentence of the letter; page and PDF say the same."""
    return {
        "title": _("Notice to put right"),
        "number": shown.number,
        "organisation": shown.organisation,
        "to": _("To: %(name)s", name=shown.to),
        "opening": _(
            "You are to put right what follows. Please submit each by %(when)s, or ask for more "
            "time and say why. Deadlines that have passed stay on record.",
            when=moment(shown.reply_by),
        ),
        "note": shown.note,
        "heads": [_("Finding"), _("Where"), _("Severity"), _("Deadline"), _("Source")],
        "rows": [
            [
                f"{one.number} {one.title}",
                one.where,
                one.severity,
                "\n".join(filter(None, (one.due, one.late))),
                one.clause,
            ]
            for one in shown.findings
        ],
        "sender": _("%(name)s, %(when)s", name=shown.sender, when=moment(shown.made_at)),
        "signs": [_("Sent by"), _("Received by, day")],
        "withdrawn": _("Withdrawn: this letter counts for nothing.") if shown.withdrawn else "",
    }


def _mail(row: ChaseLetterRow) -> str | None:
    return mail_state(session(), row)


def _mail_words() -> dict[str, str]:
    return {
        "waiting": _("The mail waits in the outbox."),
        "claimed": _("The mail is being sent."),
        "handing-over": _("The mail is being sent."),
        "sent": _("The mail was sent."),
        "dead": _("The mail was not delivered; see the outbox."),
        "unsure": _("The mail may not have arrived; see the outbox."),
        "withdrawn": _("The mail was withdrawn."),
    }
