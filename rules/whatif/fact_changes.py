"""Changes of sites and people, applied to an organisation."""

from pydantic import ValidationError

from rules.faults import InputInvalid
from rules.organisation.model import Asset, Organisation, Person, Place, Site
from rules.schema_faults import schema_faults
from rules.text import Text
from rules.whatif.changes import AddSite, LosePerson, SetFacts
from rules.whatif.supposed import ChangeData, refused, unknown

_SITE = Text(zh="场所", en="site")
_PERSON = Text(zh="人员", en="person")
FactChange = SetFacts | AddSite | LosePerson


def with_fact_change(
    organisation: Organisation, change: FactChange, number: int
) -> tuple[Organisation, frozenset[str]]:
    """
    Return *organisation* after the change with this *number*, and the sites that it touches.

    Raises:
        InputInvalid: If it names what is not there, or a new site has no sense.
    """
    match change:
        case SetFacts():
            return _with_facts(organisation, change, number)
        case AddSite():
            return _with_site(organisation, change, number)
        case LosePerson():
            return _without(organisation, change.person, number)


def _with_facts(
    organisation: Organisation, change: SetFacts, number: int
) -> tuple[Organisation, frozenset[str]]:
    site = _site(organisation, change.site, number, "site")
    changed = site.model_copy(update={"facts": {**site.facts, **change.facts}})
    sites = tuple(changed if each is site else each for each in organisation.sites)
    return organisation.model_copy(update={"sites": sites}), frozenset({site.id})


def _with_site(
    organisation: Organisation, change: AddSite, number: int
) -> tuple[Organisation, frozenset[str]]:
    site = _new_site(organisation, change, number)
    if any(each.id == site.id for each in organisation.sites):
        raise refused(
            number,
            "id",
            Text(zh=f"场所 {site.id} 已存在。", en=f"The site {site.id} exists already."),
            Text(zh="请换一个编号。", en="Use another id."),
        )
    people = tuple(
        person.model_copy(update={"sites": (*person.sites, site.id)})
        if _works_there(person, change)
        else person
        for person in organisation.people
    )
    for name in change.people or ():
        if all(person.id != name for person in people):
            raise unknown(number, "people", _PERSON, name)
    sites = (*organisation.sites, site)
    return organisation.model_copy(update={"sites": sites, "people": people}), frozenset({site.id})


def _works_there(person: Person, change: AddSite) -> bool:
    if change.people is not None:
        return person.id in change.people
    return change.copy_of is not None and change.copy_of in person.sites


def _new_site(organisation: Organisation, change: AddSite, number: int) -> Site:
    if change.site is not None:
        try:
            return Site.model_validate(change.site)
        except ValidationError as error:
            at = ("changes", number, "site")
            raise InputInvalid(schema_faults(error, ChangeData(change.site, at), at)) from error
    if change.copy_of is None or change.id is None:
        raise refused(
            number,
            "site",
            Text(
                zh="既没有场所资料，也没有要复制的场所和新编号。", en="Neither a site nor a copy."
            ),
            Text(zh="请写 site，或写 copy 和 id。", en="Write site, or copy and id."),
        )
    model = _site(organisation, change.copy_of, number, "copy")
    name = change.name or Text(zh=f"{model.name.zh}（新增）", en=f"{model.name.en} (new)")
    facts = {**model.facts, **change.facts}
    return model.model_copy(update={"id": change.id, "name": name, "facts": facts})


def _without(
    organisation: Organisation, name: str, number: int
) -> tuple[Organisation, frozenset[str]]:
    gone = next((person for person in organisation.people if person.id == name), None)
    if gone is None:
        raise unknown(number, "person", _PERSON, name)
    people = tuple(person for person in organisation.people if person is not gone)
    sites = tuple(_freed(site, name) for site in organisation.sites)
    touched = {
        *gone.sites,
        *(new.id for new, old in zip(sites, organisation.sites, strict=True) if new is not old),
    }
    changed = organisation.model_copy(update={"people": people, "sites": sites})
    return changed, frozenset(touched)


def _freed(site: Site, name: str) -> Site:
    """Return the site with nobody in the place of the keeper or maintainer who is gone."""
    places = tuple(_freed_piece(each, name) for each in site.places)
    assets = tuple(_freed_piece(each, name) for each in site.assets)
    if places == site.places and assets == site.assets:
        return site
    return site.model_copy(update={"places": places, "assets": assets})


def _freed_piece(piece: Place | Asset, name: str) -> Place | Asset:
    roles = [role for role in ("keeper", "maintainer") if getattr(piece, role, None) == name]
    return piece.model_copy(update=dict.fromkeys(roles)) if roles else piece


def _site(organisation: Organisation, name: str, number: int, field: str) -> Site:
    found = next((site for site in organisation.sites if site.id == name), None)
    if found is None:
        raise unknown(number, field, _SITE, name)
    return found
