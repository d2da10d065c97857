"""Handovers of the past days, as careful guards write and sign them."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from inspections.handovers.listing import HandoverLine, handovers
from inspections.handovers.writing import Countersign, Note, take_over, write_handover
from inspections.lookup import site_by_key
from inspections.queries.roster_week import staffed_sites

_BACK = timedelta(days=7)
_BEFORE, _AFTER = timedelta(minutes=10), timedelta(minutes=5)
_MISSING_OF_100 = 3
_NOTES = (
    "当班无异常，巡查两次，门窗已锁。",
    "消防主机报一次误报（三层走廊），已复位并登记。",
    "西侧门禁读卡器时好时坏，已报修，请留意。",
    "施工单位两人在配电间作业至 20:00，已清场。",
    "雨大，地下车库入口已放挡水板，天亮后请收回。",
)


def hand_over_past_shifts(
    session: Session, organisation_id: str, *, now: datetime, seed: int
) -> int:
    """Write and sign the handovers of the past days, leave the newest unsigned; return how many."""
    count = 0
    for key, _name in staffed_sites(session, organisation_id):
        site = site_by_key(session, organisation_id, key)
        past = handovers(session, site, now - _BACK, now, now=now)
        for number, line in enumerate(past):
            # One draw a change, so that a second run finds the same ones missing.
            named = f"{organisation_id}:{key}:{line.change.key}:{seed}"
            draw = Random(f"handovers:{named}")  # noqa: S311 - a demonstration
            if line.state == "missing" and draw.randrange(100) >= _MISSING_OF_100:
                _hand_over(session, line, draw, signed=number > 0)
                count += 1
    return count


def _hand_over(session: Session, line: HandoverLine, draw: Random, *, signed: bool) -> None:
    change = line.change
    keys = 6 + sum(map(ord, change.post)) % 9
    note = Note(str(UUID(int=draw.getrandbits(128), version=4)), draw.choice(_NOTES), keys)
    by = change.outgoing[0]
    written = write_handover(session, change, note, by=by, now=change.at - _BEFORE)
    relief = next((one for one in change.incoming if one not in change.outgoing), None)
    if signed and relief is not None:
        take_over(
            session,
            change,
            Countersign(keys, ""),
            handover_id=written,
            by=relief,
            now=max(change.at, change.next_at or change.at) + _AFTER,
        )
