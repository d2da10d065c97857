"""Pieces of an organisation as column values of their rows."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from rules.organisation.happened import Decision, Event, Performed
from rules.organisation.model import (
    Asset,
    Certificate,
    DateSpan,
    Organisation,
    Person,
    Place,
    Post,
    Site,
    Way,
)

Values = dict[str, Any]


def organisation_values(organisation: Organisation) -> Values:
    """Return the columns of an organisation."""
    return {
        **_same(organisation, "name", "time_zone", "country", "most_running"),
        "packs": [*organisation.packs],
        "travel": _ways(organisation.travel),
    }


def site_values(site: Site) -> Values:
    """Return the columns of a site."""
    return {
        **_same(site, "name", "facts"),
        "calendar": site.calendar.model_dump(mode="json", by_alias=True),
        "place_order": [*site.order],
        "travel": _ways(site.travel),
    }


def _ways(ways: Iterable[Way]) -> list[Values]:
    return [way.model_dump(mode="json", by_alias=True) for way in ways]


def place_values(place: Place) -> Values:
    """Return the columns of a place."""
    return _same(place, "name", "facts", "keeper")


def asset_values(asset: Asset) -> Values:
    """Return the columns of an asset."""
    return _same(asset, "name", "facts", "place", "keeper", "maintainer")


def post_values(post: Post) -> Values:
    """Return the columns of a post."""
    return {
        **_same(post, "name", "facts", "days"),
        "shifts": [shift.model_dump(mode="json", by_alias=True) for shift in post.shifts],
        "qualifications": [*post.qualifications],
        "roles": [*post.roles],
    }


def person_values(person: Person) -> Values:
    """Return the columns of a person."""
    return {
        **_same(person, "name", "facts", "team", "minutes_per_day", "employer", "email"),
        "sites": [*person.sites],
        "roles": [*person.roles],
        "works": [*person.works],
        "prefers": [*person.prefers],
    }


def certificate_values(certificate: Certificate) -> Values:
    """Return the columns of a certificate."""
    return _same(certificate, "kind", "number", "since", "until")


def absence_values(absence: DateSpan) -> Values:
    """Return the columns of an absence."""
    return _same(absence, "since", "until", "reason")


def event_values(event: Event, zone: ZoneInfo) -> Values:
    """Return the columns of an event; a time without a zone is one of the organisation's clock."""
    times = {"at": event.at, "until": event.until}
    return {
        **_same(event, "site", "target", "kind", "note", "facts"),
        **{name: at and _instant(at, zone) for name, at in times.items()},
    }


def _instant(at: datetime, zone: ZoneInfo) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def decision_values(decision: Decision) -> Values:
    """Return the columns of a decision."""
    return _same(decision, "site", "rule", "applies", "note", "by", "on")


def performed_values(performed: Performed) -> Values:
    """Return the columns of an earlier performance."""
    return _same(performed, "rule", "target", "on")


def _same(piece: BaseModel, *names: str) -> Values:
    return {name: getattr(piece, name) for name in names}
