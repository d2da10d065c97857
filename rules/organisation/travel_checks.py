"""Ways and orders of places: each between things that are there, and given once."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.organisation.raw import Raw, items, sites, texts
from rules.text import Text
from rules.vocabulary import Vocabulary
from rules.yaml_document import Location

_PLACE = Text(zh="部位", en="place")
_SITE = Text(zh="场所", en="site")


def complaints(data: Raw, vocabulary: Vocabulary) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield every way and every step of an order that leads nowhere or is given twice."""
    every = _ids(data, "sites")
    yield from _ways(data, (), every, _SITE)
    for at, site in sites(data):
        places = _ids(site, "places")
        yield from _order(site, at, places)
        yield from _ways(site, at, places, _PLACE)


def _order(site: Raw, at: Location, places: frozenset[str]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for here, name in texts(site, "order", at):
        if name not in places:
            yield _nowhere(here, _PLACE, name, places)
        elif name in seen:
            message = Text(zh=f"巡查顺序中 {name} 出现两次。", en=f"The order names {name} twice.")
            yield Complaint(here, message, Text(zh="请只留一处。", en="Keep one of them."))
        seen.add(name)


def _ways(data: Raw, at: Location, known: frozenset[str], kind: Text) -> Iterator[Complaint]:
    seen: set[frozenset[str]] = set()
    for here, way in items(data, "travel", at):
        ends = {name: way.get(name) for name in ("from", "to")}
        for name, end in ends.items():
            if isinstance(end, str) and end not in known:
                yield _nowhere((*here, name), kind, end, known)
        start, end = ends.values()
        if not (isinstance(start, str) and isinstance(end, str)):
            continue
        pair = frozenset((start, end))
        if start == end:
            yield Complaint((*here, "to"), _NOT_A_WAY, _NAME_ANOTHER)
        elif pair in seen:
            yield Complaint((*here, "to"), _twice(start, end), _KEEP_ONE)
        seen.add(pair)


def _ids(data: Raw, name: str) -> frozenset[str]:
    listed = (item.get("id") for _, item in items(data, name))
    return frozenset(id_ for id_ in listed if isinstance(id_, str))


def _nowhere(at: Location, kind: Text, name: str, known: frozenset[str]) -> Complaint:
    listed = sorted(known)
    names = ", ".join(listed[:12]) + (" …" if len(listed) > 12 else "")
    message = Text(zh=f"没有{kind.zh} {name}。", en=f"There is no {kind.en} {name}.")
    return Complaint(
        at, message, Text(zh=f"可用：{names or '无'}。", en=f"Known: {names or 'none'}.")
    )


def _twice(start: str, end: str) -> Text:
    return Text(
        zh=f"{start} 与 {end} 之间的路写了两次；往返算同一段。",
        en=f"The way between {start} and {end} is given twice; there and back is one way.",
    )


_NOT_A_WAY = Text(zh="起点与终点相同。", en="The way leads to where it begins.")
_NAME_ANOTHER = Text(zh="请填写另一处。", en="Name another end.")
_KEEP_ONE = Text(zh="请只留一段。", en="Keep one of them.")
