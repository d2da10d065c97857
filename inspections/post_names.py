"""What posts of an organisation are called where people read of several sites at once."""

from inspections.rounds.names import joined
from rules.organisation.model import Organisation
from rules.text import Text


def post_names(organisation: Organisation) -> dict[str, Text]:
    """Return the name of every post by its id, behind that of its site where there are several."""
    several = len(organisation.sites) > 1
    return {
        post.id: joined(site.name, post.name) if several else post.name
        for site in organisation.sites
        for post in site.posts
    }
