"""What is wrong with a code that somebody typed, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from inspections.codes.behind import Behind
from inspections.codes.near_codes import NearCode, near_codes
from inspections.codes.short_code import LENGTH, CodeMistyped, shown
from rules.text import Text
from rules.value_words import value_text
from web.authentication import Viewer
from web.database import session


@dataclass(frozen=True)
class Mistyped:
    """
    A mistake in words.

    Attributes:
        words: Which kind of mistake it is and what to do.
        near: Codes that may have been meant; only people of the organisation are told.
    """

    words: str
    near: tuple[str, ...] = ()


def mistyped(mistake: CodeMistyped) -> Mistyped:
    """Return what *mistake* was, for whoever is looking."""
    near = _near(mistake)
    return Mistyped(_words(mistake, near), tuple(shown(each.code) for each in near))


def _near(mistake: CodeMistyped) -> tuple[NearCode, ...]:
    here = current_user._get_current_object()  # noqa: SLF001 - the documented way to unwrap
    if mistake.kind != "check" or not isinstance(here, Viewer):
        return ()
    return near_codes(session(), here.organisation, mistake.typed)


def _words(mistake: CodeMistyped, near: Iterable[NearCode]) -> str:
    over = len(mistake.typed) - LENGTH
    match mistake.kind:
        case "empty":
            said = _("Type the code below the square of the label.")
        case "character":
            at = mistake.at or 0
            said = _(
                "“%(wrong)s”, character %(number)s, is in no code. Compare it with the label.",
                wrong=mistake.typed[at],
                number=at + 1,
            )
        case "short":
            said = ngettext(
                "One character is missing: a code has six.",
                "%(num)s characters are missing: a code has six.",
                -over,
            )
        case "long":
            said = ngettext(
                "One character is too many: a code has six.",
                "%(num)s characters are too many: a code has six.",
                over,
            )
        case "check":
            said = _slip(near)
    return str(said)


def _slip(near: Iterable[NearCode]) -> str:
    slips = {each.slip for each in near}
    if slips == {"swapped"}:
        return str(_("Two neighbouring characters have changed places."))
    if slips == {"wrong"}:
        return str(_("One character is wrong."))
    return str(_("One character is wrong, or two have changed places. Compare it with the label."))


def unknown_words() -> str:
    """Return what to say of a sound code that nothing has."""
    return str(
        _("This code is spelt right, but nothing here has it. The label may be from elsewhere.")
    )


def kind_of(found: Behind) -> Text | None:
    """Return what kind of thing it is; nothing where that is not known."""
    name = f"{found.kind}.kind"
    return value_text(name, found.facts[name]) if found.facts.get(name) else None
