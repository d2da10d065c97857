"""Truths about posts as tables."""

from collections.abc import Iterable, Sequence

import click

from inspections.person_titles import person_titles
from inspections.post_names import post_names
from inspections.staffing import Truths
from rules.organisation.model import Organisation
from rules.text import Text
from scheduler.roster.problem import Cell
from scheduler.staffing.posts.points import When
from scheduler.staffing.posts.truths import PostTruths
from web.cli.output import print_table, say

_MOST_ROWS = 40
_WHEN: dict[When, Text] = {
    "day": Text(zh="一天", en="one day"),
    "week": Text(zh="整周", en="a whole week"),
    "always": Text(zh="整个期间", en="all the time"),
}
_POSTS = Text(zh="岗位", en="Posts")
_PERSON = Text(zh="人员", en="Person")


class PostTables:
    """Tables of the posts of one organisation."""

    def __init__(self, truths: Truths, posts: PostTruths, organisation: Organisation) -> None:
        self._least, self._posts = truths.least, posts
        self._people = {person.id: say(person.name) for person in organisation.people}
        every = [post for site in organisation.sites for post in site.posts]
        self._names = {id_: say(name) for id_, name in post_names(organisation).items()}
        self._shifts = {(p.id, shift.code): say(shift.name) for p in every for shift in p.shifts}

    def print(self) -> None:
        """Print what stays empty, whom posts hang on, and which of their certificates end."""
        self._groups()
        self._whoever_stands()
        self._away()
        self._expiring()

    def _groups(self) -> None:
        columns = (
            _POSTS,
            Text(zh="班位", en="Places"),
            Text(zh="可上岗人数", en="May stand"),
            Text(zh="最少人员中上岗", en="On the least staff"),
            Text(zh="全员在岗仍空缺", en="Empty with everybody"),
        )
        rows = [
            (
                self._at(each.posts),
                str(each.places),
                str(len(each.able)),
                str(self._standing(each.posts)),
                str(each.empty),
            )
            for each in self._posts.groups
        ]
        limited_table(Text(zh="要排班的岗位", en="Posts on rosters"), columns, rows)

    def _whoever_stands(self) -> None:
        """Tell what no staff mends: shifts that are too long, and spans between shifts."""
        columns = (Text(zh="谁都补不上", en="Whoever stands"),)
        long = say(Text(zh="超过工时或休息限制", en="longer than hours and rest allow"))
        rows = [(f"{self._shift(cell)}: {long}",) for cell in self._least.closed]
        rows += [(say(text),) for text in self._least.gaps]
        limited_table(Text(zh="岗位缺口", en="Gaps at posts"), columns, rows)

    def _away(self) -> None:
        columns = (
            _PERSON,
            _POSTS,
            Text(zh="缺勤", en="Away"),
            Text(zh="从哪天起", en="From"),
            Text(zh="空缺班位", en="Places empty"),
        )
        rows = [
            (
                self._people[each.person],
                self._at(each.posts),
                say(_WHEN[each.when]),
                each.since.isoformat(),
                str(each.empty),
            )
            for each in self._posts.away
        ]
        title = Text(zh="少了谁，哪些岗位空缺", en="Whose absence leaves posts empty")
        limited_table(title, columns, rows)

    def _expiring(self) -> None:
        columns = (
            _PERSON,
            Text(zh="证书", en="Certificate"),
            Text(zh="有效至", en="Until"),
            _POSTS,
            Text(zh="其余持证", en="Others hold it"),
            Text(zh="此后班位", en="Places after"),
            Text(zh="单独空缺", en="Empty alone"),
            Text(zh="同类都不换则空缺", en="Empty together"),
        )
        titles = person_titles().certificates
        rows = [
            (
                self._people[each.person],
                say(titles[each.kind]) if each.kind in titles else each.kind,
                each.until.isoformat(),
                self._at(each.posts),
                str(len(each.left)),
                str(each.places),
                str(each.alone),
                str(each.together),
            )
            for each in self._posts.expiring
        ]
        title = Text(zh="岗位所需、期内到期的证书", en="Certificates of the posts that end")
        limited_table(title, columns, rows)

    def _standing(self, posts: Iterable[str]) -> int:
        cells = self._least.roster.cells.items()
        return len({person for (person, _), cell in cells if cell and cell[0] in posts})

    def _at(self, posts: Iterable[str]) -> str:
        return say(Text(zh="、", en=", ")).join(self._names[post] for post in posts)

    def _shift(self, cell: Cell) -> str:
        return f"{self._names[cell[0]]} {self._shifts[cell]}"


def limited_table(title: Text, columns: Iterable[Text], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a table where it has rows; of very many the first ones, and how many there are more."""
    if not rows:
        return
    print_table(say(title), [say(column) for column in columns], rows[:_MOST_ROWS])
    more = len(rows) - _MOST_ROWS
    if more > 0:
        click.echo(
            say(Text(zh=f"另有 {more} 行，见 --json。", en=f"{more} more rows; see --json."))
        )
