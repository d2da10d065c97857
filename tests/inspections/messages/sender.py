"""Run as a process of its own: deliver the outbox of a record once, at a given instant."""

import sys
from datetime import datetime

from inspections.database import open_database
from inspections.messages.delivery import deliver
from inspections.messages.smtp_carrier import SmtpCarrier
from inspections.messages.smtp_settings import smtp_settings

if __name__ == "__main__":
    database, url, now = sys.argv[1:]
    told = deliver(
        open_database(database),
        {"mail": SmtpCarrier(smtp_settings(url))},
        clock=lambda: datetime.fromisoformat(now),
    )
    sys.stdout.write(f"{told.sent}\n")
