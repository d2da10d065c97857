"""Order of places, ways and wishes before and after an edit, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from inspections.edit_records import Difference
from rules.text import Text
from web.manage.names import Names
from web.preferences import words

Raw = Mapping[str, Any]


def round_words(name: str, each: Difference, names: Names) -> tuple[str, str]:
    """Return the field called *name* before and after; of ways those alone that differ."""
    before, after = each.before.get(name, []), each.after.get(name, [])
    if name == "travel":
        gone = [way for way in before if way not in after]
        come = [way for way in after if way not in before]
        return _ways(gone, each.subject, names), _ways(come, each.subject, names)
    joint = " → " if name == "order" else str(_(", "))
    return _places(before, each.subject, names, joint), _places(after, each.subject, names, joint)


def _ways(ways: Sequence[Raw], subject: str, names: Names) -> str:
    told = (
        _(
            "%(start)s – %(end)s %(minutes)s min",
            start=words(_end(way["from"], subject, names)),
            end=words(_end(way["to"], subject, names)),
            minutes=f"{way['minutes']:g}",
        )
        for way in ways
    )
    return str(_("; ")).join(told) or str(_("none"))


def _places(places: Sequence[str], subject: str, names: Names, joint: str) -> str:
    told = (words(_end(place, subject, names)) for place in places)
    return joint.join(told) or str(_("none"))


def _end(key: str, subject: str, names: Names) -> Text:
    """Return the name of a site for the whole organisation, else that of a place."""
    kind, _slash, owner = subject.partition("/")
    if kind == "organisation":
        return names.site(key)
    return names.target(owner, "place", key) if kind == "site" else names.somewhere(key)
