"""Findings that reactions open: one for each failed item, and one for what belongs together."""

from collections.abc import Sequence

from sqlalchemy import select

from inspections.findings.deadline_policy import Policy, arithmetic
from inspections.findings.log import refresh
from inspections.findings.opening import (
    own_policy,
    proof_of,
    start_follow_ups,
    write_finding,
)
from inspections.models import FindingRow
from inspections.reactions.desk import Desk, Outcome
from inspections.reactions.duplicates import the_same
from inspections.reactions.happening import AnswerBehind, Happening
from inspections.reactions.who import responsible
from rules.consequence import Consequence
from rules.reactions import OpenFinding
from rules.strictness import SEVERITIES, raised, strictest
from rules.text import Text
from scheduler.deadlines import deadline


def find_for_answer(desk: Desk, happening: Happening, asked: Sequence[Consequence]) -> Outcome:
    """
    Open the one finding of a failed item, or add to the one there is.

    However many reactions ask for a finding about an item, it has one: the gravest severity and
    the shortest deadline of all. A known defect takes up what is no graver than itself, and the
    open finding that the person named as the same takes up whatever it is.
    """
    behind = _behind(happening)
    do = _as_told(desk, happening, _strictest(asked))
    same = the_same(desk.session, behind)
    if same is not None:
        return _note_same(desk, happening, same, do)
    known = behind.known
    if known is not None and _rank(do.severity) <= _rank(known.severity):
        return _note_known(desk, happening, behind)
    row = _of_item(desk, behind)
    if row is not None:
        desk.findings[happening.event.key] = row.id
        _make_stricter(desk, row, do)
        _look_again(desk, happening, asked[0], row)
        return {"finding": row.id}
    row = _answer_row(desk, happening, behind, do)
    site = behind.on.site
    policy = _policy(desk, happening, do, source="rule")
    write_finding(
        desk.session, row, site=site, policy=policy, found_at=happening.event.at, by=desk.by
    )
    row.deadline_from = asked[0].rule if policy.source == "rule" else None
    if behind.version is not None and behind.version.on_fail is not None:
        start_follow_ups(desk.session, row, behind.version.on_fail, site=site)
    return _opened(desk, happening, asked[0], row)


def _as_told(desk: Desk, happening: Happening, do: OpenFinding) -> OpenFinding:
    severity = _behind(happening).judged.told.severity
    if severity is None:
        return do
    site = desk.concerned(happening).site
    own = own_policy(desk.session, desk.rulebook, site, severity=severity, at=desk.now)
    return raised(do, severity, own.duration)


def _note_same(desk: Desk, happening: Happening, row: FindingRow, do: OpenFinding) -> Outcome:
    """Keep a failure in the open finding that it is the same as; it may make that graver."""
    behind = _behind(happening)
    desk.findings[happening.event.key] = row.id
    judged = behind.judged
    data = {"same": True, "seen": behind.inspection.id, "item": judged.item.id}
    desk.note(row, {**data, "value": judged.value}, note=judged.note)
    _make_stricter(desk, row, do)
    own = _of_item(desk, behind)
    if own is not None:
        desk.note(own, {"same_as": row.number})
    if behind.version is not None and behind.version.on_fail is not None:
        start_follow_ups(desk.session, row, behind.version.on_fail, site=behind.on.site)
    return {"same": row.id}


def _look_again(
    desk: Desk, happening: Happening, consequence: Consequence, row: FindingRow
) -> None:
    """Let reactions see a finding of which somebody now says that it is dangerous."""
    if _behind(happening).judged.told.danger:
        desk.opened[row.id] = (happening, consequence)


def find(desk: Desk, happening: Happening, consequence: Consequence) -> Outcome:
    """Open a finding for an event, or note the event in the open finding that gathers its kind."""
    do = consequence.do
    assert isinstance(do, OpenFinding)  # noqa: S101 (the caller chose by kind)
    concerned = desk.concerned(happening)
    gathers = _gathers(happening, consequence, do)
    standing = _still_open(desk, gathers)
    if standing is not None:
        desk.findings[happening.event.key] = standing.id
        about = happening.about
        data = {"event": happening.event.key, "about": about and {"zh": about.zh, "en": about.en}}
        desk.note(standing, data)
        return {"finding": standing.id, "gathered": True}
    title = do.title or desk.rulebook.rule(consequence.rule).title
    maintainer = concerned.asset.maintainer if concerned.asset else None
    row = FindingRow(
        place=concerned.place.key if concerned.place else None,
        asset=concerned.asset.key if concerned.asset else None,
        rule=consequence.rule,
        title=_titled(happening.about or concerned.name, title),
        severity=do.severity,
        major_hazard=do.major_hazard,
        owner=responsible(desk.session, do.owner, desk.standing(happening))
        or maintainer
        or next((each.keeper for each in (concerned.asset, concerned.place) if each), None),
        without=[maintainer] if maintainer else [],
        gathers=gathers,
    )
    policy = _policy(desk, happening, do, source="rule")
    write_finding(
        desk.session, row, site=concerned.site, policy=policy, found_at=desk.now, by=desk.by
    )
    row.deadline_from = consequence.rule if policy.source == "rule" else None
    return _opened(desk, happening, consequence, row)


