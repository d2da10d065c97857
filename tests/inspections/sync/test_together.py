"""Many tablets at once, on real databases, each request in transactions of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select

from inspections.models import AnswerRow, FindingRow, InspectionRow, SyncItemRow, TabletRow
from inspections.sync.sender import Sender, recorders_of
from inspections.sync.tablets import Seen, tablets
from inspections.sync.taking_in import in_turn, take_in
from inspections.sync.wire import Batch
from tests.inspections.recording.a_school import MONDAY_0900, nth_occurrence
from tests.inspections.sync.a_tablet import LATER, Tablet

TABLETS = 12


def _batches(school, rulebook, tmp_path, account):
    """Each tablet fails an item of the same check and reports a finding; some send twice."""
    yard = nth_occurrence(school, "yard-daily")
    for number in range(TABLETS):
        one = Tablet(school, rulebook, tmp_path, account, device=f"tablet-{number}")
        name = f"round-{number}"
        one.answer(name, yard, "surface", "fail", at=MONDAY_0900 + timedelta(minutes=number))
        one.answer(name, yard, "gate", "locked")
        one.finish(name)
        one.finding(f"lamp-{number}", f"第 {number} 盏灯不亮")
        items = tuple(one.items)
        yield Batch(device=one.device, items=items, waiting=len(items), oldest_at=MONDAY_0900)
        if number % 3 == 0:
            yield Batch(device=one.device, items=items)


def test_tablets_that_sync_at_once_lose_and_double_nothing(open_school, rulebook, tmp_path):
    with open_school() as session:
        account = recorders_of(session, "campus")["campus-officer"]
        batches = list(_batches(session, rulebook, tmp_path, account))

    def send(batch):
        sender, seen = Sender(account, batch.device), Seen(LATER, "Chrome", waiting=batch.waiting)
        return take_in(open_school, rulebook, batch, sender=sender, seen=seen)

    with ThreadPoolExecutor(8) as pool:
        acks = [ack for some in pool.map(send, batches) for ack in some]

    assert {"stored", "replayed"} == {ack.status for ack in acks}
    with open_school() as session:
        counts = [
            session.scalar(select(func.count()).select_from(row))
            for row in (InspectionRow, AnswerRow, FindingRow, SyncItemRow, TabletRow)
        ]
        numbers = set(session.scalars(select(FindingRow.number)))
        state = nth_occurrence(session, "yard-daily").state
        told = {one.device: one.waiting for one in tablets(session, "campus")}
    assert [TABLETS, 2 * TABLETS, 2 * TABLETS, 4 * TABLETS, TABLETS] == counts
    assert (2 * TABLETS, "done", {0}) == (len(numbers), state, set(told.values()))


def test_work_that_others_kept_from_its_turn_is_done_again(open_school):
    tries = []

    def work(session):
        tries.append(session)
        if len(tries) < 3:
            # What a database says to the one of two that it lets wait for ever.
            session.execute(select(func.no_such_function()))
        return "done"

    assert "done" == in_turn(open_school, work)
    assert 3 == len(tries)
