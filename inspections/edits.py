"""Edits of an organisation as values: pages make them, previews try them, an import saves them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from inspections.errors import NotFound
from rules.organisation.loader import organisation_from_data
from rules.organisation.model import (
    Asset,
    Certificate,
    DateSpan,
    Decision,
    Event,
    FactScalar,
    Organisation,
    Person,
    Place,
    Site,
    SiteCalendar,
    Term,
)
from rules.text import Text

Piece = TypeVar("Piece", Site, Place, Asset, Person)
Facts = Mapping[str, FactScalar | None]


class Edit(Protocol):
    """Something that changes an organisation."""

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the change."""
        ...


def changed(organisation: Organisation, *edits: Edit) -> Organisation:
    """
    Return *organisation* with all *edits*, checked as a whole like an organisation file.

    Raises:
        InputInvalid: If the result is not sound; fields are named by their path.
        NotFound: If an edit names something that is not there.
    """
    for edit in edits:
        organisation = edit.applied(organisation)
    decisions = organisation.decisions
    here = {person.id for person in organisation.people}
    # A decision outlives who took it, so those of people who left are not checked again.
    current = tuple(decision for decision in decisions if decision.by in here)
    data = organisation.model_copy(update={"decisions": current}).model_dump(
        mode="json", by_alias=True
    )
    name = organisation.id
    sound = organisation_from_data(data, lambda at: (name, 1, ".".join(map(str, at))))
    return sound.model_copy(update={"decisions": decisions})


@dataclass(frozen=True)
class SiteFacts:
    """New values of some facts of a site; a value of None makes the fact unknown again."""

    site: str
    facts: Facts

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the facts."""
        return _with_site(organisation, self.site, lambda site: _with_facts(site, self.facts))


@dataclass(frozen=True)
class PlaceFacts:
    """New values of some facts of a place."""

    site: str
    place: str
    facts: Facts

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the facts."""

        def with_place(site: Site) -> Site:
            places = _replaced(site.places, self.place, lambda p: _with_facts(p, self.facts))
            return site.model_copy(update={"places": places})

        return _with_site(organisation, self.site, with_place)


@dataclass(frozen=True)
class AssetFacts:
    """New values of some facts of an asset."""

    site: str
    asset: str
    facts: Facts

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the facts."""

        def with_asset(site: Site) -> Site:
            assets = _replaced(site.assets, self.asset, lambda a: _with_facts(a, self.facts))
            return site.model_copy(update={"assets": assets})

        return _with_site(organisation, self.site, with_asset)


@dataclass(frozen=True)
class CalendarEdit:
    """A new calendar of a site."""

    site: str
    calendar: SiteCalendar

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the calendar."""
        update = {"calendar": self.calendar}
        return _with_site(organisation, self.site, lambda site: site.model_copy(update=update))


@dataclass(frozen=True)
class Terms:
    """All terms of a site."""

    site: str
    terms: tuple[Term, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the terms."""
        return _with_calendar(organisation, self.site, {"terms": self.terms})


@dataclass(frozen=True)
class ClosedDays:
    """All closed days of a site beside its weekly ones."""

    site: str
    closed: tuple[DateSpan, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the closed days."""
        return _with_calendar(organisation, self.site, {"closed": self.closed})


@dataclass(frozen=True)
class PersonEdit:
    """A person as they are now; added where the id is new."""

    person: Person

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the person."""
        people = organisation.people
        if any(person.id == self.person.id for person in people):
            people = _replaced(people, self.person.id, lambda _: self.person)
        else:
            people = (*people, self.person)
        return organisation.model_copy(update={"people": people})


@dataclass(frozen=True)
class PersonLeaves:
    """A person who is no longer there; their records stay."""

    person: str

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* without the person."""
        people = tuple(each for each in organisation.people if each.id != self.person)
        if len(people) == len(organisation.people):
            raise NotFound(_PERSON, self.person)
        return organisation.model_copy(update={"people": people})


@dataclass(frozen=True)
class Absences:
    """All absences of a person."""

    person: str
    absences: tuple[DateSpan, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the absences."""
        return _with_person(organisation, self.person, {"absences": self.absences})


@dataclass(frozen=True)
class Certificates:
    """All certificates of a person."""

    person: str
    qualifications: tuple[Certificate, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the certificates."""
        return _with_person(organisation, self.person, {"qualifications": self.qualifications})


@dataclass(frozen=True)
class Answer:
    """A site's answer to an open question; it replaces an earlier one of the same day."""

    decision: Decision

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the decision."""
        new = self.decision
        others = tuple(
            old
            for old in organisation.decisions
            if (old.rule, old.site, old.on) != (new.rule, new.site, new.on)
        )
        return organisation.model_copy(update={"decisions": (*others, new)})


@dataclass(frozen=True)
class EventAdded:
    """Something that rules wait for happened or is announced."""

    event: Event

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the event."""
        others = tuple(old for old in organisation.events if old.id != self.event.id)
        return organisation.model_copy(update={"events": (*others, self.event)})


def _with_site(organisation: Organisation, key: str, edit: Any) -> Organisation:
    return organisation.model_copy(update={"sites": _replaced(organisation.sites, key, edit)})


def _with_calendar(organisation: Organisation, key: str, update: dict[str, Any]) -> Organisation:
    def edited(site: Site) -> Site:
        return site.model_copy(update={"calendar": site.calendar.model_copy(update=update)})

    return _with_site(organisation, key, edited)


def _with_person(organisation: Organisation, key: str, update: dict[str, Any]) -> Organisation:
    people = _replaced(organisation.people, key, lambda person: person.model_copy(update=update))
    return organisation.model_copy(update={"people": people})


def _with_facts(piece: Any, facts: Facts) -> Any:
    merged = {**piece.facts, **facts}
    known = {name: value for name, value in merged.items() if value is not None}
    return piece.model_copy(update={"facts": known})


def _replaced(pieces: Iterable[Piece], key: str, edit: Any) -> tuple[Piece, ...]:
    pieces = tuple(pieces)
    if all(piece.id != key for piece in pieces):
        kind = _KINDS.get(type(pieces[0]), _PERSON) if pieces else _PERSON
        raise NotFound(kind, key)
    return tuple(edit(piece) if piece.id == key else piece for piece in pieces)


_PERSON = Text(zh="人员", en="person")
_KINDS: dict[type, Text] = {
    Site: Text(zh="场所", en="site"),
    Place: Text(zh="部位", en="place"),
    Asset: Text(zh="设备", en="asset"),
}
