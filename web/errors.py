"""The one place that turns errors into a status and words."""

from dataclasses import dataclass

from flask import Flask, current_app, g, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from inspections.editing import NotAllowed
from inspections.errors import NotFound, RecordBusy, Refused, SignInBlocked, WrongPassword
from rules.faults import InputInvalid
from web.preferences import words
from web.uploads import most_upload

_STATUS: dict[type[Refused], int] = {
    NotAllowed: 403,
    NotFound: 404,
    RecordBusy: 503,
    WrongPassword: 401,
    SignInBlocked: 429,
}


Shown = tuple[str, int, dict[str, str]]


@dataclass(frozen=True)
class Trouble:
    """
    What an error page says.

    Attributes:
        sentence: What is wrong and what to do.
        remedies: Further sentences, for example one for each fault of an input.
        code: The error's stable code, for whoever reports it.
    """

    status: int
    title: str
    sentence: str
    remedies: tuple[str, ...] = ()
    code: str = ""


def init_app(app: Flask) -> None:
    """Answer every error with a page in the person's language."""
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(Refused, _show_refusal)
    app.register_error_handler(InputInvalid, _show_faults)
    app.register_error_handler(Exception, _show_unexpected)


def status_of(error: Refused) -> int:
    """Return the HTTP status of a domain error; 409 where none is named for it."""
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 409)


def page(trouble: Trouble) -> tuple[str, int]:
    """Return the error page, in the layout of whoever looks."""
    g.refusal = trouble.code or None
    layout = "layout_public.html"
    if current_user.is_authenticated:
        layout = "layout_desk.html"
    return render_template("error.html", trouble=trouble, layout=layout), trouble.status


def _show_http(error: HTTPException) -> Shown | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    if isinstance(error, CSRFError):
        return (*page(Trouble(400, _("The page had expired"), _expired(), code="form-expired")), {})
    text, status = page(_troubles().get(status) or _plain(status, error))
    wait = getattr(error, "retry_after", None)
    return text, status, {"Retry-After": str(wait)} if wait else {}


def _expired() -> str:
    return str(_("Nothing was saved. Go back, reload the page and send it again."))


def _plain(status: int, error: HTTPException) -> Trouble:
    return Trouble(status, _("This did not work"), error.description or error.name)


def _troubles() -> dict[int, Trouble]:
    return {
        403: Trouble(
            403,
            _("This page is not part of your duties"),
            _("Your role does not open it. Ask an administrator if you need it."),
        ),
        404: Trouble(
            404,
            _("There is no such page"),
            _("The address may be wrong, or what it showed belongs to another site."),
        ),
        405: Trouble(
            405,
            _("This address takes forms only"),
            _("Open the page from the navigation and use its button."),
        ),
        410: Trouble(
            410,
            _("This is no longer there"),
            _("It was stopped some time ago. Remove it, or make a new one."),
        ),
        429: Trouble(
            429,
            _("That was too often"),
            _("Nothing is wrong with it. Try again in an hour."),
        ),
        413: Trouble(
            413,
            _("That was too much at once"),
            _(
                "At most %(most)s MB are taken at once; nothing was saved. Nothing you typed is "
                "lost either: go back, take fewer or smaller photos, and send it again.",
                most=most_upload() // 2**20,
            ),
        ),
    }


def _show_refusal(error: Refused) -> tuple[str, int]:
    status = status_of(error)
    title = _("There is no such page") if status == 404 else _("This cannot be done")
    return page(Trouble(status, title, words(error.text), code=error.code))


def _show_faults(error: InputInvalid) -> tuple[str, int]:
    remedies = tuple(
        f"{fault.field or fault.file}: {words(fault.message)} {words(fault.remedy)}"
        for fault in error.faults
    )
    sentence = _("Nothing was saved. Please correct what is listed and send it again.")
    return page(Trouble(422, _("The input has faults"), sentence, remedies))


def _show_unexpected(error: Exception) -> tuple[str, int]:
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.error("Unexpected error at %s", request.path, exc_info=error)
    sentence = _(
        "The fault is ours; nothing was saved. Try once more, then tell your administrator."
    )
    return page(Trouble(500, _("Something broke here"), sentence))
