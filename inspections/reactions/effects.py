"""What consequences other than findings do to the record."""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from inspections.findings.deadline_policy import arithmetic
from inspections.findings.opening import own_policy, write_finding
from inspections.models import (
    FindingEventRow,
    FindingRow,
    FollowUpRow,
    StaffingNeedRow,
    StopUseRow,
    TicketEventRow,
)
from inspections.reactions.checklists import open_checklist
from inspections.reactions.desk import Desk, Outcome
from inspections.reactions.findings import finding_of_event
from inspections.reactions.happening import Happening
from inspections.reactions.who import responsible
from inspections.reactions.working_days import overdue_at
from inspections.tickets import TicketReport, report_ticket
from rules.consequence import Consequence
from rules.reactions import (
    Bar,
    Charge,
    Escalate,
    Notice,
    RaiseStaffing,
    StartTask,
    StopUse,
)
from rules.text import Text

_SEVERE = "severe"


def stop_use(desk: Desk, happening: Happening, consequence: Consequence, do: StopUse) -> Outcome:
    """Take the asset, the place or the kitchens of the site out of use until it is verified."""
    finding = _finding(desk, happening) or _finding_for_stop(desk, happening, consequence, do)
    concerned = desk.concerned(happening)
    scope: str = do.scope
    target = concerned.site.key
    if do.scope == "asset" and concerned.asset is not None:
        target = concerned.asset.key
    elif do.scope in ("asset", "place") and concerned.place is not None:
        scope, target = "place", concerned.place.key
    elif do.scope in ("asset", "place"):
        scope = "site"
    mine = {"finding_id": finding.id, "scope": scope, "target": target}
    if desk.session.scalars(select(StopUseRow).filter_by(**mine)).one_or_none() is None:
        desk.session.add(
            StopUseRow(
                organisation_id=desk.organisation_id,
                site_id=concerned.site.id,
                reason=do.reason,
                rule=consequence.rule,
                since=desk.now,
                **mine,
            )
        )
        desk.note(finding, {"stopped": scope, "target": target, "rule": consequence.rule})
    return {"finding": finding.id, "scope": scope, "target": target}


def start_task(
    desk: Desk, happening: Happening, consequence: Consequence, do: StartTask
) -> Outcome:
    """Start a task, or move the one that the same thing started already to the later time."""
    # A sample's clear-out is its meal's task, whatever is found wrong with the sample.
    of_finding = happening.finding is not None or happening.answer is not None
    finding = _finding(desk, happening) if of_finding else None
    subject = f"finding/{finding.id}" if finding else happening.subject or happening.event.key
    key = f"{consequence.rule}/{do.id}"
    due = desk.limit(happening, do.within)
    waits = do.not_before
    not_before = None if waits is None else desk.limit(happening, waits).due_at
    standing = desk.standing(happening)
    mine = {"organisation_id": desk.organisation_id, "subject": subject, "key": key}
    row = desk.session.scalars(select(FollowUpRow).filter_by(**mine)).one_or_none()
    if row is None:
        title = do.title
        if happening.about is not None and finding is None:
            about = happening.about
            title = Text(zh=f"{title.zh}：{about.zh}", en=f"{title.en}: {about.en}")
        row = FollowUpRow(
            site_id=standing.concerned.site.id,
            finding_id=finding.id if finding else None,
            rule=consequence.rule,
            title=title,
            opened_at=desk.now,
            not_before=not_before,
            due_at=due.due_at,
            arithmetic=arithmetic(due, "rule"),
            owner=responsible(desk.session, do.owner, standing),
            on_duty=do.on_duty,
            roles=list(happening.roles) if do.on_duty else [],
            qualification=do.qualification,
            standard_change=do.standard_change,
            **mine,
        )
        desk.session.add(row)
    elif row.verdict is None and due.due_at > row.due_at:
        # The last sample of a meal decides when all of them may be cleared out.
        row.due_at, row.arithmetic = due.due_at, arithmetic(due, "rule")
        row.not_before = not_before
    desk.session.flush()
    return {"task": row.id}


