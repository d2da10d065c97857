"""An organisation with one of its pieces changed: what edits are made of."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from inspections.errors import NotFound
from rules.organisation.model import Asset, Organisation, Person, Place, Post, Site
from rules.text import Text

Piece = TypeVar("Piece", Site, Place, Asset, Post, Person)


def with_site(organisation: Organisation, key: str, edit: Callable[[Site], Site]) -> Organisation:
    """
    Return *organisation* with what *edit* makes of the site called *key*.

    Raises:
        NotFound: If there is no such site.
    """
    return organisation.model_copy(update={"sites": replaced(organisation.sites, key, edit)})


def with_person(organisation: Organisation, key: str, update: dict[str, Any]) -> Organisation:
    """
    Return *organisation* with new values of the person called *key*.

    Raises:
        NotFound: If there is no such person.
    """
    people = replaced(organisation.people, key, lambda person: person.model_copy(update=update))
    return organisation.model_copy(update={"people": people})


def replaced(
    pieces: Iterable[Piece], key: str, edit: Callable[[Piece], Piece]
) -> tuple[Piece, ...]:
    """
    Return *pieces* with what *edit* makes of the one called *key*.

    Raises:
        NotFound: If there is none.
    """
    pieces = tuple(pieces)
    if all(piece.id != key for piece in pieces):
        raise NotFound(_KINDS[type(pieces[0])] if pieces else _PIECE, key)
    return tuple(edit(piece) if piece.id == key else piece for piece in pieces)


_PIECE = Text(zh="对象", en="target")
_KINDS: dict[type, Text] = {
    Site: Text(zh="场所", en="site"),
    Place: Text(zh="部位", en="place"),
    Asset: Text(zh="设备", en="asset"),
    Post: Text(zh="岗位", en="post"),
    Person: Text(zh="人员", en="person"),
}
