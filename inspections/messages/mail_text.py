"""A message of the outbox as mail."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from inspections.messages.claims import Claimed
from inspections.messages.smtp_settings import SmtpSettings


def as_mail(message: Claimed, settings: SmtpSettings) -> EmailMessage:
    """Return *message* as mail; every attempt gives the same bytes and the same Message-ID."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((settings.sender_name, settings.sender))
    mail["To"] = message.address or ""
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{message.message_id}@{settings.sender.rpartition('@')[2]}>"
    # Keeps out-of-office replies and lists from answering a machine.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body, cte="base64")
    if message.calendar is not None:
        method = "CANCEL" if message.kind == "cancelled" else "REQUEST"
        mail.add_alternative(
            message.calendar.encode(),
            maintype="text",
            subtype="calendar",
            cte="base64",
            params={"method": method, "charset": "utf-8", "component": "VEVENT"},
        )
    return mail
