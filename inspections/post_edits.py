"""An edit of how many people stand the shifts of a post."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.changed_pieces import replaced, with_site
from rules.organisation.model import Organisation, Post, Site

# At least, preferred (nothing: as many), at most (nothing: as many as preferred).
ShiftFigures = tuple[int, int | None, int | None]


@dataclass(frozen=True)
class PostPeople:
    """The people of each shift of a post, by the shift's code; shifts not named stay."""

    site: str
    post: str
    figures: Mapping[str, ShiftFigures]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the figures."""

        def of_site(site: Site) -> Site:
            return site.model_copy(update={"posts": replaced(site.posts, self.post, self._edited)})

        return with_site(organisation, self.site, of_site)

    def _edited(self, post: Post) -> Post:
        names = ("minimum", "preferred", "maximum")
        shifts = tuple(
            shift.model_copy(update=dict(zip(names, self.figures[shift.code], strict=True)))
            if shift.code in self.figures
            else shift
            for shift in post.shifts
        )
        return post.model_copy(update={"shifts": shifts})
