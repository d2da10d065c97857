"""A record with one small works, planned for today, and the accounts of those who walk it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update

from inspections.accounts import NewAccount, ensure_account
from inspections.database import Sessions, open_database
from inspections.importing import import_organisation
from inspections.models import AssignmentRow, OccurrenceRow, PersonRow
from inspections.planning import plan
from inspections.published_packs import rulebook_for
from inspections.publishing_packs import publish_pack
from inspections.reactions.sweeping import sweep_everything
from rules.loader import load_rulebook
from rules.organisation.model import Organisation

ORGANISATION = "walked"
PASSWORD = "a long password"
WALKER, OTHER, OFFICER = "walker", "other-walker", "officer"
PLACES = 6
_PACK = Path(__file__).with_name("walked_house.yaml")
_ZONES = {0: "Etc/UTC", **{n: f"Etc/GMT{-n:+d}" for n in range(-12, 13) if n}}


def walked_record(url: str) -> None:
    """Fill the empty database at *url*; checks of today are open now and for hours to come."""
    now = datetime.now(UTC)
    book = load_rulebook()
    sessions = open_database(url)
    with sessions.begin() as session:
        import_organisation(session, _organisation(now), now=now, by="import")
        publish_pack(
            session,
            organisation_id=ORGANISATION,
            text=_PACK.read_text("utf-8"),
            note="for walks",
            by="import",
            now=now,
            builtin=book,
        )
        own = rulebook_for(session, ORGANISATION, book)
        today = now.astimezone(UTC).date()
        plan(
            session,
            own,
            organisation_id=ORGANISATION,
            since=today - timedelta(days=1),
            until=today + timedelta(days=1),
            now=now,
            seconds=1,
        )
        for name, role, person in (
            (WALKER, "inspector", "guard"),
            (OTHER, "inspector", "second"),
            (OFFICER, "safety-officer", "head"),
        ):
            ensure_account(
                session, NewAccount(ORGANISATION, name, PASSWORD, role, person=person), now=now
            )
    _close(sessions)


def open_checks(sessions: Sessions, account: str) -> list[int]:
    """Return the ids of the checks that are planned for the person of *account* today."""
    now = datetime.now(UTC)
    person = {WALKER: "guard", OTHER: "second"}[account]
    query = (
        select(OccurrenceRow.id)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.key == person)
        .where(OccurrenceRow.opens_at <= now, OccurrenceRow.closes_at > now)
    )
    with sessions() as session:
        return list(session.scalars(query.order_by(OccurrenceRow.id)))


def close_windows(sessions: Sessions, occurrences: list[int]) -> None:
    """Let the windows of *occurrences* end now, and the sweep mark what is open as missed."""
    now = datetime.now(UTC)
    with sessions.begin() as session:
        session.execute(
            update(OccurrenceRow)
            .where(OccurrenceRow.id.in_(occurrences))
            .values(due_at=now, closes_at=now)
        )
    sweep_everything(sessions, load_rulebook(), now=now + timedelta(seconds=1))


def _close(sessions: Sessions) -> None:
    sessions.kw["bind"].dispose()


def _organisation(now: datetime) -> Organisation:
    places = [
        {
            "id": f"plant-{number}",
            "name": {"zh": f"{number} 号机房", "en": f"Plant room {number}"},
            "facts": {"place.kind": "playground"},
        }
        for number in range(1, PLACES + 1)
    ]
    people = [
        {
            "id": key,
            "name": {"zh": zh, "en": key},
            "sites": ["works"],
            "roles": [role],
            "works": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        }
        for key, zh, role in (
            ("guard", "孙师傅", "guard"),
            ("second", "周师傅", "guard"),
            ("head", "王主任", "manager"),
        )
    ]
    return Organisation.model_validate(
        {
            "id": ORGANISATION,
            "name": {"zh": "演练工厂", "en": "Walked works"},
            "country": "GB",
            "time_zone": _zone_where_it_is_noon(now),
            "packs": [],
            "sites": [
                {
                    "id": "works",
                    "name": {"zh": "厂区", "en": "Works"},
                    "facts": {"site.kind": "office"},
                    "calendar": {
                        "opening": [{"days": ["mon"], "opens": "08:00", "closes": "18:00"}]
                    },
                    "places": places,
                }
            ],
            "people": people,
        }
    )


def _zone_where_it_is_noon(now: datetime) -> str:
    """Campaigns run at any hour; where it is noon, no day ends in the middle of a walk."""
    offset = 12 - now.hour
    return _ZONES[offset] if offset in _ZONES else _ZONES[12]
