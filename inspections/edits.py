"""Edits of an organisation as values: pages make them, previews try them, an import saves them."""

from dataclasses import dataclass
from typing import Any, Protocol

from inspections.changed_pieces import replaced, with_person, with_site
from inspections.errors import NotFound
from rules.organisation.happened import Decision, Event
from rules.organisation.loader import check_absences, organisation_from_data
from rules.organisation.model import (
    CalendarSpan,
    Certificate,
    DateSpan,
    Organisation,
    Person,
    Site,
    SiteCalendar,
    Term,
)
from rules.text import Text


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


def absent(organisation: Organisation, edit: "Absences") -> Organisation:
    """
    Return *organisation* with the absences of a person; the rest of it need not be whole.

    Raises:
        InputInvalid: If one ends before it begins, or two share a day.
        NotFound: If there is no such person.
    """
    edited = edit.applied(organisation)
    person = next(one for one in edited.people if one.id == edit.person)
    check_absences(person, lambda at: (organisation.id, 1, ".".join(map(str, at))))
    return edited


@dataclass(frozen=True)
class CalendarEdit:
    """A new calendar of a site."""

    site: str
    calendar: SiteCalendar

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the calendar."""
        update = {"calendar": self.calendar}
        return with_site(organisation, self.site, lambda site: site.model_copy(update=update))


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
    closed: tuple[CalendarSpan, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the closed days."""
        return _with_calendar(organisation, self.site, {"closed": self.closed})


@dataclass(frozen=True)
class Exams:
    """All days of examinations at a site."""

    site: str
    exams: tuple[CalendarSpan, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the exams."""
        return _with_calendar(organisation, self.site, {"exams": self.exams})


@dataclass(frozen=True)
class PersonEdit:
    """A person as they are now; added where the id is new."""

    person: Person

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the person."""
        people = organisation.people
        if any(person.id == self.person.id for person in people):
            people = replaced(people, self.person.id, lambda _: self.person)
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
            raise NotFound(Text(zh="人员", en="person"), self.person)
        return organisation.model_copy(update={"people": people})


@dataclass(frozen=True)
class Absences:
    """All absences of a person."""

    person: str
    absences: tuple[DateSpan, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the absences."""
        return with_person(organisation, self.person, {"absences": self.absences})


@dataclass(frozen=True)
class Certificates:
    """All certificates of a person."""

    person: str
    qualifications: tuple[Certificate, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the certificates."""
        return with_person(organisation, self.person, {"qualifications": self.qualifications})


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
class PacksNamed:
    """All packs used beside those of the country, and `-` before each default left out."""

    packs: tuple[str, ...]

    @property
    def binds_every_site(self) -> bool:
        """Whether only those who see every site may do this: packs bind them all."""
        return True

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the packs."""
        return organisation.model_copy(update={"packs": self.packs})


@dataclass(frozen=True)
class EventAdded:
    """Something that rules wait for happened or is announced."""

    event: Event

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the event."""
        others = tuple(old for old in organisation.events if old.id != self.event.id)
        return organisation.model_copy(update={"events": (*others, self.event)})


def _with_calendar(organisation: Organisation, key: str, update: dict[str, Any]) -> Organisation:
    def edited(site: Site) -> Site:
        return site.model_copy(update={"calendar": site.calendar.model_copy(update=update)})

    return with_site(organisation, key, edited)
