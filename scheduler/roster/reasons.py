"""Why a shift lacks people, and what would fill it: in plain words, from the finished roster."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from rules.text import Text
from scheduler.assignment.wording import joined
from scheduler.roster.draft import Draft
from scheduler.roster.explain.changes import Change, changes_of_people
from scheduler.roster.problem import Limit, RosterPerson, RosterUncovered
from scheduler.roster.rows import fault_of_adding
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import stopped_by
from scheduler.roster.wording import ORDER, stop_text


def uncovered_of(draft: Draft) -> tuple[RosterUncovered, ...]:
    """Return every shift with too few people, by day and start."""
    slots = sorted(draft.slots.wanted, key=lambda slot: (slot.day, slot.since, slot.post))
    return tuple(_uncovered(draft, slot) for slot in slots if draft.missing(slot))


def clash_text(slots: Slots, person: RosterPerson, day: date, code: str) -> Text:
    """Say which hard rule a pinned cell breaks."""
    cell = slots.problem.pins.get((person.id, day))
    limit = next((each for each in person.limits if each.name == code), None)
    post = slots.posts[cell[0]] if cell else slots.problem.posts[0]
    why = stop_text(code, post, limit=limit, titles=slots.problem.titles)
    return Text(
        zh=f"{person.name.zh} {day}：{why.zh}，与已定班次冲突",
        en=f"{person.name.en} on {day}: {why.en}, against a settled shift",
    )


def _uncovered(draft: Draft, slot: Slot) -> RosterUncovered:
    site = draft.slots.posts[slot.post].site
    people = [person for person in draft.people.values() if site in person.sites]
    stops = [stop_of(draft, person, slot) for person in people]
    reason = _counts(draft, slot, stops) if people else _NOBODY
    missing = draft.missing(slot)
    return RosterUncovered(*slot.key, missing, reason, tuple(_helps(draft, slot)))


_NOBODY = Text(zh="本场所没有登记人员", en="Nobody is registered at this site")


def stop_of(draft: Draft, person: RosterPerson, slot: Slot) -> tuple[str | None, Limit | None]:
    """Return the code of what keeps the person from the slot as well, and its limit, if any."""
    code = draft.stop(person, slot)
    if code is None or slot.day in draft.rows[person.id]:
        return code, None
    fault = fault_of_adding(person, draft.rows[person.id], slot, draft.slots.spans[person.id])
    return code, fault.limit if fault and fault.code == code else None


def _counts(draft: Draft, slot: Slot, stops: list[tuple[str | None, Limit | None]]) -> Text:
    post = draft.slots.posts[slot.post]
    counts = Counter(stops)
    parts = []
    for code in ORDER:
        for (stop, limit), number in counts.items():
            if stop == code:
                why = stop_text(code, post, limit=limit, titles=draft.slots.problem.titles)
                parts.append(Text(zh=f"{number} 人{why.zh}", en=f"{number} {why.en}"))
    if counts[None, None]:
        free = counts[None, None]
        parts.append(Text(zh=f"{free} 人可排", en=f"{free} could come"))
    told = joined(parts)
    return Text(zh=f"{len(stops)} 人中 {told.zh}。", en=f"Of {len(stops)} people: {told.en}.")


def _helps(draft: Draft, slot: Slot) -> Iterator[Text]:
    """Propose one change of each kind that, tried on this roster, lets one more person stand."""
    for code in ("no-qualification", "no-role", "wrong-site"):
        among = (one for one in draft.people.values() if _is_kept_by(draft, one, slot, code))
        fills = (
            change
            for change in changes_of_people(draft.slots.problem, slot, among, most=None)
            if _would_stand(draft, change, slot)
        )
        found = next(fills, None)
        if found is not None:
            told = found.text
            yield Text(
                zh=f"{told.zh}：可多排 1 人次",
                en=f"{told.en[0].upper()}{told.en[1:]}: fills one place",
            )


def _is_kept_by(draft: Draft, person: RosterPerson, slot: Slot, code: str) -> bool:
    """Whether the rule, and not the person's row at a glance, keeps them from the slot."""
    is_taken = slot.day in draft.rows[person.id] or draft.is_pinned(person.id, slot.day)
    return not is_taken and stopped_by(draft.slots, person, slot) == code


def _would_stand(draft: Draft, change: Change, slot: Slot) -> bool:
    changed = (one for one in change.problem.people if one is not draft.people.get(one.id))
    return any(draft.stop(one, slot) is None for one in changed)
