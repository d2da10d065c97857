"""
Invitations by mail to announced drills that people must attend.

Each is asked for once, again with a higher SEQUENCE where time, place or title change, and taken
back where the drill is cancelled or the person is no longer on it. A drill of the year's programme
invites once for all duties that it serves, and whoever leads it. Drills that nobody may know of
beforehand are never announced. Answers are not read: attending is not the person's choice.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.messages.drill_days import DrillDay, drill_days
from inspections.messages.outbox import Draft, Invited
from inspections.messages.reminders import Recipient
from inspections.models import (
    AssignmentRow,
    DutyRow,
    InvitationRow,
    OccurrenceRow,
    PersonRow,
    SiteRow,
)
from inspections.rounds.names import target_names
from rules.pack import Rule
from rules.rulebook import RuleBook
from rules.text import Text

AHEAD = timedelta(days=60)
# A window of at most this length is the drill's own time, a longer one only says which day.
LONGEST = timedelta(hours=12)
_OPEN = frozenset({"scheduled", "in_progress"})


@dataclass(frozen=True)
class Invitation:
    """
    What an invitation says, for whoever writes it as iCalendar.

    Attributes:
        uid: The same for every update, and the same as in calendar feeds.
        day: Whole day; nothing where `starts` and `ends` are given.
        changed_at: When it was last changed.
    """

    uid: str
    sequence: int
    cancelled: bool
    title: Text
    place: Text
    site: Text
    starts: datetime | None
    ends: datetime | None
    day: date
    changed_at: datetime
    path: str
    clause: Text


Bytes = Callable[[Invitation, Recipient], str]


@dataclass(frozen=True)
class _Drill:
    row: OccurrenceRow
    site: SiteRow
    place: Text
    rule: Rule
    clause: Text
    held: DrillDay | None = None

    def told(self) -> str:
        """Return what people are told, as a hash: an update follows where it changes."""
        spoken = [*self.span(), self.row.planned_on, self.place.zh, self.site.name.zh]
        return sha256("|".join(map(str, [*spoken, self.rule.title.zh])).encode()).hexdigest()

    def span(self) -> tuple[datetime | None, datetime | None]:
        if self.held is not None:
            return self.held.starts_at, self.held.ends_at
        if self.row.due_at - self.row.opens_at > LONGEST:
            return None, None
        return self.row.opens_at, self.row.due_at


@dataclass(frozen=True)
class Announcer:
    """
    Announces the drills of one organisation.

    Attributes:
        as_calendar: Writes an invitation as iCalendar text.
    """

    session: Session
    rulebook: RuleBook
    organisation: str
    as_calendar: Bytes
    now: datetime

    def invitations(self, recipients: Mapping[str, Recipient]) -> Iterator[Draft]:
        """Yield what is to be sent; putting it into the outbox writes down what was said."""
        found = _drills(self.session, self.rulebook, self.organisation, self.now)
        drills = {drill.row.id: drill for drill in found}
        days = drill_days(self.session, drills)
        asked = _asked(self.session, list(drills), days)
        drills = {
            id_: replace(drill, held=days.get(id_))
            for id_, drill in drills.items()
            if id_ not in days or days[id_].lead == id_
        }
        known = _known(self.session, self.organisation, self.now)
        for occurrence, person in sorted({*asked, *known}):
            recipient = recipients.get(person)
            if recipient is None:
                continue
            row, drill = known.get((occurrence, person)), drills.get(occurrence)
            if drill is not None and (occurrence, person) in asked and drill.row.state in _OPEN:
                yield from self._ask(drill, recipient, row)
            elif row is not None and not row.cancelled:
                yield from self._take_back(drill, recipient, row)

    def _ask(
        self, drill: _Drill, recipient: Recipient, before: InvitationRow | None
    ) -> Iterator[Draft]:
        told = drill.told()
        if before is not None and (before.told, before.address, before.cancelled) == (
            told,
            recipient.address,
            False,
        ):
            return
        sequence = 0 if before is None else before.sequence + 1
        said = Invited(
            drill.row.id, recipient.person, recipient.address, sequence, told, cancelled=False
        )
        yield self._draft(drill, recipient, said)

    def _take_back(
        self, drill: _Drill | None, recipient: Recipient, before: InvitationRow
    ) -> Iterator[Draft]:
        gone = drill or _known_drill(self.session, self.rulebook, before.occurrence_id)
        if gone is None or gone.row.state in {"done", "late"}:
            return
        said = Invited(
            before.occurrence_id,
            before.person,
            before.address,
            before.sequence + 1,
            before.told,
            cancelled=True,
        )
        yield self._draft(gone, recipient, said)

    def _draft(self, drill: _Drill, recipient: Recipient, said: Invited) -> Draft:
        starts, ends = drill.span()
        invitation = Invitation(
            uid=f"occurrence-{drill.row.id}",
            sequence=said.sequence,
            cancelled=said.cancelled,
            title=drill.rule.title,
            place=drill.place,
            site=drill.site.name,
            starts=starts,
            ends=ends,
            day=drill.row.planned_on,
            changed_at=self.now,
            path=f"/occurrences/{drill.row.id}",
            clause=drill.clause,
        )
        words, title = recipient.words, recipient.words.say(drill.rule.title)
        head = _head(words.language, said)
        return Draft(
            organisation=recipient.organisation,
            channel="mail",
            kind="cancelled" if said.cancelled else "invitation",
            recipient=recipient.person,
            day=f"sequence-{said.sequence}",
            about=f"occurrence/{drill.row.id}",
            address=said.address,
            subject=words.both(f"{head}：{title}", f"{head}: {title}"),
            body="\n".join(_body(drill, recipient, (starts, ends))),
            calendar=self.as_calendar(invitation, recipient),
            invited=said,
            not_before=recipient.choice.after_quiet(self.now, recipient.zone),
        )


def _head(language: str, said: Invited) -> str:
    if said.cancelled:
        return "演练取消" if language == "zh" else "Drill cancelled"
    if said.sequence:
        return "演练更新" if language == "zh" else "Drill changed"
    return "演练通知" if language == "zh" else "Drill"


def _body(
    drill: _Drill, recipient: Recipient, span: tuple[datetime | None, datetime | None]
) -> list[str]:
    words = recipient.words
    day = drill.row.planned_on
    when = day.isoformat()
    if span[0] is not None and span[1] is not None:
        when = f"{words.moment(span[0])} – {words.moment(span[1])}"
    return [
        words.say(drill.rule.title),
        words.both("时间：", "When: ") + when,
        words.both("地点：", "Where: ") + words.say(drill.place),
        words.both("依据：", "Because of: ") + words.say(drill.clause),
        f"{words.address}/occurrences/{drill.row.id}",
        *_briefing(drill, recipient),
        "",
        *words.foot(),
    ]


def _briefing(drill: _Drill, recipient: Recipient) -> list[str]:
    """Return where those who take part read what they are to know before."""
    if drill.held is None:
        return []
    words = recipient.words
    where = words.both("演练前讲解和脚本：", "Briefing and script: ")
    return [f"{where}{words.address}/drills/{drill.held.id}"]


def _drills(
    session: Session, rulebook: RuleBook, organisation: str, now: datetime
) -> Iterator[_Drill]:
    announced = [
        rule.id
        for rule in rulebook.rules.values()
        if rule.domain == "drill" and any(version.announced for version in rule.versions)
    ]
    row = OccurrenceRow
    query = (
        select(row, DutyRow, SiteRow)
        .join(DutyRow, DutyRow.id == row.duty_id)
        .join(SiteRow, SiteRow.id == row.site_id)
        .where(DutyRow.organisation_id == organisation, DutyRow.rule.in_(announced))
        .where(row.due_at > now, row.opens_at < now + AHEAD, row.hidden_until.is_(None))
    )
    rows = session.execute(query).all()
    yield from _known_drills(session, rulebook, rows)


def _known_drills(session: Session, rulebook: RuleBook, rows: Any) -> Iterator[_Drill]:
    targets = [(row.site_id, duty.target_kind, duty.target) for row, duty, _ in rows]
    names = target_names(session, targets)
    for (row, duty, site), target in zip(rows, targets, strict=True):
        rule = rulebook.rules.get(duty.rule)
        version = rulebook.version(rule, row.planned_on) if rule else None
        if rule is not None and version is not None and version.announced:
            yield _Drill(row, site, names[target], rule, rulebook.clause_text(rule))


def _known_drill(session: Session, rulebook: RuleBook, occurrence: int) -> _Drill | None:
    query = (
        select(OccurrenceRow, DutyRow, SiteRow)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(OccurrenceRow.id == occurrence)
    )
    return next(_known_drills(session, rulebook, session.execute(query).all()), None)


def _asked(
    session: Session, occurrences: list[int], days: Mapping[int, DrillDay]
) -> set[tuple[int, str]]:
    """Return who is on which; a programme's drill asks for all of what it serves as one."""
    query = (
        select(AssignmentRow.occurrence_id, PersonRow.key)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(AssignmentRow.occurrence_id.in_(occurrences))
    )
    asked = {
        (days[occurrence].lead if occurrence in days else occurrence, person)
        for occurrence, person in session.execute(query)
    }
    return asked | {(day.lead, day.leader) for day in days.values() if day.leader is not None}


def _known(
    session: Session, organisation: str, now: datetime
) -> dict[tuple[int, str], InvitationRow]:
    """Return the invitations to drills that have not passed."""
    query = (
        select(InvitationRow)
        .join(OccurrenceRow, OccurrenceRow.id == InvitationRow.occurrence_id)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .where(DutyRow.organisation_id == organisation, OccurrenceRow.due_at > now)
    )
    return {(row.occurrence_id, row.person): row for row in session.scalars(query)}
