"""Which post a file means by a name."""

from dataclasses import dataclass

from rules.organisation.model import Organisation
from rules.text import Text


@dataclass(frozen=True)
class KnownPosts:
    """
    The posts that a file may name.

    Attributes:
        posts: By id of site and post, the names of site and post.
    """

    posts: dict[tuple[str, str], tuple[Text, Text]]

    def find(self, post: str, site: str = "") -> list[tuple[str, str]]:
        """Return the posts that are called *post*, at the site called *site* where one is named."""
        return [
            key
            for key, (site_name, post_name) in self.posts.items()
            if _called(post, key[1], post_name) and (not site or _called(site, key[0], site_name))
        ]

    def listed(self) -> Text:
        """Return the first posts in words, as a remedy."""
        named = [f"{post[1]}（{names[1].zh}）" for post, names in list(self.posts.items())[:12]]
        english = [f"{post[1]} ({names[1].en})" for post, names in list(self.posts.items())[:12]]
        more = "…" if len(self.posts) > 12 else ""
        return Text(
            zh=f"可用：{'、'.join(named) or '无'}{more}。",
            en=f"Known: {', '.join(english) or 'none'}{more}.",
        )


def known_posts(organisation: Organisation, sites: tuple[str, ...]) -> KnownPosts:
    """Return the posts of *sites*."""
    return KnownPosts(
        {
            (site.id, post.id): (site.name, post.name)
            for site in organisation.sites
            if site.id in sites
            for post in site.posts
        }
    )


def _called(word: str, key: str, name: Text) -> bool:
    return word.strip().lower() in {key.lower(), name.zh.lower(), name.en.lower()}
