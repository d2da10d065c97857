"""Names of the domains that rules belong to, in the order in which pages list them."""

from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

DOMAINS: dict[str, LazyString] = {
    "fire": lazy_pgettext("domain", "Fire"),
    "drill": lazy_pgettext("domain", "Drills"),
    "food": lazy_pgettext("domain", "Food"),
    "water": lazy_pgettext("domain", "Water supply"),
    "lift": lazy_pgettext("domain", "Lifts"),
    "boiler": lazy_pgettext("domain", "Boilers"),
    "special-equipment": lazy_pgettext("domain", "Special equipment"),
    "health": lazy_pgettext("domain", "Health"),
    "hospital": lazy_pgettext("domain", "Hospital"),
    "hazard": lazy_pgettext("domain", "Hazards"),
    "security": lazy_pgettext("domain", "Security"),
    "school-bus": lazy_pgettext("domain", "School buses"),
    "vehicle": lazy_pgettext("domain", "Vehicles"),
    "dormitory": lazy_pgettext("domain", "Dormitory"),
    "safety": lazy_pgettext("domain", "Safety"),
    "inspection": lazy_pgettext("domain", "House inspections"),
    "reading": lazy_pgettext("domain", "Readings"),
    "cleaning": lazy_pgettext("domain", "Cleaning"),
    "service": lazy_pgettext("domain", "Services"),
    "contractor": lazy_pgettext("domain", "Contractors"),
    "stock": lazy_pgettext("domain", "Stock"),
    "permit": lazy_pgettext("domain", "Work permits"),
    "training": lazy_pgettext("domain", "Training"),
    "education": lazy_pgettext("domain", "Education"),
    "incident": lazy_pgettext("domain", "Incidents"),
    "reporting": lazy_pgettext("domain", "Reporting"),
    "appraisal": lazy_pgettext("domain", "Appraisal"),
    "roster": lazy_pgettext("domain", "Working hours"),
    "coverage": lazy_pgettext("domain", "Posts"),
}
_ORDER = {name: rank for rank, name in enumerate(DOMAINS)}


def domain_word(name: str) -> str:
    """Return the name of a domain; one without a name keeps its id."""
    return str(DOMAINS.get(name, name))


def domain_rank(name: str) -> int:
    """Return the position of a domain in lists."""
    return _ORDER.get(name, len(_ORDER))
