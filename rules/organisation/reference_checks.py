"""Ids of an organisation: each used once where it must be, each reference leading somewhere."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

from rules.complaint import Complaint
from rules.organisation.raw import Raw, calendar, items, sites, texts
from rules.text import Text
from rules.vocabulary import Vocabulary
from rules.yaml_document import Location


def complaints(data: Raw, vocabulary: Vocabulary) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield every id used twice and every reference that leads nowhere."""
    yield from _twice(items(data, "sites"), "id")
    yield from _twice(items(data, "people"), "id")
    yield from _twice(items(data, "events"), "id")
    people = _ids(items(data, "people"))
    for at, site in sites(data):
        yield from _inside(data, site, at)
        yield from _keepers(site, at, people)
    yield from _people(data)
    yield from _events_and_decisions(data, people)
    yield from _performed(data)


def _inside(data: Raw, site: Raw, at: Location) -> Iterator[Complaint]:
    """A target is called `site/id`: places, assets, posts and people of a site share one list."""
    listed = [each for name in ("places", "assets", "posts") for each in items(site, name, at)]
    own = _ids(listed)
    yield from _twice(listed, "id")
    yield from (
        _duplicate((*here, "id"), str(person["id"]))
        for here, person in _staff(data, site.get("id"))
        if isinstance(person.get("id"), str) and person["id"] in own
    )
    places = _ids(items(site, "places", at))
    for here, asset in items(site, "assets", at):
        yield from _reference(asset, "place", here, places, Text(zh="部位", en="place"))
    yield from _twice(items(calendar(site), "terms", (*at, "calendar")), "id")
    for here, post in items(site, "posts", at):
        yield from _twice(items(post, "shifts", here), "code")


def _keepers(site: Raw, at: Location, people: frozenset[str]) -> Iterator[Complaint]:
    person = Text(zh="人员", en="person")
    for name in ("places", "assets"):
        for here, item in items(site, name, at):
            yield from _reference(item, "keeper", here, people, person)
            yield from _reference(item, "maintainer", here, people, person)


def _people(data: Raw) -> Iterator[Complaint]:
    known = _ids(sites(data))
    for at, person in items(data, "people"):
        own = {name for _, name in texts(person, "sites", at)}
        for here, name in texts(person, "sites", at):
            if name not in known:
                yield _nowhere(here, Text(zh="场所", en="site"), name, known)
        places = _places_of(data, own)
        for here, name in texts(person, "prefers", at):
            if name not in places:
                yield _nowhere(
                    here, Text(zh="该人员场所的部位", en="place of their sites"), name, places
                )


def _places_of(data: Raw, wanted: Container[object]) -> frozenset[str]:
    found = (items(site, "places", at) for at, site in sites(data) if site.get("id") in wanted)
    return _ids(place for places in found for place in places)


def _events_and_decisions(data: Raw, people: frozenset[str]) -> Iterator[Complaint]:
    known = _ids(sites(data))
    site = Text(zh="场所", en="site")
    for at, event in items(data, "events"):
        yield from _reference(event, "site", at, known, site)
        inside = _targets_of(data, event.get("site"))
        yield from _reference(event, "target", at, inside, Text(zh="该场所的对象", en="target"))
    seen: set[tuple[object, ...]] = set()
    for at, decision in items(data, "decisions"):
        yield from _reference(decision, "site", at, known, site)
        yield from _reference(decision, "by", at, people, Text(zh="人员", en="person"))
        key = tuple(str(decision.get(name)) for name in ("site", "rule", "on"))
        if key in seen:
            yield _duplicate((*at, "rule"), str(decision.get("rule")))
        seen.add(key)


def _performed(data: Raw) -> Iterator[Complaint]:
    """A target is written in full, `site/id`, or as an id that only one site uses."""
    known = _targets(data)
    plain = Counter(name.rsplit("/", 1)[-1] for name in known)
    for at, done in items(data, "performed"):
        target = done.get("target")
        if isinstance(target, str) and target not in known and plain[target] != 1:
            yield _nowhere(
                (*at, "target"), Text(zh="（唯一的）对象", en="one target"), target, known
            )


def _targets(data: Raw) -> frozenset[str]:
    every = _ids(sites(data))
    inside = {f"{site}/{name}" for site in every for name in _targets_of(data, site)}
    return every | inside


def _targets_of(data: Raw, site_id: object) -> frozenset[str]:
    """Return the ids of what stands in a site and of who works there."""
    inside = [
        each
        for at, site in sites(data)
        if site.get("id") == site_id
        for name in ("places", "assets", "posts")
        for each in items(site, name, at)
    ]
    return _ids([*inside, *_staff(data, site_id)])


def _staff(data: Raw, site_id: object) -> Iterator[tuple[Location, Raw]]:
    for at, person in items(data, "people"):
        if site_id in [name for _, name in texts(person, "sites")]:
            yield at, person


def _ids(found: Iterable[tuple[Location, Raw]]) -> frozenset[str]:
    return frozenset(item["id"] for _, item in found if isinstance(item.get("id"), str))


def _twice(found: Iterable[tuple[Location, Raw]], name: str) -> Iterator[Complaint]:
    seen: set[str] = set()
    for at, item in found:
        value = item.get(name)
        if isinstance(value, str):
            if value in seen:
                yield _duplicate((*at, name), value)
            seen.add(value)


def _duplicate(at: Location, value: str) -> Complaint:
    message = Text(zh=f"编号 {value} 用了两次。", en=f"The id {value} is used twice.")
    return Complaint(at, message, Text(zh="请换一个编号。", en="Use another id."))


def _reference(
    item: Mapping[str, object], name: str, at: Location, known: frozenset[str], kind: Text
) -> Iterator[Complaint]:
    value = item.get(name)
    if isinstance(value, str) and value not in known:
        yield _nowhere((*at, name), kind, value, known)


def _nowhere(at: Location, kind: Text, value: str, known: Iterable[str]) -> Complaint:
    listed = sorted(known)
    names = ", ".join(listed[:12]) + (" …" if len(listed) > 12 else "")
    message = Text(zh=f"没有{kind.zh} {value}。", en=f"There is no {kind.en} {value}.")
    remedy = Text(zh=f"可用：{names or '无'}。", en=f"Known: {names or 'none'}.")
    return Complaint(at, message, remedy)
