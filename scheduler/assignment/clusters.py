"""Things that share people, and so must be planned together."""

from collections import defaultdict
from collections.abc import Iterable


def clusters(things: Iterable[str], links: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    """
    Return the things in groups that no link joins, each sorted, in the order of their first.

    A link names the things that one person serves; names that are no things are passed over.
    """
    parent = {thing: thing for thing in things}

    def root(thing: str) -> str:
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    for link in links:
        known = [thing for thing in link if thing in parent]
        for thing in known[1:]:
            parent[root(thing)] = root(known[0])
    groups: dict[str, list[str]] = defaultdict(list)
    for thing in parent:
        groups[root(thing)].append(thing)
    return sorted(tuple(sorted(group)) for group in groups.values())
