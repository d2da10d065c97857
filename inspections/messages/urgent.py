"""What is told at once: rungs of the escalation ladder, and notices that rules ask for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from inspections.messages.outbox import Draft
from inspections.messages.reminders import Recipient
from inspections.messages.words import Words

# What is older has been overtaken by the next rung, or by the digest.
RECENT = timedelta(days=2)


class Urgent(Protocol):
    """
    Something that cannot wait for a digest.

    Attributes:
        ref: What makes it one, for example `event-12`.
        kind: `escalated` or `notice`.
        to: Key of the person; nothing where nobody holds the role.
        about: What it is about, where it is settled with that: `finding/3`.
    """

    @property
    def ref(self) -> str: ...  # noqa: D102 (the class says it)
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def to(self) -> str | None: ...  # noqa: D102
    @property
    def site(self) -> str: ...  # noqa: D102
    @property
    def about(self) -> str | None: ...  # noqa: D102

    def subject(self, words: Words) -> str:
        """Return the subject in one language."""
        ...

    def lines(self, words: Words, *, now: datetime) -> list[str]:
        """Return the text in one language; the last line is the way back."""
        ...


def urgent_mail(
    recipients: Mapping[str, Recipient], found: Iterable[Urgent], *, now: datetime
) -> Iterator[Draft]:
    """Yield one message for each to the person that it names, where they can be written to."""
    for one in found:
        recipient = recipients.get(one.to or "")
        if recipient is None:
            continue
        yield Draft(
            organisation=recipient.organisation,
            channel="mail",
            kind=one.kind,
            recipient=recipient.person,
            day=one.ref,
            about=one.about,
            address=recipient.address,
            subject=one.subject(recipient.words),
            body="\n".join([*one.lines(recipient.words, now=now), "", *recipient.words.foot()]),
            not_before=recipient.choice.after_quiet(now, recipient.zone),
            stale_at=now + RECENT,
        )
