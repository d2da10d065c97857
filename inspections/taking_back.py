"""Take back what an entry of the log changed, where nobody changed it again since."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspections.changed_pieces import replaced, with_site
from inspections.edit_records import Difference, Flat, things_of
from inspections.errors import Refused
from rules.organisation.happened import Decision
from rules.organisation.model import Organisation, Person, Site
from rules.text import Text

_INSIDE = {"place": "places", "asset": "assets", "post": "posts"}


class ChangedSince(Refused):
    """What is to be taken back was changed again."""

    code = "changed-since"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这项资料之后又有改动，不能直接撤回。请打开资料核对后修改。",
                en="This was changed again since, so it is not taken back. "
                "Please open the entry, look at it and edit it.",
            )
        )


def is_undone(each: Difference, things: Mapping[str, Flat]) -> bool:
    """Return whether *things* do not hold any more what the change left behind."""
    here = things.get(each.subject, {})
    return any(here.get(name) != each.after.get(name) for name in {**each.before, **each.after})


@dataclass(frozen=True)
class TakenBack:
    """Everything that one entry of the log changed in one thing, as it was before."""

    subject: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def binds_every_site(self) -> bool:
        """Whether only those who see every site may do this."""
        return self._kind == "organisation"

    @property
    def site(self) -> str | None:
        """Return the site that the thing belongs to."""
        return None if self._kind in {"organisation", "person"} else self._keys[0]

    @property
    def sites(self) -> tuple[str, ...]:
        """Return the sites that a person would belong to again."""
        gone = self.after.get("sites", ())
        return tuple(site for site in self.before.get("sites", ()) if site not in gone)

    @property
    def person(self) -> str | None:
        """Return the person whom it is about."""
        return self._keys[0] if self._kind == "person" else None

    def applied(self, organisation: Organisation) -> Organisation:
        """
        Return *organisation* as it was before in this thing.

        Raises:
            ChangedSince: If the thing is not as the change left it.
        """
        things = things_of(organisation)
        if is_undone(Difference(self.subject, self.before, self.after), things):
            raise ChangedSince
        kept = {n: v for n, v in things.get(self.subject, {}).items() if n not in self.after}
        return self._with(organisation, _opened_up({**kept, **self.before}))

    @property
    def _kind(self) -> str:
        return self.subject.partition("/")[0]

    @property
    def _keys(self) -> list[str]:
        return self.subject.split("/")[1:]

    def _with(self, organisation: Organisation, data: Flat) -> Organisation:
        match self._kind:
            case "organisation":
                whole = {**organisation.model_dump(mode="json", by_alias=True), **data}
                return Organisation.model_validate(whole)
            case "person":
                return self._with_person(organisation, data)
            case "decision":
                return self._with_decision(organisation, data)
        return with_site(organisation, self._keys[0], lambda site: self._in_site(site, data))

    def _in_site(self, site: Site, data: Flat) -> Site:
        if self._kind == "site":
            inside = {name: getattr(site, name) for name in _INSIDE.values()}
            return Site.model_validate(data).model_copy(update=inside)
        listed = _INSIDE[self._kind]
        pieces = replaced(
            getattr(site, listed),
            self._keys[1],
            lambda piece: type(piece).model_validate(data),
        )
        return site.model_copy(update={listed: pieces})

    def _with_person(self, organisation: Organisation, data: Flat) -> Organisation:
        """Put the person in the old place; take away who was added, bring back who left."""
        people = [each for each in organisation.people if each.id != self._keys[0]]
        if "id" in data:
            at = [each.id for each in organisation.people]
            place = at.index(self._keys[0]) if self._keys[0] in at else len(people)
            people.insert(place, Person.model_validate(data))
        return organisation.model_copy(update={"people": tuple(people)})

    def _with_decision(self, organisation: Organisation, data: Flat) -> Organisation:
        decisions = [
            each
            for each in organisation.decisions
            if [each.site, each.rule, str(each.on)] != self._keys
        ]
        if "rule" in data:
            decisions.append(Decision.model_validate(data))
        return organisation.model_copy(update={"decisions": tuple(decisions)})


def _opened_up(flat: Flat) -> Flat:
    """Return the fields of a piece with its facts and its calendar in their places again."""
    data: Flat = {}
    for name, value in flat.items():
        group, dot, key = name.partition(".")
        if group == "calendar" and dot:
            data.setdefault("calendar", {})[key] = value
        elif dot:
            data.setdefault("facts", {})[name] = value
        else:
            data[name] = value
    return data
