"""Why somebody stands a shift, and who else could, in sentences of both languages."""

from collections.abc import Iterator

from rules.text import Text
from scheduler.day_names import day_with_weekday
from scheduler.roster.explain.cell import Place
from scheduler.roster.explain.sentences import names_of
from scheduler.roster.problem import RosterProblem


def cell_lines(problem: RosterProblem, person: str, place: Place | None) -> Iterator[Text]:
    """Yield what is to be said of one person's day; nothing for a place is a day off."""
    people = {one.id: one for one in problem.people}
    name = people[person].name
    if place is None:
        yield Text(zh=f"{name.zh}当天休息。", en=f"{name.en} has that day off.")
        return
    post = next(one for one in problem.posts if one.id == place.slot.post)
    shift = next(one.name for one in post.shifts if one.code == place.slot.shift)
    day = day_with_weekday(place.slot.day)
    yield Text(
        zh=f"{day.zh} {name.zh}：“{post.name.zh}”{shift.zh}。",
        en=f"{day.en}, {name.en}: {post.name.en}, {shift.en}.",
    )
    yield _need(problem, place, name)
    for one in place.others:
        other = people[one.person].name
        if one.how == "free":
            yield Text(zh=f"  {other.zh}：可以替。", en=f"  {other.en} could stand it.")
        elif one.how == "swap":
            yield Text(
                zh=f"  {other.zh}：两人当天互换班次即可。",
                en=f"  {other.en} could, if the two exchange shifts that day.",
            )
        elif one.why is not None:
            yield Text(zh=f"  {other.zh}：不行，{one.why.zh}。", en=f"  {other.en}: {one.why.en}.")


def _need(problem: RosterProblem, place: Place, name: Text) -> Text:
    """Say what would be without the person, as a roster made anew shows it."""
    if place.empty > 0:
        return Text(
            zh=f"{name.zh}不在，就缺 {place.empty} 人次：逐步调班也补不上。",
            en=f"Without {name.en} {place.empty} place(s) would be empty, whoever is moved.",
        )
    changed = [one for one in problem.people if one.id in place.changed]
    if not changed:
        return Text(
            zh=f"{name.zh}不在也不缺人：该班达到最少人数，只是少于期望。",
            en=f"Without {name.en} nobody is missing: the shift keeps its minimum, not what is "
            "preferred.",
        )
    who = names_of(changed)
    return Text(
        zh=f"{name.zh}不在也能补上，要改 {len(changed)} 人的班：{who.zh}。",
        en=f"Without {name.en} the place can be filled; {len(changed)} would change: {who.en}.",
    )