def note_change(desk: Desk, happening: Happening) -> None:
    """Note a changed answer in the finding of its item: only another person's word closes one."""
    behind = _behind(happening)
    judged = behind.judged
    row = _of_item(desk, behind) if judged.attempt > 1 else None
    if row is not None:
        desk.note(row, {"value": judged.value, "verdict": judged.verdict}, note=judged.note)


def finding_of_event(desk: Desk, event_key: str) -> FindingRow | None:
    """Return the finding that this run opened or found for an event."""
    found = desk.findings.get(event_key)
    return None if found is None else desk.session.get(FindingRow, found)


def _behind(happening: Happening) -> AnswerBehind:
    assert happening.answer is not None  # noqa: S101 (events of answers carry it)
    return happening.answer


def _strictest(asked: Sequence[Consequence]) -> OpenFinding:
    do = strictest(each.do for each in asked)
    assert isinstance(do, OpenFinding)  # noqa: S101 (the caller chose by kind)
    return do


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity)


def _note_known(desk: Desk, happening: Happening, behind: AnswerBehind) -> Outcome:
    known = behind.known
    assert known is not None  # noqa: S101 (the caller looked)
    desk.findings[happening.event.key] = known.finding_id
    row = desk.session.get_one(FindingRow, known.finding_id)
    desk.note(row, {"seen": behind.inspection.id, "value": behind.judged.value})
    return {"known": known.finding_id}


def _of_item(desk: Desk, behind: AnswerBehind) -> FindingRow | None:
    mine = {"inspection_id": behind.inspection.id, "item": behind.judged.item.id}
    return desk.session.scalars(select(FindingRow).filter_by(**mine)).one_or_none()


def _make_stricter(desk: Desk, row: FindingRow, do: OpenFinding) -> None:
    """Raise a finding that stands to what another answer or reaction asks for; never lower it."""
    site = desk.targets.by_id(row.site_id)
    changed: dict[str, str] = {}
    if _rank(do.severity) > _rank(row.severity):
        changed["severity"] = row.severity = do.severity
    if do.major_hazard and not row.major_hazard:
        row.major_hazard = True
        changed["major_hazard"] = "true"
    own = own_policy(desk.session, desk.rulebook, site, severity=do.severity, at=row.found_at)
    policy = Policy(do.deadline, "rule") if do.deadline else own if changed else None
    if policy is not None:
        until = deadline(row.found_at, policy.duration, desk.calendar(site))
        if until.due_at < row.due_at:
            row.arithmetic = arithmetic(until, policy.source)
            changed["due_at"] = until.due_at.isoformat()
    if changed:
        desk.note(row, changed)
        refresh(desk.session, row)


def _answer_row(
    desk: Desk, happening: Happening, behind: AnswerBehind, do: OpenFinding
) -> FindingRow:
    on, version, judged = behind.on, behind.version, behind.judged
    on_fail = version.on_fail if version else None
    excludes = version.people.excludes if version else ()
    owner = responsible(desk.session, do.owner, desk.standing(happening)) if do.owner else None
    return FindingRow(
        place=on.place.key if on.place else None,
        asset=on.asset.key if on.asset else None,
        rule=behind.rule if behind.rule in desk.rulebook.rules else None,
        occurrence_id=behind.inspection.occurrence_id,
        inspection_id=behind.inspection.id,
        item=judged.item.id,
        title=_titled(on.name, judged.item.title),
        detail=judged.note,
        why=judged.why,
        severity=do.severity,
        major_hazard=do.major_hazard,
        owner=owner or on.maintainer or on.keeper,
        separate_verifier=on_fail.separate_verifier if on_fail else True,
        without=[*on.excluded(excludes)],
        proof=proof_of(version),
    )


def _titled(what: Text, title: Text) -> Text:
    return Text(zh=f"{what.zh}：{title.zh}", en=f"{what.en}: {title.en}")


def _policy(desk: Desk, happening: Happening, do: OpenFinding, *, source: str) -> Policy:
    site = desk.concerned(happening).site
    own = own_policy(desk.session, desk.rulebook, site, severity=do.severity, at=desk.now)
    if do.deadline is None:
        return own
    return Policy(do.deadline, source)


def _gathers(happening: Happening, consequence: Consequence, do: OpenFinding) -> str | None:
    if do.gather == "each":
        return None
    event = happening.event
    where = event.site if do.gather == "site" else event.target or event.site
    return f"{consequence.rule}|{do.id}|{where}|{happening.gathers}"


def _still_open(desk: Desk, gathers: str | None) -> FindingRow | None:
    if gathers is None:
        return None
    query = select(FindingRow).where(
        FindingRow.organisation_id == desk.organisation_id,
        FindingRow.gathers == gathers,
        FindingRow.state != "closed",
    )
    return desk.session.scalars(query.order_by(FindingRow.id.desc()).limit(1)).one_or_none()


def _opened(desk: Desk, happening: Happening, consequence: Consequence, row: FindingRow) -> Outcome:
    desk.findings[happening.event.key] = row.id
    desk.opened[row.id] = (happening, consequence)
    desk.session.flush()
    return {"finding": row.id}
