"""What the address of the register asks for."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, TypeVar

from flask import request

from inspections.queries.finding_register import (
    COLUMNS,
    DUES,
    SEVERITIES,
    SORTS,
    STATES,
    Wanted,
)
from web.authentication import site_in_scope, viewer

Choice = TypeVar("Choice", bound=str)


def wanted() -> Wanted:
    """Return the filter of the address; what it does not know counts as not asked for."""
    here, asked = viewer(), request.args
    site = asked.get("site") or None
    if site:
        site_in_scope(site)
    return Wanted(
        organisation=here.organisation,
        scope=here.sites,
        site=site,
        state=_one_of(STATES, asked.get("state"), "not-closed"),
        severity=_one_of(SEVERITIES, asked.get("severity"), "") or None,
        due=_one_of(DUES, asked.get("due"), "any"),
        owner=asked.get("owner") or None,
        rule=asked.get("rule") or None,
        text=asked.get("q", "").strip()[:100],
        sort=_one_of(SORTS, asked.get("sort"), "due"),
        falling=asked.get("order") == "falling",
    )


def in_address(asked: Wanted, **changes: Any) -> dict[str, Any]:
    """Return a filter as parts of an address, without what goes without saying."""
    new = replace(asked, **changes)
    parts = {
        "q": new.text,
        "site": new.site,
        "state": "" if new.state == "not-closed" else new.state,
        "severity": new.severity,
        "due": "" if new.due == "any" else new.due,
        "owner": new.owner,
        "rule": new.rule,
        "sort": "" if new.sort == "due" else new.sort,
        "order": "falling" if new.falling else "",
    }
    return {name: value for name, value in parts.items() if value}


def of_figure(asked: Wanted, column: str, site: str | None) -> dict[str, Any]:
    """Return the address of the list that a figure of the totals counts."""
    state, due = COLUMNS[column]
    return in_address(asked, site=site, state=state, due=due)


def _one_of(allowed: Collection[Choice], asked: str | None, otherwise: Any) -> Any:
    return asked if asked in allowed else otherwise
