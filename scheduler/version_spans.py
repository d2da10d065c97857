"""The versions of a rule with the days of a horizon in which each is in force."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from rules.pack import Rule, RuleVersion

ONE_DAY = timedelta(days=1)


class VersionSpan(NamedTuple):
    """A version from `since` to `until`, both included."""

    version: RuleVersion
    since: date
    until: date


def version_spans(rule: Rule, since: date, until: date) -> Iterator[VersionSpan]:
    """Yield the versions of *rule* in force between two days, both included, in order."""
    versions = sorted(rule.versions, key=lambda version: version.since)
    begun = rule.effective.on or date.min
    for version, following in zip(versions, [*versions[1:], None], strict=True):
        last = min(until, version.until or until)
        if following is not None:
            last = min(last, following.since - ONE_DAY)
        first = max(since, version.since, begun)
        if first <= last:
            yield VersionSpan(version, first, last)