def escalate(desk: Desk, happening: Happening, consequence: Consequence, do: Escalate) -> Outcome:
    """Take a rung of the ladder: an event on the finding, once for each rung and turn."""
    finding = _finding(desk, happening)
    if finding is None:
        return {"skipped": "no-finding"}
    standing = desk.standing(happening)
    to = finding.owner if do.to == "owner" else responsible(desk.session, do.to, standing)
    overdue = overdue_at(
        finding.due_at, now=desk.now, calendar=desk.calendar(standing.concerned.site)
    )
    data = {
        "to": to,
        "role": do.to,
        "rung": do.rung,
        "rule": consequence.rule,
        "days": overdue.days,
        "text": {"zh": overdue.text.zh, "en": overdue.text.en},
    }
    row = FindingEventRow(
        finding_id=finding.id, kind="escalated", at=desk.now, by=desk.by, data=data
    )
    desk.session.add(row)
    desk.session.flush()
    return {"finding": finding.id, "event": row.id, "to": to}


def charge(desk: Desk, happening: Happening, consequence: Consequence, do: Charge) -> Outcome:
    """
    Write on the ticket who pays for what.

    An overdue finding of a counter or supplier has no ticket yet: the house's repair is ordered
    with one.
    """
    ticket = happening.ticket or _repair_ticket(desk, happening)
    data = {
        "labour": do.labour,
        "materials": do.materials,
        "rule": consequence.rule,
        "reason": {"zh": do.reason.zh, "en": do.reason.en},
    }
    desk.session.add(
        TicketEventRow(ticket_id=ticket, kind="charged", at=desk.now, by=desk.by, data=data)
    )
    desk.session.flush()
    return {"ticket": ticket}


def raise_staffing(
    desk: Desk, happening: Happening, consequence: Consequence, do: RaiseStaffing
) -> Outcome:
    """Ask for more people on a kind of post from the event on."""
    site = desk.concerned(happening).site
    row = StaffingNeedRow(
        organisation_id=desk.organisation_id,
        key=consequence.key,
        site_id=site.id,
        post_kind=do.post_kind,
        minimum=do.minimum,
        since=happening.event.at,
        until=desk.limit(happening, do.hours).due_at,
        rule=consequence.rule,
        event_key=happening.event.key,
    )
    desk.session.add(row)
    desk.session.flush()
    return {"staffing": row.id, "until": row.until.isoformat()}


def tell(desk: Desk, happening: Happening, _consequence: Consequence, do: Notice) -> Outcome:
    """Say whom a notice reaches; the alerts and the messages read it from here."""
    return {"to": responsible(desk.session, do.to, desk.standing(happening)), "role": do.to}


def bar(_desk: Desk, happening: Happening, _consequence: Consequence, do: Bar) -> Outcome:
    """Keep on record that somebody was barred; whether it holds is asked anew at each look."""
    return {"person": happening.doer, "roles": list(do.roles)}


def _finding(desk: Desk, happening: Happening) -> FindingRow | None:
    if happening.finding is not None:
        return desk.session.get_one(FindingRow, happening.finding)
    return finding_of_event(desk, happening.event.key)


def _finding_for_stop(
    desk: Desk, happening: Happening, consequence: Consequence, do: StopUse
) -> FindingRow:
    """Open the finding whose verification ends the stop, where no reaction opened one."""
    concerned = desk.concerned(happening)
    row = FindingRow(
        place=concerned.place.key if concerned.place else None,
        asset=concerned.asset.key if concerned.asset else None,
        rule=consequence.rule,
        title=Text(
            zh=f"{concerned.name.zh}：{do.reason.zh}", en=f"{concerned.name.en}: {do.reason.en}"
        ),
        severity=_SEVERE,
        owner=responsible(desk.session, "maintainer", desk.standing(happening)),
        without=[],
    )
    policy = own_policy(desk.session, desk.rulebook, concerned.site, severity=_SEVERE, at=desk.now)
    write_finding(
        desk.session, row, site=concerned.site, policy=policy, found_at=desk.now, by=desk.by
    )
    desk.findings[happening.event.key] = row.id
    desk.opened[row.id] = (happening, consequence)
    return row


def _repair_ticket(desk: Desk, happening: Happening) -> int:
    concerned = desk.concerned(happening)
    finding = _finding(desk, happening)
    about = finding.title if finding else concerned.name
    report = TicketReport(
        organisation=desk.organisation_id,
        site=concerned.site.key,
        title=about.zh,
        category="building",
        place=concerned.place.key if concerned.place else None,
        asset=concerned.asset.key if concerned.asset else None,
        by=desk.by,
        finding_id=finding.id if finding else None,
    )
    return report_ticket(desk.session, report, now=desk.now)


Effect = Callable[..., Outcome]
EFFECTS: Mapping[str, Effect] = {
    "stop-use": stop_use,
    "task": start_task,
    "escalate": escalate,
    "bar": bar,
    "charge": charge,
    "open-checklist": open_checklist,
    "staffing": raise_staffing,
    "notice": tell,
}
