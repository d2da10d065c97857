"""Occurrences of a lower rule that one of a stricter rule at the same target serves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rules.layers import standing_over
from rules.rulebook import RuleBook


def stricter_occurrences(rows: Iterable[Any], rulebook: RuleBook, on: date) -> Mapping[int, Any]:
    """
    Return the row that serves each row of a lower rule, by id of the latter.

    It is the first one of the stricter rule that falls due inside the window of the lower one;
    where there is none, the lower one is done for itself. Rows have `id`, `rule`, `site`,
    `target_kind`, `target`, `opens_at` and `due_at`, and come in the order of their due times.
    """
    listed = tuple(row for row in rows if row.rule in rulebook.rules)
    over = standing_over(rulebook, {(_where(row), row.rule) for row in listed}, on)
    by_rule: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in listed:
        by_rule[_where(row), row.rule].append(row)
    found = {}
    for row in listed:
        overruled = over.get((_where(row), row.rule))
        if overruled is not None:
            fitting = (
                each
                for each in by_rule[_where(row), overruled.by]
                if row.opens_at < each.due_at <= row.due_at
            )
            lead = next(fitting, None)
            if lead is not None:
                found[row.id] = lead
    return found


def _where(row: Any) -> str:
    return f"{row.site}|{row.target_kind}|{row.target}"
