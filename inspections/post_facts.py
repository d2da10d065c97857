"""An edit of the facts of a post."""

from dataclasses import dataclass

from inspections.edits import Facts
from inspections.errors import NotFound
from rules.organisation.model import Organisation, Post, Site
from rules.text import Text


@dataclass(frozen=True)
class PostFacts:
    """New values of some facts of a post; a value of None makes the fact unknown again."""

    site: str
    post: str
    facts: Facts

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the facts."""
        sites = tuple(
            self._in_site(site) if site.id == self.site else site for site in organisation.sites
        )
        return organisation.model_copy(update={"sites": sites})

    def _in_site(self, site: Site) -> Site:
        if all(post.id != self.post for post in site.posts):
            raise NotFound(Text(zh="岗位", en="post"), self.post)
        posts = tuple(self._changed(post) if post.id == self.post else post for post in site.posts)
        return site.model_copy(update={"posts": posts})

    def _changed(self, post: Post) -> Post:
        merged = {**post.facts, **self.facts}
        known = {name: value for name, value in merged.items() if value is not None}
        return post.model_copy(update={"facts": known})
