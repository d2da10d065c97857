"""What people could change so that fewer places stay empty, the least trouble first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, islice

from rules.organisation.model import Certificate
from rules.text import Text
from scheduler.assignment.wording import titled
from scheduler.day_names import day_with_weekday, short_day
from scheduler.roster.draft import Draft
from scheduler.roster.explain.blocks import static_blocks
from scheduler.roster.explain.conditions import Condition, without
from scheduler.roster.explain.sentences import condition_text, limit_rule
from scheduler.roster.problem import Absence, Limit, RosterPerson, RosterPost, RosterProblem
from scheduler.roster.slots import Slot, Slots

# How much trouble a change is: of two that do the same, the lesser is named first.
MOVE, RELEASE, RENEW, ASK, LEND, APPOINT, CERTIFY, LOOSEN, HIRE, FEWER = range(10)
_LAW = 0
_SEVERAL = 2
# One step of a figure that the house set itself; a figure of a law is nobody's to change.
_STEPS = {
    "rest-hours": -3.0,
    "day-hours": 4.0,
    "week-hours": 8.0,
    "week-hours-average": 4.0,
    "weekly-rest": -1.0,
    "weekly-rest-hours": -11.0,
    "days-in-a-row": 1.0,
    "nights-in-a-row": 1.0,
    "night-shifts": 1.0,
}
_FARTHEST_MOVE = 7
_LONGEST_MOVED = timedelta(days=2)
# Of each kind of change a few people are tried, not everybody.
_FEW = 2
# Of a conflict any one absence or settled cell is enough: not all of many need be tried.
_FEW_MOVED, _FEW_FREED = 3, 8
# The least that does what it does is kept.
_LOOSENINGS = (1, 2, 4)


@dataclass(frozen=True)
class Change:
    """
    Something that could be otherwise.

    Attributes:
        problem: As it would be then.
        trouble: How much of it there is in the change, from MOVE to FEWER.
        about: The same for changes of which one is enough, as the days that a course may move to.
    """

    text: Text
    problem: RosterProblem
    trouble: int
    about: str


def changes_of(problem: RosterProblem, conditions: Iterable[Condition]) -> Iterator[Change]:
    """Yield what could be changed about conditions that stand in the way."""
    conditions = list(conditions)
    absences = [each for each in conditions if each.kind == "absence"]
    for each in absences[:_FEW_MOVED]:
        yield from _moves(problem, each)
    facts = [each for each in conditions if each.kind in {"absence", "pin", "blocked"}]
    for each in facts[:_FEW_FREED]:
        yield _without(problem, each)
    for each in conditions:
        if each.kind == "bond":
            yield _unbound(problem, each)
    yield from _looser(problem, [each for each in conditions if each.kind == "limit"])


def changes_of_people(
    problem: RosterProblem,
    slot: Slot,
    among: Iterable[RosterPerson],
    *,
    most: int | None = _FEW,
) -> Iterator[Change]:
    """
    Yield what would let one more of these people stand the slot, whatever else they stand.

    Args:
        problem: With these people.
        slot: Of the problem.
        among: In the order in which they are tried.
        most: So many people for each kind of change; everybody where nothing is said.
    """
    slots = Slots(problem)
    post = slots.posts[slot.post]
    seen: Counter[int] = Counter()
    for person in among:
        change = _fitting(slots, person, post, slot)
        if change is not None:
            seen[change.trouble] += 1
            if most is None or seen[change.trouble] <= most:
                yield change


def _moves(problem: RosterProblem, condition: Condition) -> Iterator[Change]:
    """Move a short absence, for example a course or a drill, to another day of the roster."""
    person = _person(problem, condition.owner)
    number = int(condition.name)
    span = person.absences[number]
    if span.until - span.since > _LONGEST_MOVED:
        return
    for days in sorted(range(-_FARTHEST_MOVE, _FARTHEST_MOVE + 1), key=abs):
        moved = replace(
            span, since=span.since + timedelta(days), until=span.until + timedelta(days)
        )
        if days and _is_inside(problem, moved):
            absences = (*person.absences[:number], moved, *person.absences[number + 1 :])
            was, to = (day_with_weekday(each.since.date()) for each in (span, moved))
            text = Text(
                zh=f"把{person.name.zh}的“{span.reason.zh}”从{was.zh}改到{to.zh}",
                en=f"move “{span.reason.en}” of {person.name.en} from {was.en} to {to.en}",
            )
            yield Change(
                text, _with(problem, replace(person, absences=absences)), MOVE, repr(condition)
            )


def _is_inside(problem: RosterProblem, span: Absence) -> bool:
    last = (span.until - timedelta(minutes=1)).date()
    return problem.since <= span.since.date() and last <= problem.until


def _without(problem: RosterProblem, condition: Condition) -> Change:
    told = condition_text(problem, condition)
    if condition.kind == "pin":
        text = Text(zh=f"允许改动：{told.zh}", en=f"let this be changed: {told.en}")
        return Change(text, without(problem, [condition]), RELEASE, text.en)
    text = Text(zh=f"请其到岗：{told.zh}", en=f"ask them to come in: {told.en}")
    return Change(text, without(problem, [condition]), ASK, text.en)


def _unbound(problem: RosterProblem, condition: Condition) -> Change:
    told = condition_text(problem, condition)
    text = Text(zh=f"取消：{told.zh}", en=f"no longer ask that {told.en}")
    return Change(text, without(problem, [condition]), LOOSEN, text.en)


def handed_over(problem: RosterProblem, cell: tuple[str, date], slot: Slot) -> Iterator[Change]:
    """Yield the changes that settle the slot for somebody else who is free for it."""
    draft = Draft(Slots(problem))
    able = (one for one in problem.people if draft.stop(one, slot) is None)
    for person in islice(able, _FEW):
        pins = {key: settled for key, settled in problem.pins.items() if key != cell}
        pins[person.id, slot.day] = (slot.post, slot.shift)
        told = condition_text(problem, Condition("pin", cell[0], day=slot.day))
        text = Text(
            zh=f"改由{person.name.zh}上：{told.zh}",
            en=f"let {person.name.en} stand it instead: {told.en}",
        )
        yield Change(text, replace(problem, pins=pins), RELEASE, text.en)


def _fitting(slots: Slots, person: RosterPerson, post: RosterPost, slot: Slot) -> Change | None:
    """Renew or grant a certificate, give a role, or borrow from a site, if that is all it takes."""
    problem, blocks = slots.problem, static_blocks(slots, person, slot)
    if post.site not in person.sites:
        lent = replace(person, sites=(*person.sites, post.site))
        return _lend(problem, lent) if static_blocks(slots, lent, slot).is_free else None
    kinds = {each.kind for each in blocks.conditions}
    if blocks.is_fixed or kinds not in ({"qualification"}, {"role"}):
        return None
    if kinds == {"role"}:
        return _appoint(problem, person, post)
    return _certify(problem, person, post, {each.name for each in blocks.conditions})


def _lend(problem: RosterProblem, lent: RosterPerson) -> Change:
    name = lent.name
    text = Text(zh=f"从其他场所借调{name.zh}", en=f"borrow {name.en} from another site")
    return Change(text, _with(problem, lent), LEND, text.en)


def _appoint(problem: RosterProblem, person: RosterPerson, post: RosterPost) -> Change:
    role = titled(post.roles, problem.titles.roles, any_of=True)
    text = Text(
        zh=f"让{person.name.zh}兼任“{role.zh}”", en=f"give {person.name.en} the role {role.en}"
    )
    roles = (*person.roles, *post.roles)
    return Change(text, _with(problem, replace(person, roles=roles)), APPOINT, text.en)


def _certify(
    problem: RosterProblem, person: RosterPerson, post: RosterPost, kinds: set[str]
) -> Change:
    """Renew what ends; where the person never held it, they would have to earn it."""
    lapsing = [one for one in person.qualifications if one.kind in kinds]
    named = [kind for kind in post.qualifications if kind in kinds]
    title = titled(named, problem.titles.certificates)
    granted = tuple(_certificate(kind, problem) for kind in named)
    changed = replace(person, qualifications=(*person.qualifications, *granted))
    ends = [one.until for one in lapsing if one.until is not None]
    if ends:
        until = short_day(max(ends))
        text = Text(
            zh=f"为{person.name.zh}续办{until.zh}到期的“{title.zh}”",
            en=f"renew the {title.en} of {person.name.en}, which ends on {until.en}",
        )
        return Change(text, _with(problem, changed), RENEW, text.en)
    text = Text(zh=f"让{person.name.zh}取得“{title.zh}”", en=f"get {person.name.en} a {title.en}")
    return Change(text, _with(problem, changed), CERTIFY, text.en)


def _certificate(kind: str, problem: RosterProblem) -> Certificate:
    return Certificate.model_validate({"kind": kind, "from": problem.since})


def _looser(problem: RosterProblem, limits: list[Condition]) -> Iterator[Change]:
    """Loosen a figure of the house by some steps, for one person and for all whom it stops."""
    for name in dict.fromkeys(each.name for each in limits):
        people = [_person(problem, each.owner) for each in limits if each.name == name]
        ours = [one for one in people if _limit(one, name).clause is None]
        for some in [ours[:1], ours] if len(ours) > 1 else [ours]:
            if some:
                yield from (_loosened(problem, some, name, steps) for steps in _LOOSENINGS)


def _loosened(problem: RosterProblem, people: list[RosterPerson], name: str, steps: int) -> Change:
    changed = problem
    for person in people:
        limit = _limit(person, name)
        looser = replace(limit, value=max(0.0, limit.value + steps * _STEPS[name]))
        limits = tuple(looser if one is limit else one for one in person.limits)
        changed = _with(changed, replace(person, limits=limits))
    told = limit_rule(looser)
    who = _who(people)
    text = Text(
        zh=f"把{who.zh}的本单位规定放宽为：{told.zh}",
        en=f"loosen the house rule for {who.en}: {told.en}",
    )
    return Change(text, changed, LOOSEN, f"{name} of {who.en}")


def _who(people: list[RosterPerson]) -> Text:
    if len(people) == 1:
        return people[0].name
    return Text(zh=f"这 {len(people)} 人", en=f"these {len(people)} people")


def hire(problem: RosterProblem, post: RosterPost, number: int) -> Change:
    """Return the change that adds people who fit and keep the limits that most people keep."""
    limits = [person.limits for person in problem.people]
    usual = max(limits, key=limits.count, default=())
    held = tuple(_certificate(kind, problem) for kind in post.qualifications)
    name = Text(zh="新增人员", en="somebody new")
    known = {person.id for person in problem.people}
    free = (f"more-{n}" for n in count(1) if f"more-{n}" not in known)
    hired = (
        RosterPerson(one, name, (post.site,), roles=post.roles, qualifications=held, limits=usual)
        for one in islice(free, number)
    )
    text = Text(
        zh=f"为“{post.name.zh}”增加 {number} 名符合条件的人员",
        en=f"add {number} more qualified people for {post.name.en}"
        if number > 1
        else f"add one more qualified person for {post.name.en}",
    )
    return Change(text, replace(problem, people=(*problem.people, *hired)), HIRE, text.en)


def ask_fewer(problem: RosterProblem, slot: Slot) -> Change | None:
    """Return the change that asks one person fewer of a shift; never of what a law demands."""
    post = next(one for one in problem.posts if one.id == slot.post)
    shift = next(one for one in post.shifts if one.code == slot.shift)
    if post.priority == _LAW or shift.minimum < _SEVERAL:
        return None
    fewer = replace(shift, minimum=shift.minimum - 1)
    shifts = tuple(fewer if one is shift else one for one in post.shifts)
    posts = (replace(post, shifts=shifts) if one is post else one for one in problem.posts)
    text = Text(
        zh=f"“{post.name.zh}”{shift.name.zh}改为每班 {fewer.minimum} 人",
        en=f"ask for {fewer.minimum} on {post.name.en}, {shift.name.en}",
    )
    return Change(text, replace(problem, posts=tuple(posts)), FEWER, text.en)


def _limit(person: RosterPerson, name: str) -> Limit:
    return next(one for one in person.limits if one.name == name)


def _person(problem: RosterProblem, identity: str) -> RosterPerson:
    return next(one for one in problem.people if one.id == identity)


def _with(problem: RosterProblem, changed: RosterPerson) -> RosterProblem:
    people = (changed if one.id == changed.id else one for one in problem.people)
    return replace(problem, people=tuple(people))
