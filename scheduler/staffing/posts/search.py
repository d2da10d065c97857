"""What a search for the least staff asks about the posts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rules.text import Text
from scheduler.roster.gaps import gaps
from scheduler.roster.groups import groups_of
from scheduler.roster.problem import Cell, RosterPerson, RosterPost, RosterProblem
from scheduler.staffing.model import Master
from scheduler.staffing.posts.blocks import Blocks
from scheduler.staffing.posts.candidates import as_roster_people, impossible
from scheduler.staffing.posts.filled import NOTHING_TO_FILL, Filled, filled
from scheduler.staffing.problem import Candidate


@dataclass
class PostSearch:
    """
    The posts of one group of sites; without any, everybody is enough.

    Attributes:
        closed: Shifts that nobody could stand, there or hired; nobody is asked for them.
    """

    posts: RosterProblem | None
    seed: int
    closed: tuple[Cell, ...] = ()
    _people: dict[str, RosterPerson] = field(default_factory=dict)
    _blocks: Blocks | None = None
    _known: dict[frozenset[str], Filled] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.posts is not None:
            self.closed = impossible(self.posts)
            self.posts = replace(self.posts, posts=tuple(map(self._open, self.posts.posts)))

    def know(self, candidates: Iterable[Candidate]) -> None:
        """Take note of everybody who could be on the staff."""
        if self.posts is None:
            return
        found = as_roster_people(self.posts, candidates)
        self._people = {person.id: person for person in found}
        self._blocks = Blocks(replace(self.posts, people=found))
        self._known.clear()

    def fill(self, staff: Sequence[Candidate], ends: float) -> Filled:
        """Return the best roster found with nobody but *staff*."""
        if self.posts is None:
            return NOTHING_TO_FILL
        able = self._blocks.able if self._blocks else {}
        ids = frozenset(each.worker.id for each in staff if able.get(each.worker.id))
        if ids not in self._known:
            people = [self._people[id_] for id_ in sorted(ids)]
            self._known[ids] = filled(self.posts, people, ends=ends, seed=self.seed)
        return self._known[ids]

    def ask(self, master: Master) -> None:
        """Tell the solver of every run of days."""
        for block in self._blocks.all() if self._blocks else ():
            master.add_block(block)

    def refuse(self, master: Master, staff: frozenset[str], found: Filled) -> None:
        """Tell the solver that a staff is proved to be too small for posts with empty places."""
        if self.posts is None or self._blocks is None:
            return
        empty = {each.post for each in found.roster.uncovered}
        for group in groups_of(replace(self.posts, people=tuple(self._people.values()))):
            if not empty.isdisjoint(group):
                master.ask_for_more(self._blocks.alike(group), staff)

    def short(self, found: Filled) -> tuple[RosterPost, ...]:
        """Return the posts that have empty places in what was found."""
        names = {each.post for each in found.roster.uncovered}
        return tuple(post for post in self._every() if post.id in names)

    def could(self, found: Filled) -> Counter[str]:
        """Return for everybody how many of the shifts with empty places they could stand."""
        empty = {(each.post, each.day, each.shift) for each in found.roster.uncovered}
        able = self._blocks.able if self._blocks else {}
        counts = {id_: sum(slot.key in empty for slot in mine) for id_, mine in able.items()}
        return Counter({id_: count for id_, count in counts.items() if count})

    def asked(self) -> set[tuple[str, str]]:
        """Return the certificates that the posts ask for, with the site of each."""
        return {(post.site, kind) for post in self._every() for kind in post.qualifications}

    def gaps(self, found: Filled) -> tuple[Text, ...]:
        """Return where a rule's cover ends between the shifts, whoever stands them."""
        if self.posts is None or found.empty:
            return ()
        people = tuple(self._people[id_] for id_ in sorted({id_ for id_, _ in found.roster.cells}))
        problem = replace(self.posts, people=people)
        return tuple(gap.text for gap in gaps(problem, found.roster))

    def _every(self) -> tuple[RosterPost, ...]:
        return () if self.posts is None else self.posts.posts

    def _open(self, post: RosterPost) -> RosterPost:
        shifts = (each for each in post.shifts if (post.id, each.code) not in self.closed)
        return replace(post, shifts=tuple(shifts))
