"""The wishes of people as the roster board marks them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from inspections.duty_wishes.listing import DayState, wishes_at
from web.authentication import viewer
from web.database import session
from web.duty_wishes.form import kind_words, shift_words


@dataclass(frozen=True)
class WishMark:
    """One wish of a person for a day: what became of it, and both in words."""

    state: DayState
    words: str


def wish_marks(
    site: str, days: tuple[date, ...]
) -> Mapping[tuple[str, date], tuple[WishMark, ...]]:
    """Return the marks of a site's week, by person and day."""
    became = {"granted": _("granted"), "refused": _("not granted"), "open": _("no roster yet")}
    kinds = kind_words()
    found: defaultdict[tuple[str, date], tuple[WishMark, ...]] = defaultdict(tuple)
    for line in wishes_at(session(), viewer().organisation, site, days[0], days[-1]):
        what = kinds[line.row.kind]
        if line.shift:
            what = f"{what} {shift_words(line.shift)}"
        for day, state in line.days.items():
            if day in days:
                mark = WishMark(
                    state, _("Wish: %(what)s, %(became)s", what=what, became=became[state])
                )
                found[line.person.key, day] += (mark,)
    return found
