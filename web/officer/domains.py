"""Names of the domains that rules belong to, in the language of the request."""

from flask_babel.speaklater import LazyString

from rules.domain_names import DOMAIN_NAMES, domain_name
from web.preferences import words

DOMAINS: dict[str, LazyString] = {
    name: LazyString(words, text) for name, text in DOMAIN_NAMES.items()
}
_ORDER = {name: rank for rank, name in enumerate(DOMAINS)}


def domain_word(name: str) -> str:
    """Return the name of a domain; one without a name keeps its id."""
    return words(domain_name(name))


def domain_rank(name: str) -> int:
    """Return the position of a domain in lists."""
    return _ORDER.get(name, len(_ORDER))
