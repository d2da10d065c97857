"""Why a shift lacks people, and what would fill it: in plain words, from the finished roster."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from rules.organisation.model import Certificate
from rules.text import Text
from scheduler.assignment.wording import joined, titled
from scheduler.roster.draft import Draft
from scheduler.roster.problem import Limit, RosterPerson, RosterUncovered
from scheduler.roster.rows import fault_of_adding
from scheduler.roster.slots import Slot, Slots
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
    stops = [_stop(draft, person, slot) for person in people]
    reason = _counts(draft, slot, stops) if people else _NOBODY
    missing = draft.missing(slot)
    return RosterUncovered(*slot.key, missing, reason, tuple(_helps(draft, slot)))


_NOBODY = Text(zh="本场所没有登记人员", en="Nobody is registered at this site")


def _stop(draft: Draft, person: RosterPerson, slot: Slot) -> tuple[str | None, Limit | None]:
    code = draft.stop(person, slot)
    if code is None or slot.day in draft.rows[person.id]:
        return code, None
    fault = fault_of_adding(person, draft.rows[person.id], slot)
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
    post = draft.slots.posts[slot.post]
    titles = draft.slots.problem.titles
    certified = _first(draft, slot, "no-qualification", _certified(draft, slot))
    if certified:
        held = titled(post.qualifications, titles.certificates)
        yield Text(
            zh=f"为{certified.name.zh}取得“{held.zh}”",
            en=f"A {held.en} for {certified.name.en} would fill one place",
        )
    appointed = _first(draft, slot, "no-role", lambda one: replace(one, roles=post.roles))
    if appointed:
        role = titled(post.roles, titles.roles, any_of=True)
        yield Text(
            zh=f"让{appointed.name.zh}兼任“{role.zh}”",
            en=f"Giving {appointed.name.en} the role {role.en} would fill one place",
        )
    borrowed = _first(draft, slot, "wrong-site", lambda one: replace(one, sites=(post.site,)))
    if borrowed:
        yield Text(
            zh=f"从其他场所借调{borrowed.name.zh}",
            en=f"Borrowing {borrowed.name.en} from another site would fill one place",
        )


def _certified(draft: Draft, slot: Slot) -> Callable[[RosterPerson], RosterPerson]:
    kinds = draft.slots.posts[slot.post].qualifications

    def certified(person: RosterPerson) -> RosterPerson:
        granted = (Certificate.model_validate({"kind": kind, "from": slot.day}) for kind in kinds)
        return replace(person, qualifications=(*person.qualifications, *granted))

    return certified


def _first(
    draft: Draft, slot: Slot, code: str, changed: Callable[[RosterPerson], RosterPerson]
) -> RosterPerson | None:
    for person in draft.people.values():
        if draft.stop(person, slot) == code and draft.stop(changed(person), slot) is None:
            return person
    return None
