"""How often something may be done; counted here, or across processes where the settings say so."""

from flask import current_app
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

_KEY = "xunjian.limits"


def count(setting: str, area: str, who: str) -> None:
    """
    Count one time for *who* in an *area*, against the limit that *setting* names.

    Raises:
        TooManyRequests: If it was too often; says after how many seconds it will not be any more.
    """
    limit = parse(current_app.config[setting])
    if not _limiter().hit(limit, area, who):
        raise TooManyRequests(retry_after=limit.get_expiry())


def check(setting: str, area: str, who: str) -> None:
    """
    Do nothing while *who* may do something of an *area* once more; nothing is counted.

    Raises:
        TooManyRequests: If they may not; says after how many seconds they may again.
    """
    limit = parse(current_app.config[setting])
    if not _limiter().test(limit, area, who):
        raise TooManyRequests(retry_after=limit.get_expiry())


def _limiter() -> FixedWindowRateLimiter:
    known = current_app.extensions
    if _KEY not in known:
        store = storage_from_string(current_app.config["FEED_LIMITS_STORE"])
        known[_KEY] = FixedWindowRateLimiter(store)
    limiter: FixedWindowRateLimiter = known[_KEY]
    return limiter
