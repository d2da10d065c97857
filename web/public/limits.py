"""How often a link may be fetched, and how often an address may try links that do not exist."""

from flask import request

from web.limits import count


def count_fetch(link_id: int) -> None:
    """
    Count a fetch of the link.

    Raises:
        TooManyRequests: If it was fetched too often.
    """
    count("FEED_LIMIT", "feeds", f"link/{link_id}")


def count_unknown() -> None:
    """
    Count a try of a link that does not exist, for the address that it came from.

    Raises:
        TooManyRequests: If it tried too often.
    """
    count("UNKNOWN_FEED_LIMIT", "feeds", f"address/{request.remote_addr}")
