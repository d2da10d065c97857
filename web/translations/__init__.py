"""Chinese wording: po fragments, one for each area, merged when the application starts."""

import io
from datetime import tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g
from flask_babel import Babel, Domain

from web.preferences import language

FRAGMENTS = Path(__file__).parent / "zh"
LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}


class FragmentDomain(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """
    The wording of the whole application in one catalogue, read from po files without compiling.

    Attributes:
        missing: Msgids that a Chinese page asked for and no fragment has; tests expect none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.missing: set[str] = set()
        self._chinese = Translations(io.BytesIO(_wording()))
        self._chinese.add_fallback(_Missing(self.missing))
        self._english = NullTranslations()

    def get_translations(self) -> NullTranslations:
        """Return the catalogue for the language of this request."""
        return self._chinese if language() == "zh" else self._english


class _Missing(NullTranslations):
    """What a catalogue falls back to: the English words, noted down."""

    def __init__(self, missing: set[str]) -> None:
        super().__init__()
        self._noted = missing

    def ugettext(self, message: str) -> str:
        self._noted.add(message)
        return str(super().gettext(message))

    gettext = ugettext

    def ungettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self._noted.add(msgid1)
        return str(super().ngettext(msgid1, msgid2, n))

    ngettext = ungettext


def merged_catalog(folder: Path = FRAGMENTS) -> Catalog:
    """Return every fragment of *folder* as one catalogue; the first to word a message wins."""
    whole = Catalog(locale="zh_Hans_CN")
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            fragment = read_po(file, locale="zh_Hans_CN", abort_invalid=True)
        for message in fragment:
            if not message.id:
                continue
            if whole.get(message.id, message.context) is None:
                whole.add(message.id, message.string, context=message.context)
    return whole


@cache
def _wording() -> bytes:
    """Return the catalogue of the product, compiled once a process."""
    buffer = io.BytesIO()
    write_mo(buffer, merged_catalog())
    return buffer.getvalue()


def init_app(app: Flask) -> None:
    """Set up Flask-Babel with our catalogue; times are shown in the organisation's zone."""
    babel = Babel()
    babel.domain_instance = FragmentDomain()
    babel.init_app(
        app,
        default_locale=LOCALES["zh"],
        locale_selector=lambda: LOCALES[language()],
        timezone_selector=lambda: str(zone()),
    )
    app.extensions["xunjian.wording"] = babel.domain_instance


def zone() -> tzinfo:
    """Return the time zone of the organisation that the person works for."""
    return g.get("zone") or ZoneInfo("Asia/Shanghai")
