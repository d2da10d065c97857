"""Which entries of the log the address asks for."""

from datetime import date, datetime, time, timedelta

from flask import g, request

from inspections.queries.audit_log import Wanted

NAMES = ("by", "area", "subject", "since", "until")


def asked() -> dict[str, str]:
    """Return the filters as they were given, without empty ones."""
    given = {name: request.args.get(name, "").strip() for name in NAMES}
    return {name: value for name, value in given.items() if value}


def wanted() -> Wanted:
    """Return the filters; a day that does not exist narrows nothing down."""
    given = asked()
    last = _midnight(given.get("until", ""))
    return Wanted(
        by=given.get("by", ""),
        area=given.get("area", ""),
        subject=given.get("subject", ""),
        since=_midnight(given.get("since", "")),
        until=last + timedelta(days=1) if last else None,
    )


def _midnight(raw: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(raw), time(), tzinfo=g.zone)
    except ValueError:
        return None
