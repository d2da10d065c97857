"""Notices that reactions ask for: somebody is to be told that something happened."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.messages.urgent import RECENT
from inspections.messages.words import Words
from inspections.models import ReactionAppliedRow, SiteRow
from inspections.rounds.names import target_names
from rules.rulebook import RuleBook
from rules.text import Text

# The page of what happened, by the first part of the event's key.
_PAGES = {"answer": "/inspections", "finding": "/findings", "missed": "/missed"}


@dataclass(frozen=True)
class Notice:
    """
    A notice of a rule.

    Attributes:
        id: Of the applied consequence.
        path: Of the page to look at.
    """

    id: int
    to: str | None
    site: str
    text: Text
    place: Text
    happened_at: datetime
    clause: Text | None
    path: str
    kind: str = "notice"
    about: str | None = None

    @property
    def ref(self) -> str:
        """The applied consequence."""
        return f"notice-{self.id}"

    def subject(self, words: Words) -> str:
        """Return the subject in one language."""
        text = words.say(self.text)
        return words.both(f"巡检通知：{text}", f"Xunjian: {text}")

    def lines(self, words: Words, *, now: datetime) -> list[str]:  # noqa: ARG002 - as in Urgent
        """Return what happened, where, when and by which clause."""
        place, at = words.say(self.place), words.moment(self.happened_at)
        text = words.say(self.text)
        first = f"· {text}（{place}）" if words.language == "zh" else f"· {text} ({place})"
        lines = [first, f"  {at}"]
        if self.clause:
            lines.append(words.both("  依据：", "  Because of: ") + words.say(self.clause))
        return [*lines, words.address + self.path]


def notices(
    session: Session, rulebook: RuleBook, organisation: str, *, now: datetime
) -> list[Notice]:
    """Return the notices that rules asked for lately, in their order."""
    row = ReactionAppliedRow
    query = (
        select(row, SiteRow)
        .join(SiteRow, (SiteRow.organisation_id == row.organisation_id) & (SiteRow.key == row.site))
        .where(row.organisation_id == organisation, row.applied_at > now - RECENT)
        .where(row.consequence["do"].as_string() == "notice")
        .order_by(row.id)
    )
    rows = session.execute(query).all()
    targets = {one.id: (site.id, *_target(one, site)) for one, site in rows}
    names = target_names(session, targets.values())
    return [_notice(one, names[targets[one.id]], rulebook) for one, _site in rows]


def _notice(one: ReactionAppliedRow, place: Text, rulebook: RuleBook) -> Notice:
    rule = rulebook.rules.get(one.rule)
    return Notice(
        id=one.id,
        to=one.outcome.get("to"),
        site=one.site,
        text=Text.model_validate(one.consequence["text"]),
        place=place,
        happened_at=one.happened_at,
        clause=rulebook.clause_text(rule) if rule else None,
        path=_path(one.event_key),
    )


def _path(event_key: str) -> str:
    kind, number, *_rest = [*event_key.split("/"), ""]
    return f"{_PAGES[kind]}/{number}" if kind in _PAGES and number else "/alerts/"


def _target(one: ReactionAppliedRow, site: SiteRow) -> tuple[str, str]:
    if one.target_kind and one.target:
        return one.target_kind, one.target
    return "site", site.key
