"""Generated duty rosters: some can be filled, in others a contradiction is planted."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from scheduler.roster.bonds import meet
from scheduler.roster.draft import Draft
from scheduler.roster.problem import Bond, Limit
from scheduler.roster.slots import Slots
from tests.scheduler.roster.builders import (
    MONDAY,
    absence,
    at,
    person,
    post,
    problem,
    shift,
    three_shifts,
)

NAMES = "ABCDEFGHIJ"


def feasible(seed):
    """A problem whose demand is what a lawful roster, drawn at random, fills."""
    draw = Random(seed)
    days = draw.randint(3, 14)
    until = MONDAY + timedelta(days=days - 1)
    people = [_person(draw, name, until) for name in NAMES[: draw.randint(3, 10)]]
    posts = [_post(draw, number) for number in range(draw.randint(1, 2))]
    everything = problem(_daily(posts, days), people, until=until)
    slots = Slots(everything)
    draft = Draft(slots)
    for slot in draw.sample(slots.wanted, len(slots.wanted)):
        able = [one for one in people if draft.stop(one, slot) is None]
        for one in draw.sample(able, min(len(able), slot.need)):
            draft.place(one.id, slot)
    wanted = _asking_for(everything, slots, draft)
    cells = {key: cell for key, cell in draft.cells().items() if cell}
    pinned = dict(draw.sample(sorted(cells.items()), min(len(cells), draw.randint(0, 3))))
    return replace(wanted, pins=pinned, bonds=_kept_apart(draw, draft))


def contradiction(seed):
    """A problem with settled cells that break a rule of one person, and that person."""
    draw = Random(seed)
    found = feasible(seed)
    one = draw.choice(found.people)
    day = MONDAY + timedelta(days=draw.randrange((found.until - MONDAY).days))
    clear = {key: cell for key, cell in found.pins.items() if key[0] != one.id}
    extra = post("extra", shifts=three_shifts(1), days=frozenset())
    night, early = ("extra", "N"), ("extra", "D")
    pins = {**clear, (one.id, day): night, (one.id, day + timedelta(days=1)): early}
    plain = replace(one, absences=(), limits=(Limit("rest-hours", 11),))
    people = tuple(plain if each is one else each for each in found.people)
    return replace(found, posts=(*found.posts, extra), people=people, pins=pins), one.id


def overfull(seed):
    """A problem that asks for one person more than can be there on some day."""
    draw = Random(seed)
    found = feasible(seed)
    day = MONDAY + timedelta(days=draw.randrange((found.until - MONDAY).days + 1))
    able = len(found.people)
    crowd = post(
        "crowd",
        shifts=(shift("X", "06:00", "14:00", able + 1),),
        days=frozenset({day}),
        roles=(),
    )
    return replace(found, posts=(*found.posts, crowd))


def _kept_apart(draw, draft):
    """Up to two pairs of people who do not meet on any post of the draft."""
    pairs = [draw.sample(sorted(draft.rows), 2) for _ in range(draw.randint(0, 2))]
    return tuple(
        Bond("apart", (one, other))
        for one, other in pairs
        if not any(
            meet(mine, theirs)
            for mine in draft.rows[one].values()
            for theirs in draft.rows[other].values()
        )
    )


def _person(draw, name, until):
    limits = [Limit("rest-hours", draw.choice((8, 11, 12)))]
    limits += draw.sample(
        [
            Limit("week-hours", draw.choice((24, 32, 40, 48))),
            Limit("days-in-a-row", draw.randint(2, 6)),
            Limit("nights-in-a-row", draw.randint(1, 3)),
            Limit("weekly-rest", draw.randint(1, 2)),
            Limit("night-shifts", draw.randint(0, 4)),
        ],
        draw.randint(0, 4),
    )
    away = ()
    if draw.random() < 0.3:
        since = MONDAY + timedelta(days=draw.randrange((until - MONDAY).days + 1))
        span = timedelta(days=draw.randint(1, 3))
        away = (absence(at(since, "00:00"), at(since + span, "00:00")),)
    holds = ("operator",) if draw.random() < 0.7 else ()
    return person(name, limits=tuple(limits), absences=away, holds=holds)


def _post(draw, number):
    held = ("operator",) if draw.random() < 0.5 else ()
    shifts = three_shifts(draw.randint(1, 2))
    name = f"post{number}"
    return post(name, shifts=shifts, qualifications=held, priority=draw.randrange(3))


def _daily(posts, days):
    """One post for each day of each, so that demand can differ from day to day."""
    return [
        replace(one, id=f"{one.id}-{day}", days=frozenset({MONDAY + timedelta(days=day)}))
        for one in posts
        for day in range(days)
    ]


def _asking_for(found, slots, draft):
    """Ask on each shift for those whom the draft has there, and for nobody where it has none."""
    stood = {slot.key: slot.need - draft.missing(slot) for slot in slots.wanted}
    posts = []
    for one in found.posts:
        (day,) = one.days
        shifts = tuple(
            replace(each, minimum=stood[one.id, day, each.code])
            for each in one.shifts
            if stood[one.id, day, each.code]
        )
        if shifts:
            posts.append(replace(one, shifts=shifts))
    return replace(found, posts=tuple(posts))
