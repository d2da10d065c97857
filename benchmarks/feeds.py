"""
How quickly calendar feeds are served, and what it costs to be polled by many.

Run it with `python -m benchmarks.feeds`. One site with 1,000 events is served cold, warm and as
"not modified", measured in the handler, beside what rendering with icalendar on every request
would take. Then 10,000 people with 60 tasks each are polled once over loopback, as they would be in
an hour, while a fifth of the calendars has changed and others keep writing; the processor time of
the server is set against that hour. `--people 1000` makes it smaller.
"""

import argparse
import os

from benchmarks.feed_server import serve_feeds
from benchmarks.many_feeds import many_feeds
from benchmarks.one_feed import one_feed


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--serve", nargs=2, metavar=("URL", "PORT"))
    given = parser.parse_args()
    if given.serve:
        serve_feeds(given.serve[0], int(given.serve[1]))
        return
    print(f"processors: {os.cpu_count()}")
    one_feed()
    many_feeds(given.people)


if __name__ == "__main__":
    main()
