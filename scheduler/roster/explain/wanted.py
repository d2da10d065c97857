"""What somebody wishes of a day of the roster, and who binds them, in sentences."""

from collections.abc import Iterator
from datetime import date

from rules.text import Text
from scheduler.roster.explain.sentences import bond_text
from scheduler.roster.problem import Cells, RosterProblem, Wish


def wanted_lines(problem: RosterProblem, cells: Cells, person: str, day: date) -> Iterator[Text]:
    """Yield the wishes of one person for one day, and the bonds that hold on it."""
    name = next(one.name for one in problem.people if one.id == person)
    for wish in problem.wishes:
        if (wish.person, wish.day) == (person, day):
            met = wish.is_met_by(cells.get((person, day)))
            what = _what(problem, wish)
            end = _MET if met else _UNMET
            yield Text(
                zh=f"{name.zh}{what.zh}：{end.zh}",
                en=f"{name.en} {what.en}: {end.en}",
            )
    for bond in problem.bonds:
        if person in bond.people and bond.holds_on(day):
            told = bond_text(problem, bond)
            yield Text(zh=f"{told.zh}。", en=f"{told.en}.")


def _what(problem: RosterProblem, wish: Wish) -> Text:
    if wish.cell is None:
        return Text(zh="希望当天休息", en="would like the day off")
    post = next(one for one in problem.posts if one.id == wish.cell[0])
    shift = next(one.name for one in post.shifts if one.code == wish.cell[1])
    if wish.unwanted:
        zh, en = "当天不想值", "would rather not stand"
    else:
        zh, en = "当天想值", "would like to stand"
    return Text(zh=f"{zh}“{post.name.zh}”{shift.zh}", en=f"{en} {post.name.en}, {shift.en}")


_MET = Text(zh="已满足。", en="granted.")
_UNMET = Text(
    zh="未满足；岗位有人、少改动、分担均匀先于意愿。",
    en="not granted; cover, few changes and even shares come before wishes.",
)
