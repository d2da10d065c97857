"""Truths about posts as their page shows them, in the language of the viewer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from inspections.person_titles import person_titles
from inspections.post_names import post_names
from inspections.staffing import Truths
from rules.organisation.model import Organisation
from scheduler.roster.problem import Cell
from scheduler.staffing.posts.expiring import PostExpiry
from scheduler.staffing.posts.falls import Places
from scheduler.staffing.posts.points import PostAway
from scheduler.staffing.posts.truths import PostGroup, PostTruths
from scheduler.whatif.load import A_WEEK
from web.preferences import words

WHENS = ("day", "week", "always")
_HOUR = 60


@dataclass(frozen=True)
class GroupRow:
    """
    Posts that share people.

    Attributes:
        places: A week; a shift for two people has two.
        staff: People of the least staff who stand there.
    """

    names: str
    places: float
    hours: float
    able: int
    staff: int
    empty: Places


@dataclass(frozen=True)
class PostAwayRow:
    """A person with the places that stay empty while they are away."""

    name: str
    posts: str
    whens: Mapping[str, PostAway]


@dataclass(frozen=True)
class PostExpiryRow:
    """A certificate that ends."""

    name: str
    certificate: str
    until: date
    posts: str
    left: str
    places: int
    alone: Places
    together: Places


class PostsShown:
    """Rows of the page."""

    def __init__(self, truths: Truths, posts: PostTruths, organisation: Organisation) -> None:
        self._least = truths.least
        self._posts = posts
        self._people = {person.id: person.name for person in organisation.people}
        self._names = post_names(organisation)
        self._shifts = {
            (post.id, shift.code): shift.name
            for site in organisation.sites
            for post in site.posts
            for shift in post.shifts
        }
        days = (truths.question.until - truths.question.since).days + 1
        self._weeks = max(days / A_WEEK, 1.0)

    @property
    def groups(self) -> list[GroupRow]:
        """Groups of posts, those with empty places first."""
        rows = [self._group(each) for each in self._posts.groups]
        return sorted(rows, key=lambda row: -row.empty.at_most)

    @property
    def places(self) -> int:
        """How many places there are on all days."""
        return sum(each.places for each in self._posts.groups)

    @property
    def away(self) -> list[PostAwayRow]:
        """Everybody whose absence may leave places empty, the gravest first."""
        found: dict[str, dict[str, PostAway]] = {}
        for each in self._posts.away:
            found.setdefault(each.person, {})[each.when] = each
        return [
            PostAwayRow(words(self._people[key]), self._at(whens["always"].posts), whens)
            for key, whens in found.items()
        ]

    @property
    def expiring(self) -> list[PostExpiryRow]:
        """Certificates that end, in the order of their ends."""
        return [self._expiry(each) for each in self._posts.expiring]

    @property
    def closed(self) -> list[str]:
        """Shifts that nobody may stand for their length."""
        return [self._shift(cell) for cell in self._least.closed]

    @property
    def gaps(self) -> list[str]:
        """Where a rule wants people and no shift is."""
        return [words(text) for text in self._least.gaps]

    @property
    def left(self) -> int:
        """Places that even everybody with all the hires leaves empty in the best roster found."""
        return sum(each.missing for each in self._least.roster.uncovered)

    def _group(self, each: PostGroup) -> GroupRow:
        cells = self._least.roster.cells.items()
        staff = {person for (person, _day), cell in cells if cell and cell[0] in each.posts}
        return GroupRow(
            self._at(each.posts),
            each.places / self._weeks,
            each.minutes / _HOUR / self._weeks,
            len(each.able),
            len(staff),
            each.empty,
        )

    def _expiry(self, each: PostExpiry) -> PostExpiryRow:
        titles = person_titles().certificates
        return PostExpiryRow(
            words(self._people[each.person]),
            words(titles[each.kind]) if each.kind in titles else each.kind,
            each.until,
            self._at(each.posts),
            str(_(", ")).join(words(self._people[person]) for person in each.left),
            each.places,
            each.alone,
            each.together,
        )

    def _at(self, posts: Iterable[str]) -> str:
        return str(_(", ")).join(words(self._names[post]) for post in posts)

    def _shift(self, cell: Cell) -> str:
        return f"{words(self._names[cell[0]])} · {words(self._shifts[cell])}"
