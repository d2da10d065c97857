"""Which shifts somebody may wish for: those of the posts that site and role let them stand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import PersonRow, PostRow, SiteRow
from rules.text import Text


@dataclass(frozen=True, slots=True)
class OfferedShift:
    """A shift of a post; `site` is the key of its site, `roles` are who may stand it."""

    site: str
    post: str
    code: str
    post_name: Text
    name: Text
    since: time
    until: time
    roles: tuple[str, ...]

    @property
    def cell(self) -> tuple[str, str]:
        """Key of the post and code of the shift."""
        return self.post, self.code

    def is_for(self, person: PersonRow) -> bool:
        """Tell whether the person works at the site, in a role that stands the post."""
        return self.site in person.sites and (
            not self.roles or not set(self.roles).isdisjoint(person.roles)
        )


def shifts_offered(
    session: Session, organisation_id: str, sites: Collection[str]
) -> tuple[OfferedShift, ...]:
    """Return the shifts of every post at these sites, in the order of the file."""
    query = (
        select(SiteRow.key, PostRow)
        .join(PostRow, PostRow.site_id == SiteRow.id)
        .where(SiteRow.organisation_id == organisation_id, SiteRow.key.in_(sites))
        .where(SiteRow.ended_on.is_(None), PostRow.ended_on.is_(None))
        .order_by(SiteRow.position, PostRow.position)
    )
    return tuple(
        OfferedShift(
            site,
            post.key,
            raw["code"],
            post.name,
            Text.model_validate(raw["name"]),
            time.fromisoformat(raw["since"]),
            time.fromisoformat(raw["until"]),
            tuple(post.roles),
        )
        for site, post in session.execute(query)
        for raw in post.shifts
    )


def people_to_stand(session: Session, organisation_id: str, site: str) -> list[tuple[str, Text]]:
    """Return key and name of who may stand a post of the site, in the order of the file."""
    shifts = shifts_offered(session, organisation_id, (site,))
    query = select(PersonRow).filter_by(organisation_id=organisation_id, ended_on=None)
    return [
        (person.key, person.name)
        for person in session.scalars(query.order_by(PersonRow.position))
        if any(one.is_for(person) for one in shifts)
    ]
