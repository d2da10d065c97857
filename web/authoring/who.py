"""Names of those who published, instead of the keys that the record keeps."""

from collections.abc import Callable

from inspections.rounds.names import people_names, person_text
from rules.text import Text
from web.authentication import viewer
from web.database import session


def who() -> Callable[[str], Text]:
    """Return the function that names a person of the viewer's organisation by key."""
    names = people_names(session(), viewer().organisation)
    return lambda key: person_text(names, key)
