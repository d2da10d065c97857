"""Rungs of the escalation ladder."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.messages.matters import Matter, finding_target
from inspections.messages.urgent import RECENT
from inspections.messages.words import Words
from inspections.models import FindingRow, SiteRow
from inspections.reactions.escalations import Escalation, escalations
from inspections.rounds.names import target_names
from rules.text import Text


@dataclass(frozen=True)
class Rung:
    """A finding that was brought before somebody."""

    escalation: Escalation
    matter: Matter
    kind: str = "escalated"

    @property
    def ref(self) -> str:
        """The entry in the finding's log."""
        return f"event-{self.escalation.id}"

    @property
    def to(self) -> str | None:
        """Key of the person; nothing where nobody holds the role."""
        return self.escalation.to

    @property
    def site(self) -> str:
        """Key of the site."""
        return self.escalation.site

    @property
    def about(self) -> str:
        """The finding: once it is closed nobody needs to be told."""
        return self.matter.about

    def subject(self, words: Words) -> str:
        """Return the subject in one language."""
        title = words.say(self.matter.title)
        return words.both(f"巡检升级提醒：{title}", f"Xunjian: escalated: {title}")

    def lines(self, words: Words, *, now: datetime) -> list[str]:
        """Return what is overdue, by how much, and why it was escalated by hand."""
        first, due, *rest = words.matter(self.matter, now=now)
        late = [f"  {words.say(self.escalation.text)}"] if self.escalation.text else []
        note = [f"  {self.escalation.note}"] if self.escalation.note else []
        return [first, due, *late, *note, *rest]


def rungs(session: Session, organisation: str, *, now: datetime) -> list[Rung]:
    """Return the rungs of open findings that were taken lately, in their order."""
    lately = escalations(session, organisation, now - RECENT)
    taken = [one for one in lately if one.state != "closed"]
    ids = {one.finding_id for one in taken}
    query = select(FindingRow, SiteRow).join(SiteRow, SiteRow.id == FindingRow.site_id)
    rows = session.execute(query.where(FindingRow.id.in_(ids))).all() if ids else []
    targets = {finding.id: finding_target(finding, site) for finding, site in rows}
    names = target_names(session, targets.values())
    return [Rung(one, _matter(one, names[targets[one.finding_id]])) for one in taken]


def _matter(one: Escalation, place: Text) -> Matter:
    return Matter(
        about=f"finding/{one.finding_id}",
        path=f"/findings/{one.finding_id}",
        site=one.site,
        title=Text(
            zh=f"整改 {one.number} {one.title.zh}", en=f"Put right {one.number} {one.title.en}"
        ),
        place=place,
        opens_at=one.at,
        due_at=one.due_at,
        state=one.state,
    )
