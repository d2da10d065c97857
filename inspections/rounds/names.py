"""Names of people and of what duties are bound to, many at once."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import AssetRow, PersonRow, PlaceRow, PostRow, SiteRow
from rules.text import Text

Target = tuple[int, str, str]


def people_names(session: Session, organisation: str) -> dict[str, Text]:
    """Return the name of every person of the organisation by key, also of those who left."""
    query = select(PersonRow.key, PersonRow.name).filter_by(organisation_id=organisation)
    return dict(row for row in session.execute(query))


def person_text(names: dict[str, Text], key: str) -> Text:
    """Return a person's name; the machine and accounts without a person keep their key."""
    machine = {
        "sweep": Text(zh="系统", en="the system"),
        "plan": Text(zh="排程", en="the planner"),
        "import": Text(zh="文件导入", en="file import"),
        "demo": Text(zh="演示", en="the demo"),
    }
    return names.get(key) or machine.get(key) or Text(zh=key, en=key)


def target_names(session: Session, targets: Iterable[Target]) -> dict[Target, Text]:
    """
    Return the name of each target, given as site id, kind and key.

    An asset is named with its place: "Kitchen · fridge 2".
    """
    wanted = set(targets)
    sites = {site for site, _, _ in wanted}
    found: dict[Target, Text] = {}
    places = _by_key(session, PlaceRow, sites)
    for row in session.scalars(select(SiteRow).where(SiteRow.id.in_(sites))):
        found[(row.id, "site", row.key)] = row.name
    found |= {(site, "place", key): name for (site, key), name in places.items()}
    found |= {(s, "post", key): name for (s, key), name in _by_key(session, PostRow, sites).items()}
    found |= _assets(session, sites, places)
    found |= _people(session, wanted)
    return {one: found.get(one, Text(zh=one[2], en=one[2])) for one in wanted}


def _by_key(session: Session, kind: type, sites: set[int]) -> dict[tuple[int, str], Text]:
    query = select(kind.site_id, kind.key, kind.name).where(kind.site_id.in_(sites))  # type: ignore[attr-defined]
    return {(site, key): name for site, key, name in session.execute(query)}


def _assets(
    session: Session, sites: set[int], places: dict[tuple[int, str], Text]
) -> dict[Target, Text]:
    columns = (AssetRow.site_id, AssetRow.key, AssetRow.name, AssetRow.place)
    found: dict[Target, Text] = {}
    for site, key, name, place in session.execute(
        select(*columns).where(AssetRow.site_id.in_(sites))
    ):
        where = places.get((site, place)) if place else None
        found[(site, "asset", key)] = joined(where, name) if where else name
    return found


def _people(session: Session, wanted: set[Target]) -> dict[Target, Text]:
    keys = {key: site for site, kind, key in wanted if kind == "person"}
    if not keys:
        return {}
    query = (
        select(PersonRow.key, PersonRow.name)
        .join(SiteRow, SiteRow.organisation_id == PersonRow.organisation_id)
        .where(PersonRow.key.in_(keys), SiteRow.id.in_(set(keys.values())))
    )
    return {(keys[key], "person", key): name for key, name in session.execute(query)}


def joined(first: Text, second: Text) -> Text:
    """Return two names with a middle dot between."""
    return Text(zh=f"{first.zh} · {second.zh}", en=f"{first.en} · {second.en}")


def people_in_scope(
    session: Session, organisation: str, *, sites: tuple[str, ...] = ()
) -> tuple[tuple[str, Text], ...]:
    """
    Return key and name of everyone who is there, in the given order.

    With *sites*, only who works at one of them.
    """
    columns = (PersonRow.key, PersonRow.name, PersonRow.sites)
    query = select(*columns).filter_by(organisation_id=organisation, ended_on=None)
    people = session.execute(query.order_by(PersonRow.position))
    return tuple(
        (row.key, row.name)
        for row in people
        if not sites or not row.sites or not set(sites).isdisjoint(row.sites)
    )
