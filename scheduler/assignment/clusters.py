"""Sites that share people, and so must be planned together."""

from collections import defaultdict
from collections.abc import Iterable

from scheduler.assignment.problem import Worker


def clusters(sites: Iterable[str], workers: Iterable[Worker]) -> list[tuple[str, ...]]:
    """Return the sites in groups that no person links, each sorted, in the order of their first."""
    parent = {site: site for site in sites}

    def root(site: str) -> str:
        while parent[site] != site:
            parent[site] = parent[parent[site]]
            site = parent[site]
        return site

    for worker in workers:
        linked = [site for site in worker.sites if site in parent]
        for site in linked[1:]:
            parent[root(site)] = root(linked[0])
    groups: dict[str, list[str]] = defaultdict(list)
    for site in parent:
        groups[root(site)].append(site)
    return sorted(tuple(sorted(group)) for group in groups.values())
