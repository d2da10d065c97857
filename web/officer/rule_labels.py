"""Words for layer, strength and kind of a rule."""

from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

LAYERS: dict[str, LazyString] = {
    "law": lazy_pgettext("layer", "Law"),
    "local": lazy_pgettext("layer", "Local"),
    "sector": lazy_pgettext("layer", "Sector"),
    "group": lazy_pgettext("layer", "Group"),
    "site": lazy_pgettext("layer", "Site"),
}
STRENGTHS: dict[str, LazyString] = {
    "mandatory": lazy_pgettext("strength", "Mandatory"),
    "recommended": lazy_pgettext("strength", "Recommended"),
}
KINDS: dict[str, LazyString] = {
    "duty": lazy_pgettext("rule kind", "Duty"),
    "event": lazy_pgettext("rule kind", "On an event"),
    "state": lazy_pgettext("rule kind", "State"),
    "constraint": lazy_pgettext("rule kind", "Constraint"),
    "coverage": lazy_pgettext("rule kind", "Staffing"),
    "retention": lazy_pgettext("rule kind", "Retention"),
    "permission": lazy_pgettext("rule kind", "Permission"),
    "reaction": lazy_pgettext("rule kind", "Reaction"),
}
